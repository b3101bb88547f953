package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.twin.TwinConfig;
import io.vitaltwin.twin.core.consent.ConsentTimeline;
import io.vitaltwin.twin.core.disclosure.Viewer;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

import static io.vitaltwin.twin.topology.Story.ANN;
import static io.vitaltwin.twin.topology.Story.BEN;
import static io.vitaltwin.twin.topology.Story.CAT;
import static io.vitaltwin.twin.topology.Story.T0;
import static io.vitaltwin.twin.topology.Story.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

/** The topology of a replay without a broker: a random log with all that goes wrong, played live and as a shadow with a clock of its own. */
class ShadowTopologyTest {

    private static final String NAME = "drill";
    private static final Topics OWN = TOPICS.shadow(NAME);
    private static final Instant FROM = T0.plus(Duration.ofMinutes(50)).plusMillis(311);
    private static final Instant TO = T0.plus(Duration.ofMinutes(140)).plusMillis(77);
    private static final Instant REPLAYED = T0.plus(Duration.ofDays(40));
    private static final List<String> ALL = List.of(ANN, BEN, CAT);

    private static Shadow shadow(Predicate<String> patients, Optional<Function<String, ConsentTimeline>> consents) {
        return new Shadow(NAME, OWN, FROM, TO, patients, new Viewer("TREAT", "ops", ""), consents, REPLAYED);
    }

    private static List<Input> shadowLog(RandomLog log) {
        List<Input> all = new ArrayList<>(log.inputs());
        for (Instant at = T0.minusSeconds(60); at.isBefore(TO); at = at.plusSeconds(60)) {
            all.add(tick(at));
        }
        for (int second = 5; second < 20; second++) {
            all.add(tick(TO.plusSeconds(second)));
        }
        all.sort(Comparator.comparing(Input::at));
        return all;
    }

    private static Input tick(Instant at) {
        Input tick = Story.tick(at);
        return new Input("shadow.drill.ticks", null, tick.value(), at);
    }

