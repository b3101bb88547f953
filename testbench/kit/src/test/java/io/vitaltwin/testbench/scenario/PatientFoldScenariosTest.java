package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.twin.TwinConfig;
import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.topology.Keeping;
import io.vitaltwin.twin.topology.LogRecord;
import io.vitaltwin.twin.topology.PatientFold;
import io.vitaltwin.twin.topology.TwinTopology;
import io.vitaltwin.twin.topology.Written;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The fold of one patient's log equals the topology on every third acceptance scenario: each alert, violation, flag and snapshot. */
class PatientFoldScenariosTest {

    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX, 1);
    private static final SchemaIds IDS = new BundledSchemaIds();
    private static final List<Topic<? extends SpecificRecord>> COMPARED = List.of(TOPICS.alerts(), TOPICS.violations(), TOPICS.qualityFlags(), TOPICS.twins());

    private static final Map<String, AvroSerde<?>> SERDES = new HashMap<>();
    /** Outputs are taken away this often, so that the driver need not hold those of many days. */
    private static final int DRAIN_EVERY = 5_000;
    /** All of them take as long as playing them does, and that is done elsewhere already. */
    private static final int EVERY = 3;

    /** Patient and topic, and what was written there. */
    private final Map<String, List<String>> live = new HashMap<>();
    private final Map<String, List<LogRecord>> logs = new HashMap<>();
    private final TreeSet<String> patients = new TreeSet<>();
    private final Map<String, TestOutputTopic<String, byte[]>> outputs = new HashMap<>();
    /** When the next timer fires; ticks before it change nothing and are not played. */
    private long nextMillis = Long.MIN_VALUE;
    private long endMillis;
    private int played;

    @ParameterizedTest
    @MethodSource("scenarios")
    void shouldFoldEachPatientToWhatTheTopologyWrites(Path file) throws IOException {
        // Given
        play(ScenarioPlan.of(ScenarioFile.read(file)));
        PatientFold.Settings settings = new PatientFold.Settings(TOPICS, IDS, RuleSetFile.bundled(), TwinConfig.of("unused:9092", TOPICS, Path.of("unused")).snapshotInterval());
        for (String patient : patients) {
            // When
            Map<String, List<String>> folded = new HashMap<>();
            PatientFold fold = new PatientFold(patient, 0, settings, written -> keep(folded, written));
            logs.getOrDefault(patient, List.of()).forEach(fold::take);
            fold.advanceTo(endMillis);
            // Then
            for (Topic<?> topic : COMPARED) {
                assertThat(folded.getOrDefault(topic.name(), List.of())).as(patient + " " + topic.name())
                        .isEqualTo(live.getOrDefault(patient + topic.name(), List.of()));
            }
        }
        assertThat(live).as("outputs of " + file).isNotEmpty();
    }

    static Stream<Path> scenarios() throws IOException {
        List<Path> all = Bundled.scenarios();
        return IntStream.range(0, all.size()).filter(place -> place % EVERY == 0).mapToObj(all::get);
    }

    private void play(ScenarioPlan plan) {
        InputRecords records = new InputRecords(TOPICS, IDS);
        try (TemporaryFolder state = TemporaryFolder.create()) {
            TwinConfig config = TwinConfig.of("unused:9092", TOPICS, state.path());
            try (var driver = new TopologyTestDriver(new TwinTopology(config, IDS, Keeping.IN_MEMORY).build(), config.streamsProperties(), plan.scenario().start())) {
                ReadOnlyKeyValueStore<Bytes, byte[]> timers = driver.getKeyValueStore(TwinTopology.TIMERS);
                Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
                Map<String, Long> offsets = new HashMap<>();
                plan.forEach(input -> {
                    long millis = input.arrival().toEpochMilli();
                    if (input.kind() == Input.Kind.TICK && millis < nextMillis) {
                        return;
                    }
                    String topic = records.topic(input);
                    byte[] key = records.key(input);
                    byte[] value = records.value(input);
                    inputs.computeIfAbsent(topic, name -> driver.createInputTopic(name, new ByteArraySerializer(), new ByteArraySerializer()))
                            .pipeInput(key, value, input.arrival());
                    if (key != null) {
                        take(new String(key, StandardCharsets.UTF_8), new LogRecord(topic, 0, offsets.merge(topic, 1L, Long::sum) - 1, millis, value));
                    }
                    endMillis = millis;
                    nextMillis = TwinTopology.nextTimerMillis(timers);
                    if (++played % DRAIN_EVERY == 0) {
                        collect(driver);
                    }
                });
                collect(driver);
            }
        }
        // Sharings come out after the record that led to them and go in at the same instant.
        logs.values().forEach(log -> log.sort(Comparator.comparingLong(LogRecord::appendMillis)));
    }

    private void take(String patient, LogRecord record) {
        patients.add(patient);
        logs.computeIfAbsent(patient, one -> new ArrayList<>()).add(record);
    }

    private void collect(TopologyTestDriver driver) {
        for (String topic : driver.producedTopicNames()) {
            outputs.computeIfAbsent(topic, name -> driver.createOutputTopic(name, new StringDeserializer(), new ByteArrayDeserializer()))
                    .readRecordsToList().forEach(one -> {
                if (topic.equals(TOPICS.deviceSharings().name())) {
                    take(one.key(), new LogRecord(topic, 0, 0, one.timestamp(), one.value()));
                }
                COMPARED.stream().filter(known -> known.name().equals(topic) && one.value() != null).forEach(known ->
                        live.computeIfAbsent(one.key() + topic, key -> new ArrayList<>()).add(text(one.timestamp(), known, one.value())));
            });
        }
    }

    private static void keep(Map<String, List<String>> folded, Written written) {
        COMPARED.stream().filter(topic -> topic.name().equals(written.topic())).forEach(topic -> written.value().ifPresent(value ->
                folded.computeIfAbsent(topic.name(), name -> new ArrayList<>()).add(text(written.millis(), topic, bytes(topic, value)))));
    }

    @SuppressWarnings("unchecked")
    private static <T extends SpecificRecord> AvroSerde<T> serde(Topic<T> topic) {
        return (AvroSerde<T>) SERDES.computeIfAbsent(topic.name(), name -> new AvroSerde<>(topic, IDS));
    }

    private static <T extends SpecificRecord> byte[] bytes(Topic<T> topic, Object value) {
        return serde(topic).serialize(topic.name(), topic.type().cast(value));
    }

    /** Without the size of the state: the time of the next look at the timers is part of it, and that hangs on when a tick comes. */
    private static <T extends SpecificRecord> String text(long millis, Topic<T> topic, byte[] bytes) {
        T value = serde(topic).deserialize(topic.name(), bytes);
        if (value instanceof TwinSnapshot snapshot) {
            snapshot.setStateBytes(0);
        }
        return millis + " " + value;
    }
}
