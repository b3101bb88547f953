package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.twin.adapter.RuleSetFile;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.vitaltwin.twin.topology.Story.ANN;
import static io.vitaltwin.twin.topology.Story.BEN;
import static io.vitaltwin.twin.topology.Story.IDS;
import static io.vitaltwin.twin.topology.Story.OXIMETER;
import static io.vitaltwin.twin.topology.Story.PATCH;
import static io.vitaltwin.twin.topology.Story.TOPICS;
import static io.vitaltwin.twin.topology.Story.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The fold of one patient's log is what the topology does with it. */
class PatientFoldTest {

    private static final PatientFold.Settings SETTINGS = new PatientFold.Settings(TOPICS, IDS, RuleSetFile.bundled(), Duration.ofSeconds(1));

    private final List<Written> written = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldWriteWhatTheTopologyWritesWhateverGoesWrong(long seed) {
        // Given
        RandomLog log = new RandomLog(seed, List.of(ANN, BEN));
        List<Input> inputs = log.withTicks(Duration.ofSeconds(1));
        try (DrivenTwin twin = DrivenTwin.replay().play(inputs)) {
            // When
            PatientFold fold = fold(inputs, ANN);
            fold.advanceTo(inputs.getLast().at().toEpochMilli());
            // Then
            assertSame(twin, TOPICS.alerts(), ANN);
            assertSame(twin, TOPICS.violations(), ANN);
            assertSame(twin, TOPICS.qualityFlags(), ANN);
            assertSame(twin, TOPICS.twins(), ANN);
            assertSame(twin, TOPICS.disclosures(), ANN);
            assertThat(written).filteredOn(one -> one.topic().equals(TOPICS.deadLetters().name()))
                    .hasSameSizeAs(twin.deadLetters().stream().filter(dead -> ANN.equals(dead.key())).toList());
        }
    }

    /** Issue 6: as of T, the fold knows what the live store knew, rule state included. */
    @ParameterizedTest
    @ValueSource(ints = {0, 40, 601, 1_800, 5_399, 9_000, 11_000})
    void shouldKnowAtAnyTimeWhatTheLiveStoreKnewThen(int seconds) {
        // Given
        Instant then = at(seconds);
        List<Input> until = new RandomLog(7, List.of(ANN, BEN)).withTicks(Duration.ofSeconds(1)).stream().filter(input -> !input.at().isAfter(then)).toList();
        try (DrivenTwin twin = DrivenTwin.replay().play(until)) {
            // When
            PatientFold fold = fold(until, ANN);
            fold.advanceTo(then.toEpochMilli());
            // Then
            for (String store : TwinStores.BY_PATIENT) {
                assertThat(fold.stored(store)).as(store).isEqualTo(twin.stored(store, ANN).get(ANN));
            }
        }
    }

    @Test
    void shouldSnapshotTheTwinAsTheTopologyPublishedIt() {
        // Given
        List<Input> inputs = enrolled(Story.lowSaturations(ANN, 0, 20));
        // When
        PatientFold fold = fold(inputs, ANN);
        // Then
        TwinSnapshot published = written.stream().flatMap(one -> one.as(TwinSnapshot.class).stream()).toList().getLast();
        assertThat(fold.snapshot()).contains(published);
        assertThat(published.getOpenAlerts()).isNotEmpty();
    }

    @Test
    void shouldKnowNothingOfAPatientWhoNeverSent() {
        PatientFold fold = new PatientFold(ANN, 0, SETTINGS, written::add);
        fold.advanceTo(at(0).toEpochMilli());
        assertThat(fold.snapshot()).isEmpty();
        assertThat(fold.twin()).isEmpty();
        assertThat(fold.plan()).isEmpty();
    }

    @Test
    void shouldForgetWhoWasErased() {
        // Given
        PatientFold fold = fold(enrolled(Story.lowSaturations(ANN, 0, 20)), ANN);
        byte[] order = bytes(TOPICS.erasureOrders(), io.vitaltwin.schemas.ErasureOrder.newBuilder().setErasureId("e").setPatientId(ANN).setTime(at(700)).build());
        // When
        fold.take(new LogRecord(TOPICS.erasureOrders().name(), 0, 0, at(700).toEpochMilli(), order));
        // Then
        assertThat(fold.snapshot()).isEmpty();
        assertThat(written.getLast().value()).isEmpty();
        assertThat(written.getLast().topic()).isEqualTo(TOPICS.twins().name());
    }