    /** What was written within the range, by patient. */
    private static Map<String, List<String>> written(DrivenTwin twin, Topic<?> topic) {
        Map<String, List<String>> written = new TreeMap<>();
        for (TestRecord<String, byte[]> record : twin.records(topic)) {
            Instant at = record.getRecordTime();
            if (!at.isBefore(FROM) && at.isBefore(TO)) {
                written.computeIfAbsent(record.key(), key -> new ArrayList<>()).add(at + " " + HexFormat.of().formatHex(record.value()));
            }
        }
        return written;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12})
    void shouldRaiseWhatWasRaisedWithAClockOfItsOwn(long seed) {
        // Given
        RandomLog log = new RandomLog(seed, ALL);
        Map<String, List<String>> alerts;
        Map<String, List<String>> refused;
        try (DrivenTwin live = new DrivenTwin().play(log.withTicks(Duration.ofSeconds(1)))) {
            alerts = written(live, TOPICS.alerts());
            refused = written(live, TOPICS.violations());
        }
        // When
        try (DrivenTwin twin = DrivenTwin.shadow(shadow(patient -> true, Optional.empty())).play(shadowLog(log))) {
            // Then
            assertThat(written(twin, OWN.alerts())).isNotEmpty().isEqualTo(alerts);
            assertThat(written(twin, OWN.violations())).isNotEmpty().isEqualTo(refused);
            assertThat(twin.records(OWN.alerts())).as("nothing outside the range").hasSize(alerts.values().stream().mapToInt(List::size).sum())
                    .allSatisfy(record -> assertThat(DrivenTwin.headers(record)).containsEntry("vt-shadow", NAME));
            for (Topic<?> never : List.of(TOPICS.alerts(), TOPICS.twins(), TOPICS.notifications(), TOPICS.qualityFlags(), TOPICS.deviceSightings(), TOPICS.deadLetters())) {
                assertThat(twin.records(never)).as(never.name()).isEmpty();
            }
            assertThat(twin.disclosures(ANN)).isNotEmpty().allSatisfy(disclosure -> {
                assertThat(List.of(disclosure.getEgress(), disclosure.getActor(), disclosure.getPurpose())).containsExactly("shadow", "ops", "TREAT");
                assertThat(disclosure.getTime()).isEqualTo(REPLAYED);
            }).extracting("disclosureId").doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldTakeOnlyThePatientsItIsAbout() {
        RandomLog log = new RandomLog(15, ALL);
        Map<String, List<String>> all;
        try (DrivenTwin twin = DrivenTwin.shadow(shadow(patient -> true, Optional.empty())).play(shadowLog(log))) {
            all = written(twin, OWN.alerts());
        }
        try (DrivenTwin twin = DrivenTwin.shadow(shadow(BEN::equals, Optional.empty())).play(shadowLog(log))) {
            assertThat(written(twin, OWN.alerts())).isEqualTo(Map.of(BEN, all.get(BEN)));
        }
    }

    /** CR 8.3.4: a reading that was lawful then is not used for a replay when consent is gone, nor is one that the newest consent does not cover. */
    @Test
    void shouldAskTheConsentsOfToday() {
        // Given
        RandomLog log = new RandomLog(16, ALL);
        Map<String, ConsentTimeline> today = new HashMap<>();
        log.inputs().stream().filter(input -> input.topic().equals("consents")).forEach(input -> today.merge(String.valueOf(input.key()), apply(ConsentTimeline.empty(), input),
                (known, none) -> apply(known, input)));
        today.put(ANN, apply(today.get(ANN), Story.withdraw(ANN, "gone", REPLAYED.minusSeconds(1))));
        today.put(BEN, apply(ConsentTimeline.empty(), Story.permit(BEN, "1", T0.minusSeconds(59))));
        today.replaceAll((patient, known) -> known.askedAt(REPLAYED.toEpochMilli()));
        // When
        try (DrivenTwin twin = DrivenTwin.shadow(shadow(patient -> !patient.equals(CAT), Optional.of(patient -> today.getOrDefault(patient, ConsentTimeline.empty()))))
                .play(shadowLog(log).stream().filter(input -> !input.topic().equals("consents")).toList())) {
            // Then
            assertThat(written(twin, OWN.alerts())).containsOnlyKeys(BEN);
            assertThat(violations(twin, ANN)).isNotEmpty().extracting(ConsentViolation::getReason).contains(ViolationReason.WITHDRAWN)
                    .isSubsetOf(ViolationReason.WITHDRAWN, ViolationReason.HYPERCOLLECTION);
            assertThat(violations(twin, BEN)).extracting(ConsentViolation::getReason).containsOnly(ViolationReason.HYPERCOLLECTION);
            assertThat(twin.disclosures(ANN)).isEmpty();
            List<AlertEvent> alerts = twin.records(OWN.alerts()).stream()
                    .map(record -> new AvroSerde<>(OWN.alerts(), Story.IDS).deserialize(OWN.alerts().name(), record.value())).toList();
            assertThat(alerts).allSatisfy(alert -> assertThat(alert.getConsentVersion()).endsWith("/1"));
        }
    }

    private static ConsentTimeline apply(ConsentTimeline known, Input input) {
        var consent = new AvroSerde<>(TOPICS.consents(), Story.IDS).deserialize(TOPICS.consents().name(), input.value());
        return known.apply(ConsentRecords.version(java.util.Objects.requireNonNull(consent), input.at().toEpochMilli()));
    }

    private static List<ConsentViolation> violations(DrivenTwin twin, String patient) {
        AvroSerde<ConsentViolation> serde = new AvroSerde<>(OWN.violations(), Story.IDS);
        return twin.records(OWN.violations()).stream().filter(record -> patient.equals(record.key()))
                .map(record -> serde.deserialize(OWN.violations().name(), record.value())).toList();
    }

    /** Nothing that a person reads. */
    @Test
    void shouldWriteToItsOwnTopicsAndToTheLogsOfDisclosuresAlone() {
        TwinTopology topology = new TwinTopology(TwinConfig.of("unused:9092", TOPICS, Path.of("unused")), Story.IDS);
        TopologyDescription described = topology.buildShadow(shadow(patient -> true, Optional.of(patient -> ConsentTimeline.empty()))).describe();
        assertThat(described.subtopologies()).hasSize(1);
        assertThat(described.subtopologies().iterator().next().nodes().stream().filter(TopologyDescription.Sink.class::isInstance)
                .map(sink -> ((TopologyDescription.Sink) sink).topic()))
                .containsExactlyInAnyOrder("vt.shadow.drill.alerts.v1", "vt.shadow.drill.consent-violations.v1", "vt.disclosures.v1", "vt.consent-violations.v1");
        assertThat(described.toString()).contains("vt.shadow.drill.ticks.v1").doesNotContain("[vt.ticks.v1]", "[vt.consents.v1]");
    }
}
