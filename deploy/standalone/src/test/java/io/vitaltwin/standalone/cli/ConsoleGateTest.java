package io.vitaltwin.standalone.cli;

import io.vitaltwin.alerts.console.Role;
import io.vitaltwin.alerts.console.ViewGate;
import io.vitaltwin.alerts.console.ViewGate.Thing;
import io.vitaltwin.alerts.console.ViewGate.Way;
import io.vitaltwin.alerts.console.Visitor;
import io.vitaltwin.alerts.core.Basis;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Disclosure;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.TrustedRecords;
import io.vitaltwin.twin.adapter.disclosure.DisclosureFailed;
import io.vitaltwin.twin.adapter.disclosure.DisclosureLog;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The gate of the console over a log of consents and a log of disclosures in memory: API, API_STREAM and API_OWN. */
@Tag("ethics")
class ConsoleGateTest {

    static {
        TrustedRecords.trust();
    }

    private static final Instant T0 = Instant.parse("2026-11-22T09:30:00Z");
    private static final Visitor NURSE = new Visitor("anna", Role.NURSE, Set.of("t1"), "");
    private static final Visitor PATIENT = new Visitor("ann", Role.PATIENT, Set.of(), "p1");
    private static final Thing SPO2 = thing("spo2");
    private static final Thing NOTICE = new Thing("p1", T0.toEpochMilli(), List.of());

    private final Topics topics = new Topics("vt.", 1);
    private final TopicPartition partition = new TopicPartition(topics.consents().name(), 0);
    private final AvroSerde<ConsentRecord> serde = new AvroSerde<>(topics.consents(), new BundledSchemaIds());
    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final AtomicLong clock = new AtomicLong(T0.toEpochMilli() + 1_000);
    private final List<Disclosure> disclosures = new ArrayList<>();
    private final List<ConsentViolation> violations = new ArrayList<>();
    private boolean broken;
    private long offset;

    @AutoClose
    private final ConsoleGate gate;