    @Test
    void shouldRefuseATopicThatTheTwinDoesNotRead() {
        PatientFold fold = new PatientFold(ANN, 0, SETTINGS, written::add);
        assertThatThrownBy(() -> fold.take(new LogRecord("other", 0, 0, 0, null))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("other");
    }

    @Test
    void shouldGoOnAloneAfterAForkThatChangesNothing() {
        // Given
        List<Input> inputs = enrolled(Story.lowSaturations(ANN, 0, 40));
        List<Input> first = inputs.stream().filter(input -> input.at().isBefore(at(100))).toList();
        List<Input> rest = inputs.stream().filter(input -> !input.at().isBefore(at(100))).toList();
        PatientFold fold = fold(first, ANN);
        int before = written.size();
        List<Written> others = new ArrayList<>();
        PatientFold fork = fold.fork(Changes.NONE, others::add);
        // When
        records(rest, ANN).forEach(fold::take);
        records(rest, ANN).forEach(fork::take);
        // Then
        assertThat(others).isEqualTo(written.subList(before, written.size())).isNotEmpty();
    }

    @Test
    void shouldRaiseUnderAPlanWithAnotherLimitWhatItDidNotRaiseBefore() {
        // Given: 86 and 85 % in turn are low, and a plan that says 80 makes nothing of them
        List<Input> inputs = enrolled(Story.lowSaturations(ANN, 0, 40));
        List<Written> others = new ArrayList<>();
        PatientFold fold = fold(List.of(inputs.getFirst(), inputs.get(1)), ANN);
        PatientContext plan = PatientContext.newBuilder(fold.plan().orElseThrow()).setPatientId("somebody-else")
                .setRules(Map.of("SPO2_LOW", Map.of("on", 80.0), "SPO2_CRIT", Map.of("on", 78.0))).build();
        PatientFold fork = fold.fork(new Changes(Optional.of(plan), Optional.empty(), Map.of(), Set.of()), others::add);
        // When
        records(inputs.subList(2, inputs.size()), ANN).forEach(record -> {
            fold.take(record);
            fork.take(record);
        });
        // Then
        assertThat(raised(written)).isNotEmpty();
        assertThat(raised(others)).isEmpty();
        assertThat(fork.plan().orElseThrow().getPatientId()).isEqualTo(ANN);
    }

    @Test
    void shouldHearNothingOfADeviceThatIsLeftOut() {
        List<Input> inputs = enrolled(Story.lowSaturations(ANN, 0, 40));
        List<Written> others = new ArrayList<>();
        PatientFold fold = fold(List.of(inputs.getFirst(), inputs.get(1)), ANN);
        PatientFold fork = fold.fork(new Changes(Optional.empty(), Optional.empty(), Map.of(), Set.of(OXIMETER)), others::add);
        records(inputs.subList(2, inputs.size()), ANN).forEach(fork::take);
        assertThat(raised(others)).isEmpty();
        assertThat(fork.snapshot().orElseThrow().getVitals()).isEmpty();
        assertThat(fork.plan().orElseThrow().getDevices()).extracting(device -> device.getDeviceId()).doesNotContain(OXIMETER).contains(PATCH);
    }

    @Test
    void shouldTrustADeviceOfAnotherGradeLess() {
        List<Input> inputs = enrolled(Story.lowSaturations(ANN, 0, 40));
        List<Written> others = new ArrayList<>();
        PatientFold fold = fold(List.of(inputs.getFirst(), inputs.get(1)), ANN);
        Changes changes = new Changes(Optional.empty(), Optional.empty(), Map.of(OXIMETER, DeviceGrade.CONSUMER), Set.of());
        PatientFold fork = fold.fork(changes, others::add);
        records(inputs.subList(2, inputs.size()), ANN).forEach(record -> {
            fold.take(record);
            fork.take(record);
        });
        assertThat(raised(others)).isNotEqualTo(raised(written));
        assertThat(fork.snapshot().orElseThrow().getVitals().getFirst().getGrade()).isEqualTo(DeviceGrade.CONSUMER);
        assertThat(fold.snapshot().orElseThrow().getVitals().getFirst().getGrade()).isEqualTo(DeviceGrade.MEDICAL_HOME);
    }

    @Test
    void shouldNameDevicesThatThePlanDoesNotKnow() {
        Changes changes = new Changes(Optional.empty(), Optional.empty(), Map.of(OXIMETER, DeviceGrade.CONSUMER, "watch-9", DeviceGrade.CONSUMER), Set.of("ring-9"));
        PatientFold fold = fold(enrolled(List.of()), ANN);
        assertThat(changes.unknownDevices(fold.plan())).containsExactly("ring-9", "watch-9");
        assertThat(changes.unknownDevices(Optional.empty())).containsExactly(OXIMETER, "ring-9", "watch-9");
    }

    @Test
    void shouldMergeTopicsByAppendTimeAndKeepTheOrderOfEach() {
        LogRecord a1 = new LogRecord("a", 0, 0, 5, null);
        LogRecord a2 = new LogRecord("a", 0, 1, 3, null);
        LogRecord b1 = new LogRecord("b", 0, 0, 4, null);
        LogRecord b2 = new LogRecord("b", 0, 1, 5, null);
        assertThat(LogRecord.merged(List.of(List.of(a1, a2), List.of(b1, b2)))).containsExactly(b1, a1, a2, b2);
        assertThat(LogRecord.merged(List.of(List.of(), List.of(b1)))).containsExactly(b1);
    }

    private static List<Input> enrolled(List<Input> more) {
        List<Input> all = new ArrayList<>(List.of(Story.plan(ANN, at(-60)), Story.permit(ANN, "1", at(-59))));
        all.addAll(more);
        return all;
    }

    private PatientFold fold(List<Input> inputs, String patient) {
        PatientFold fold = new PatientFold(patient, 0, SETTINGS, written::add);
        records(inputs, patient).forEach(fold::take);
        return fold;
    }

    /** With the offsets that they have in a log of all these records. */
    private static List<LogRecord> records(List<Input> inputs, String patient) {
        Map<String, Long> offsets = new HashMap<>();
        List<LogRecord> records = new ArrayList<>();
        for (Input input : inputs) {
            String topic = TOPICS.prefix() + input.topic() + ".v1";
            long offset = offsets.merge(topic, 1L, Long::sum) - 1;
            if (patient.equals(input.key())) {
                records.add(new LogRecord(topic, 0, offset, input.at().toEpochMilli(), input.value()));
            }
        }
        return records;
    }

    private static List<String> raised(List<Written> written) {
        return written.stream().flatMap(one -> one.as(AlertEvent.class).stream()).filter(alert -> alert.getEvent() == AlertEventType.RAISED)
                .map(alert -> alert.getRule() + " " + alert.getPriority() + " " + alert.getAppendTime()).toList();
    }

    private <T extends SpecificRecord> void assertSame(DrivenTwin twin, Topic<T> topic, String patient) {
        AvroSerde<T> serde = new AvroSerde<>(topic, IDS);
        List<String> live = twin.records(topic).stream().filter(one -> patient.equals(one.key()))
                .map(one -> one.timestamp() + " " + text(serde.deserialize(topic.name(), one.value()))).toList();
        List<String> folded = written.stream().filter(one -> one.topic().equals(topic.name()))
                .map(one -> one.millis() + " " + text(serde.deserialize(topic.name(), bytes(topic, topic.type().cast(one.value().orElseThrow()))))).toList();
        for (int i = 0; i < Math.min(live.size(), folded.size()); i++) {
            assertThat(folded.get(i)).as(topic.name() + " " + i).isEqualTo(live.get(i));
        }
        assertThat(folded).as(topic.name()).hasSameSizeAs(live);
        if (!topic.equals(TOPICS.disclosures())) {
            assertThat(folded).as(topic.name()).isNotEmpty();
        }
    }

    /** Without the size of the state: the time of the next look at the timers is part of it, and that hangs on when a tick comes. */
    private static String text(SpecificRecord value) {
        if (value instanceof TwinSnapshot snapshot) {
            snapshot.setStateBytes(0);
        }
        return value.toString();
    }

    private static <T extends SpecificRecord> byte[] bytes(Topic<T> topic, T value) {
        return new AvroSerde<>(topic, IDS).serialize(topic.name(), value);
    }
}
