package io.vitaltwin.twin.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Disclosure;
import io.vitaltwin.schemas.Fates;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.RegisteredDevice;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.schemas.ViolationStage;
import io.vitaltwin.twin.TwinConfig;
import io.vitaltwin.twin.TwinMetrics;
import io.vitaltwin.twin.core.state.TwinState;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import static io.vitaltwin.twin.topology.Story.IDS;
import static io.vitaltwin.twin.topology.Story.T0;
import static io.vitaltwin.twin.topology.Story.TOPICS;

/** The whole topology without a broker, in a folder of its own until it is closed. What it wrote is kept, and can be asked for again and again. */
final class DrivenTwin implements AutoCloseable {

    private final Path folder;
    private final TopologyTestDriver driver;
    private final Map<String, TestInputTopic<String, byte[]>> inputs = new HashMap<>();
    private final Map<String, List<TestRecord<String, byte[]>>> written = new HashMap<>();
    private Instant clock = T0;

    DrivenTwin() {
        this(UnaryOperator.identity(), new SimpleMeterRegistry());
    }

    /** @param settings such as another rule set */
    DrivenTwin(UnaryOperator<TwinConfig> settings, MeterRegistry meters) {
        this(settings, config -> new TwinTopology(config, IDS, new TwinMetrics(meters)).build());
    }

    private DrivenTwin(UnaryOperator<TwinConfig> settings, Function<TwinConfig, Topology> topology) {
        folder = newFolder();
        TwinConfig config = settings.apply(TwinConfig.of("unused:9092", TOPICS, folder));
        driver = new TopologyTestDriver(topology.apply(config), config.streamsProperties(), T0);
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("driven-twin");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Patients only: which devices are shared must be played. */
    static DrivenTwin replay() {
        return new DrivenTwin(UnaryOperator.identity(), config -> new TwinTopology(config, IDS).buildPatients());
    }

    /** A replay; its clock must be played, too. */
    static DrivenTwin shadow(Shadow shadow) {
        return new DrivenTwin(UnaryOperator.identity(), config -> new TwinTopology(config, IDS).buildShadow(shadow));
    }

    /** A patient who is known, with every device, and permits treatment; a minute before T0. */
    DrivenTwin enrol(String patient) {
        return play(Story.plan(patient, Story.at(-60)), Story.permit(patient, "1", Story.at(-59)));
    }

    /** The same with these devices. */
    DrivenTwin enrol(String patient, RegisteredDevice... devices) {
        return play(Story.plan(patient, Story.at(-60), devices), Story.permit(patient, "1", Story.at(-59)));
    }

    DrivenTwin play(Input... records) {
        return play(List.of(records));
    }

    DrivenTwin play(Collection<Input> records) {
        for (Input input : records) {
            inputs.computeIfAbsent(Story.TOPICS.prefix() + input.topic() + ".v1",
                    topic -> driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer()))
                    .pipeInput(new TestRecord<>(input.key(), input.value(), input.at()));
            clock = input.at().isAfter(clock) ? input.at() : clock;
        }
        return this;
    }

    /** Nobody sends; a tick comes every second. */
    DrivenTwin tick(Duration span) {
        return tick(span, Duration.ofSeconds(1));
    }

    DrivenTwin tick(Duration span, Duration every) {
        for (Instant end = clock.plus(span), at = clock.plus(every); !at.isAfter(end); at = at.plus(every)) {
            play(Story.tick(at));
        }
        return this;
    }

    List<AlertEvent> alerts(String patient) {
        return values(TOPICS.alerts(), patient);
    }

    List<AlertEvent> alerts(String patient, AlertEventType event) {
        return alerts(patient).stream().filter(alert -> alert.getEvent() == event).toList();
    }

    List<ConsentViolation> violations(String patient) {
        return values(TOPICS.violations(), patient);
    }

    List<ConsentViolation> violations(String patient, ViolationReason reason) {
        return violations(patient).stream().filter(violation -> violation.getReason() == reason).toList();
    }

    long violatingReadings(String patient) {
        return readings(violations(patient));
    }

    /** How many readings were refused for this reason. */
    long violatingReadings(String patient, ViolationReason reason) {
        return readings(violations(patient, reason));
    }

    /** How many readings were refused at this stage. */
    long violatingReadings(String patient, ViolationStage stage) {
        return readings(violations(patient).stream().filter(violation -> violation.getStage() == stage).toList());
    }

    /** How many readings these violations stand for. */
    static long readings(List<ConsentViolation> violations) {
        return violations.stream().mapToLong(ConsentViolation::getCount).sum();
    }

    List<Disclosure> disclosures(String patient) {
        return values(TOPICS.disclosures(), patient);
    }

    List<Notification> notifications(String patient) {
        return values(TOPICS.notifications(), patient);
    }

    List<QualityFlag> flags(String patient) {
        return values(TOPICS.qualityFlags(), patient);
    }

    /** Flags that give this reason, among others. */
    List<QualityFlag> flags(String patient, String reason) {
        return flags(patient).stream().filter(flag -> flag.getReasons().contains(reason)).toList();
    }

    List<TwinSnapshot> snapshots(String patient) {
        return values(TOPICS.twins(), patient);
    }

    /** @throws java.util.NoSuchElementException if there is none yet */
    TwinSnapshot snapshot(String patient) {
        return snapshots(patient).getLast();
    }

    Fates fates(String patient) {
        return snapshot(patient).getFates();
    }

    /** The twin as it is stored. */
    TwinState state(String patient) {
        return TwinState.decode(driver.<String, byte[]>getKeyValueStore(TwinStores.TWINS).get(patient));
    }

    /** Everything that a store keeps by patient or by something that begins with the patient. */
    Map<String, byte[]> stored(String store, String patient) {
        Map<String, byte[]> stored = new TreeMap<>();
        try (KeyValueIterator<String, byte[]> all = driver.<String, byte[]>getKeyValueStore(store).all()) {
            all.forEachRemaining(entry -> {
                if (entry.key.equals(patient) || entry.key.startsWith(patient + '\0')) {
                    stored.put(entry.key, entry.value);
                }
            });
        }
        return stored;
    }

    /** How many devices with a serial number are remembered. */
    int devices() {
        int count = 0;
        try (KeyValueIterator<String, byte[]> all = driver.<String, byte[]>getKeyValueStore(TwinStores.DEVICES).all()) {
            for (; all.hasNext(); all.next()) {
                count++;
            }
        }
        return count;
    }

    List<TestRecord<String, byte[]>> deadLetters() {
        return records(TOPICS.deadLetters());
    }

    /** Everything that was written to the topic, oldest first, in bytes. */
    List<TestRecord<String, byte[]>> records(Topic<?> topic) {
        List<TestRecord<String, byte[]>> known = written.computeIfAbsent(topic.name(), name -> new ArrayList<>());
        if (driver.producedTopicNames().contains(topic.name())) {
            TestOutputTopic<String, byte[]> output =
                    driver.createOutputTopic(topic.name(), new StringDeserializer(), new ByteArrayDeserializer());
            known.addAll(output.readRecordsToList());
        }
        return known;
    }

    private <T extends SpecificRecord> List<T> values(Topic<T> topic, String patient) {
        AvroSerde<T> serde = new AvroSerde<>(topic, IDS);
        return records(topic).stream().filter(one -> patient.equals(one.key())).map(one -> serde.deserialize(topic.name(), one.value())).toList();
    }

    /** Text of the headers of a record, by name. */
    static Map<String, String> headers(TestRecord<?, ?> dead) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : dead.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }

    @Override
    public void close() {
        driver.close();
        try {
            Utils.delete(folder.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
