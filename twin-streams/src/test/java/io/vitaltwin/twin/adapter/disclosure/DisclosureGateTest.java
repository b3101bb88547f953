package io.vitaltwin.twin.adapter.disclosure;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Disclosure;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.schemas.ViolationStage;
import io.vitaltwin.schemas.privacy.Privacy;
import io.vitaltwin.twin.core.disclosure.Datum;
import io.vitaltwin.twin.core.disclosure.Egress;
import io.vitaltwin.twin.core.disclosure.Offer;
import io.vitaltwin.twin.core.disclosure.Viewer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The gate with Kafka's own mock clients; consents are in the log in its order. */
@Tag("ethics")
class DisclosureGateTest {

    private static final Instant T0 = Instant.parse("2026-03-02T08:00:00Z");
    private static final Topics TOPICS = new Topics("vt.", 1);
    private static final TopicPartition CONSENTS = new TopicPartition(TOPICS.consents().name(), 0);
    private static final Viewer NURSE = new Viewer("TREAT", "n1", "nurse");

    private final BundledSchemaIds ids = new BundledSchemaIds();
    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final List<Runnable> arriving = new ArrayList<>();
    private Instant now = T0.plusSeconds(60);
    private long offset;

    @BeforeEach
    void thereIsAConsentTopic() {
        consumer.updatePartitions(CONSENTS.topic(), List.of(new PartitionInfo(CONSENTS.topic(), 0, Node.noNode(), new Node[0], new Node[0])));
        consumer.updateBeginningOffsets(Map.of(CONSENTS, 0L));
        consumer.updateEndOffsets(Map.of(CONSENTS, 0L));
    }

    private void consent(String patient, ConsentStatus status, String purpose, Instant append) {
        ConsentRecord value = ConsentRecord.newBuilder().setPatientId(patient).setConsentId("c").setVersionId("v" + offset).setStatus(status)
                .setEffectiveTime(append).setProvisions(List.of(Provision.newBuilder().setType(ProvisionType.PERMIT)
                        .setPurposes(List.of(purpose)).build())).build();
        try (AvroSerde<ConsentRecord> serde = new AvroSerde<>(TOPICS.consents(), ids)) {
            record(patient, serde.serialize(CONSENTS.topic(), value), append);
        }
    }

    private void record(String patient, byte[] value, Instant append) {
        long place = offset++;
        consumer.updateEndOffsets(Map.of(CONSENTS, offset));
        Runnable arrive = () -> consumer.addRecord(new ConsumerRecord<>(CONSENTS.topic(), 0, place, append.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME, 0, 0, patient, value,
                new RecordHeaders(), Optional.empty()));
        if (consumer.assignment().isEmpty()) {
            arriving.add(arrive);
        } else {
            arrive.run();
        }
    }

    private DisclosureGate gate(Viewer viewer) {
        consumer.schedulePollTask(() -> arriving.forEach(Runnable::run));
        return new DisclosureGate(Egress.TAIL_ALERTS, viewer, new KafkaConsents(consumer, TOPICS.consents(), ids, viewer, patient -> true),
                new KafkaDisclosureLog(producer, TOPICS, ids, Privacy.off()), () -> now);
    }

    private static Item<String> item(String patient, String content, String... vitals) {
        return new Item<>(patient, T0.toEpochMilli(), Offer.of(List.of(vitals).stream()
                .map(vital -> Datum.at("d", vital, T0.toEpochMilli())).toList()), content);
    }

    private List<Disclosure> disclosures() {
        AvroSerde<Disclosure> serde = new AvroSerde<>(TOPICS.disclosures(), ids);
        return producer.history().stream().filter(sent -> sent.topic().equals(TOPICS.disclosures().name()))
                .map(sent -> serde.deserialize(sent.topic(), sent.value())).toList();
    }

    private List<ConsentViolation> violations() {
        AvroSerde<ConsentViolation> serde = new AvroSerde<>(TOPICS.violations(), ids);
        return producer.history().stream().filter(sent -> sent.topic().equals(TOPICS.violations().name()))
                .map(sent -> serde.deserialize(sent.topic(), sent.value())).toList();
    }