    ConsoleGateTest() {
        consumer.updatePartitions(partition.topic(), List.of(new PartitionInfo(partition.topic(), 0, Node.noNode(), new Node[0], new Node[0])));
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        consumer.updateEndOffsets(Map.of(partition, 0L));
        DisclosureLog log = new DisclosureLog() {
            @Override
            public void write(List<Disclosure> shown, List<ConsentViolation> refused) {
                if (broken) {
                    throw new DisclosureFailed("no broker");
                }
                disclosures.addAll(shown);
                violations.addAll(refused);
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
        gate = new ConsoleGate(new ConsoleConsents(consumer, topics.consents(), new BundledSchemaIds()), log, () -> Instant.ofEpochMilli(clock.get()));
    }

    private static Thing thing(String vital) {
        return new Thing("p1", T0.toEpochMilli(), List.of(new Basis("ox-1", vital, T0.toEpochMilli())));
    }

    private void consent(ConsentStatus status, String version, List<String> vitals, String... actors) {
        ConsentRecord record = ConsentRecord.newBuilder().setPatientId("p1").setConsentId("c").setVersionId(version).setStatus(status)
                .setEffectiveTime(T0.minusSeconds(600)).setProvisions(List.of(Provision.newBuilder().setType(ProvisionType.PERMIT)
                        .setPurposes(List.of("TREAT")).setVitals(vitals).setActors(List.of(actors)).build())).build();
        long append = offset == 0 ? T0.minusSeconds(600).toEpochMilli() : clock.get();
        consumer.addRecord(new ConsumerRecord<>(partition.topic(), 0, offset++, append, TimestampType.LOG_APPEND_TIME, 0, 0, "p1",
                serde.serialize(partition.topic(), record), new RecordHeaders(), Optional.empty()));
        consumer.updateEndOffsets(Map.of(partition, offset));
    }

    @Test
    void shouldShowNothingWithoutConsentAndWriteOneViolationAMinute() {
        assertThat(gate.ask(NURSE, Way.API, List.of(SPO2))).containsExactly(false);
        assertThat(gate.ask(NURSE, Way.API, List.of(SPO2))).containsExactly(false);
        assertThat(gate.isInForce("p1")).isFalse();
        assertThat(violations).singleElement().satisfies(one -> {
            assertThat(one.getCount()).isEqualTo(1);
            assertThat(one.toString()).doesNotContain("ox-1");
        });
        clock.addAndGet(ConsoleLedger.MINUTE);
        gate.ask(NURSE, Way.API, List.of(SPO2));
        assertThat(violations).extracting(ConsentViolation::getCount).as("counts add up").containsExactly(1L, 2L);
        assertThat(disclosures).isEmpty();
    }

    @Test
    void shouldWriteTheFirstViewAndThenOnceAMinute() {
        consent(ConsentStatus.ACTIVE, "1", List.of());
        assertThat(gate.ask(NURSE, Way.API, List.of(SPO2, NOTICE))).containsExactly(true, true);
        for (int i = 0; i < 5; i++) {
            clock.addAndGet(ConsoleLedger.MINUTE / 6);
            assertThat(gate.ask(NURSE, Way.API, List.of(SPO2))).containsExactly(true);
        }
        assertThat(disclosures).filteredOn(one -> !one.getConsentVersion().isEmpty()).singleElement().satisfies(one -> {
            assertThat(List.of(one.getEgress(), one.getActor(), one.getRole(), one.getPurpose())).containsExactly("api", "anna", "nurse", "TREAT");
            assertThat(one.getVitals()).containsExactly("spo2");
            assertThat(one.getCount()).isEqualTo(1);
        });
        clock.addAndGet(ConsoleLedger.MINUTE / 6);
        gate.ask(NURSE, Way.API, List.of(SPO2));
        assertThat(disclosures).filteredOn(one -> !one.getConsentVersion().isEmpty()).extracting(Disclosure::getCount).containsExactly(1L, 6L);
    }

    @Test
    void shouldWriteAVitalThatWasNotShownBeforeAtOnceAndEachWayOutForItself() {
        consent(ConsentStatus.ACTIVE, "1", List.of());
        gate.ask(NURSE, Way.API, List.of(SPO2));
        gate.ask(NURSE, Way.API, List.of(SPO2, thing("heart_rate")));
        gate.ask(NURSE, Way.STREAM, List.of(SPO2));
        assertThat(disclosures).extracting(Disclosure::getEgress).containsExactly("api", "api", "api-stream");
        assertThat(disclosures.get(1).getVitals()).containsExactly("heart_rate", "spo2");
    }

    @Test
    void shouldWithholdAtTheNextQuestionAfterAWithdrawal() {
        consent(ConsentStatus.ACTIVE, "1", List.of());
        assertThat(gate.ask(NURSE, Way.STREAM, List.of(SPO2))).containsExactly(true);
        assertThat(gate.isInForce("p1")).isTrue();
        List<String> told = new ArrayList<>();
        gate.onChange(told::add);
        consent(ConsentStatus.INACTIVE, "2", List.of());
        assertThat(gate.ask(NURSE, Way.STREAM, List.of(SPO2, NOTICE))).containsExactly(false, true);
        assertThat(told).containsExactly("p1");
        assertThat(violations).hasSize(1);
        assertThat(gate.isInForce("p1")).isFalse();
    }

    @Test
    void shouldAskForTheRoleOfEachViewer() {
        consent(ConsentStatus.ACTIVE, "1", List.of("spo2"), "physician");
        assertThat(gate.ask(NURSE, Way.API, List.of(SPO2))).containsExactly(false);
        assertThat(gate.ask(new Visitor("bob", Role.PHYSICIAN, Set.of("t1"), ""), Way.API, List.of(SPO2, thing("heart_rate")))).containsExactly(true, false);
    }

    @Test
    void shouldShowPatientsTheirOwnWhateverTheyPermitOthers() {
        consent(ConsentStatus.INACTIVE, "1", List.of());
        assertThat(gate.ask(PATIENT, Way.API, List.of(SPO2))).containsExactly(true);
        assertThat(disclosures).singleElement().satisfies(one -> assertThat(List.of(one.getEgress(), one.getPurpose())).containsExactly("api-own", "PATRQT"));
    }

    @Test
    void shouldShowNothingWhereADisclosureCannotBeWritten() {
        consent(ConsentStatus.ACTIVE, "1", List.of());
        broken = true;
        assertThatThrownBy(() -> gate.ask(NURSE, Way.API, List.of(SPO2))).isInstanceOf(ViewGate.Unavailable.class).hasMessageNotContaining("p1");
        broken = false;
        gate.ask(NURSE, Way.API, List.of(SPO2));
        assertThat(disclosures).hasSize(1);
    }
}