    @Test
    void shouldPassInOrderWhatIsPermittedAndWriteDownBoth() {
        consent("p1", ConsentStatus.ACTIVE, "TREAT", T0);
        consent("p2", ConsentStatus.ACTIVE, "HRESCH", T0);
        try (DisclosureGate gate = gate(NURSE)) {
            assertThat(gate.pass(List.of(item("p1", "a", "spo2"), item("p2", "b", "spo2"), item("p1", "c", "steps", "spo2"))))
                    .containsExactly("a", "c");
            assertThat(gate.withheld()).isEqualTo(1);
        }
        assertThat(disclosures()).singleElement().satisfies(entry -> {
            assertThat(entry.getPatientId()).isEqualTo("p1");
            assertThat(entry.getVitals()).containsExactly("spo2", "steps");
            assertThat(entry.getCount()).isEqualTo(3);
            assertThat(entry.getConsentVersion()).isEqualTo("c/v0");
            assertThat(entry.getEgress()).isEqualTo("tail-alerts");
            assertThat(List.of(entry.getPurpose(), entry.getActor(), entry.getRole())).containsExactly("TREAT", "n1", "nurse");
            assertThat(entry.getTime()).isEqualTo(now);
        });
        assertThat(violations()).singleElement().satisfies(entry -> {
            assertThat(entry.getPatientId()).isEqualTo("p2");
            assertThat(entry.getStage()).isEqualTo(ViolationStage.DISCLOSE);
            assertThat(entry.getReason()).isEqualTo(ViolationReason.PURPOSE_DENIED);
            assertThat(entry.getCount()).isEqualTo(1);
        });
        assertThat(producer.history()).allSatisfy(sent -> assertThat(sent.timestamp()).isEqualTo(now.toEpochMilli()));
    }

    @Test
    void shouldHonourAWithdrawalThatCameWhileItWasOpen() {
        consent("p1", ConsentStatus.ACTIVE, "TREAT", T0);
        try (DisclosureGate gate = gate(NURSE)) {
            assertThat(gate.pass(List.of(item("p1", "a", "spo2")))).containsExactly("a");
            consent("p1", ConsentStatus.INACTIVE, "TREAT", T0.plusSeconds(30));
            assertThat(gate.pass(List.of(item("p1", "b", "spo2")))).isEmpty();
        }
        assertThat(disclosures()).hasSize(1);
        assertThat(violations()).extracting(ConsentViolation::getReason).containsExactly(ViolationReason.WITHDRAWN);
    }

    @Test
    void shouldHonourAWithdrawalOfABrokerWhoseClockIsAhead() {
        consent("p1", ConsentStatus.ACTIVE, "TREAT", T0);
        consent("p1", ConsentStatus.INACTIVE, "TREAT", now.plusSeconds(3600));
        try (DisclosureGate gate = gate(NURSE)) {
            assertThat(gate.pass(List.of(item("p1", "a", "spo2")))).isEmpty();
        }
    }

    @Test
    void shouldPassNothingWhenTheDisclosureCannotBeWritten() {
        consent("p1", ConsentStatus.ACTIVE, "TREAT", T0);
        try (DisclosureGate gate = gate(NURSE)) {
            producer.sendException = new KafkaException("the broker is gone");
            assertThatThrownBy(() -> gate.pass(List.of(item("p1", "a", "spo2")))).isInstanceOf(DisclosureFailed.class)
                    .hasMessageContaining(TOPICS.disclosures().name()).hasMessageContaining("nothing is shown");
        }
    }

    @Test
    void shouldPassNothingWhenConsentCannotBeRead() {
        consent("p1", ConsentStatus.ACTIVE, "TREAT", T0);
        consumer.setPollException(new KafkaException("the broker is gone"));
        assertThatThrownBy(() -> gate(NURSE)).isInstanceOf(DisclosureFailed.class).hasMessageContaining(CONSENTS.topic());
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void shouldSayThatThereIsNoConsentTopic() {
        consumer.updatePartitions(CONSENTS.topic(), List.of());
        assertThatThrownBy(() -> gate(NURSE)).isInstanceOf(DisclosureFailed.class).hasMessageContaining("does not exist");
    }

    @Test
    void shouldPassOverAConsentThatCannotBeRead() {
        consent("p1", ConsentStatus.ACTIVE, "TREAT", T0);
        record("p1", new byte[] {9, 9, 9}, T0);
        try (DisclosureGate gate = gate(NURSE)) {
            assertThat(gate.pass(List.of(item("p1", "a", "spo2")))).containsExactly("a");
        }
    }

    @Test
    void shouldWriteNothingWhereNothingIsOffered() {
        try (DisclosureGate gate = gate(NURSE)) {
            assertThat(gate.pass(List.of())).isEmpty();
        }
        assertThat(producer.history()).isEmpty();
        assertThat(producer.closed()).isTrue();
        assertThat(consumer.closed()).isTrue();
    }
}
