package io.vitaltwin.testbench.proof;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.PatientReport;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Tick;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.testbench.kafka.Folders;
import io.vitaltwin.testbench.proof.ProofStory.Entry;
import io.vitaltwin.testbench.sim.Arrival;
import io.vitaltwin.twin.TwinConfig;
import io.vitaltwin.twin.topology.TwinTopology;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * Plays the stories of many patients through the real topology, all at once and without a broker. Restarted, a new topology goes on with nothing but
 * what the old one had stored.
 */
public final class StoryPlayer implements AutoCloseable {

    /** Time goes on for so long after the last record: batches wait 5 min, refusals are counted up by the minute. */
    private static final long REST_MILLIS = 9 * 60_000;
    private static final Duration TICKS = Duration.ofSeconds(30);

    private final Topics topics = new Topics(Topics.DEFAULT_PREFIX, 1);
    private final SchemaIds ids = new BundledSchemaIds();
    private final AvroSerde<PatientContext> plans = new AvroSerde<>(topics.patients(), ids);
    private final AvroSerde<ConsentRecord> consents = new AvroSerde<>(topics.consents(), ids);
    private final AvroSerde<ReadingBatch> readings = new AvroSerde<>(topics.readings(), ids);
    private final AvroSerde<PatientReport> reports = new AvroSerde<>(topics.reports(), ids);
    private final byte[] tick = bytes(new AvroSerde<>(topics.ticks(), ids).serialize(topics.ticks().name(), new Tick(0, StoryMaker.START)));
    private final Map<String, AvroSerde<? extends SpecificRecord>> outputs = new LinkedHashMap<>();
    private final Path folder;
    private final Fault fault;
    private final long tickMillis;
    private final Map<String, List<Told>> told = new HashMap<>();
    private final Map<String, Integer> places = new HashMap<>();
    private Driven driven;

    private StoryPlayer(Path folder, Fault fault, long tickMillis) {
        this.tickMillis = tickMillis;
        this.folder = folder;
        this.fault = fault;
        for (Topic<? extends SpecificRecord> topic : List.of(
                topics.violations(), topics.qualityFlags(), topics.alerts(), topics.twins(), topics.disclosures())) {
            outputs.put(topic.name(), new AvroSerde<>(topic, ids));
        }
        driven = new Driven(folder.resolve("0"), Map.of());
    }

    /**
     * @param restarts before which records, counted over all stories from 0, the topology is started anew
     * @return what was written about each patient, in order
     */
    public static Map<String, List<Told>> play(List<ProofStory> stories, SortedSet<Integer> restarts, Fault fault) {
        return play(stories, restarts, fault, TICKS);
    }

    /** As above. @param ticks how often time moves when nobody sends */
    public static Map<String, List<Told>> play(List<ProofStory> stories, SortedSet<Integer> restarts, Fault fault, Duration ticks) {
        try {
            Path folder = Files.createTempDirectory("vitaltwin-proof");
            try (StoryPlayer player = new StoryPlayer(folder, fault, ticks.toMillis())) {
                player.play(stories, restarts);
                return player.told;
            } finally {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the proof's state cannot be made or removed", e);
        }
    }

    private void play(List<ProofStory> stories, SortedSet<Integer> restarts) {
        List<Entry> all = new ArrayList<>();
        stories.forEach(story -> all.addAll(story.entries()));
        all.sort(Comparator.comparingLong(Entry::takenMillis));
        long now = all.isEmpty() ? 0 : all.getFirst().takenMillis();
        for (int i = 0; i < all.size(); i++) {
            Entry entry = all.get(i);
            if (restarts.contains(i)) {
                restart(i);
            }
            now = tickUntil(now, entry.takenMillis());
            places.merge(entry.arrival().patientId(), 1, Integer::sum);
            fault.taken(entry.arrival()).ifPresent(this::take);
        }
        tickUntil(now, now + REST_MILLIS);
    }

    private void restart(int place) {
        Map<String, Map<Object, Object>> stored = driven.stored();
        driven.close();
        driven = new Driven(folder.resolve("restart-" + place), stored);
    }

    /** A tick only moves time: each timer decides as of its own time, however seldom a tick comes. */
    private long tickUntil(long from, long until) {
        long at = from;
        while (at + tickMillis <= until) {
            at += tickMillis;
            driven.pipe(topics.ticks().name(), null, tick, at);
        }
        return at;
    }

    private void take(Arrival arrival) {
        long at = arrival.at().toEpochMilli();
        switch (arrival) {
            case Arrival.Plan plan -> driven.pipe(topics.patients().name(), arrival.patientId(), bytes(plans.serialize(topics.patients().name(), plan.plan())), at);
            case Arrival.Consent consent -> driven.pipe(topics.consents().name(), arrival.patientId(),
                    bytes(consents.serialize(topics.consents().name(), consent.consent())), at);
            case Arrival.Batch batch -> driven.pipe(topics.readings().name(), arrival.patientId(),
                    bytes(readings.serialize(topics.readings().name(), batch.batch())), at);
            case Arrival.Report report -> driven.pipe(topics.reports().name(), arrival.patientId(),
                    bytes(reports.serialize(topics.reports().name(), report.report())), at);
            case Arrival.Garbage garbage -> driven.pipe(topics.readings().name(), arrival.patientId(), garbage.bytes(), at);
        }
    }

    private static byte[] bytes(byte @Nullable [] written) {
        if (written == null) {
            throw new IllegalStateException("a record of a story is never a tombstone");
        }
        return written;
    }

    private void tell(String patient, long timeMillis, SpecificRecord value) {
        fault.told(new Told(places.getOrDefault(patient, 0), timeMillis, value))
                .forEach(one -> told.computeIfAbsent(patient, none -> new ArrayList<>()).add(one));
    }

    @Override
    public void close() {
        driven.close();
    }

    /** One life of the topology. */
    private final class Driven implements AutoCloseable {

        private final TopologyTestDriver driver;
        private final Map<String, TestInputTopic<String, byte[]>> inputs = new HashMap<>();
        private final Map<String, TestOutputTopic<String, byte[]>> written = new HashMap<>();

        Driven(Path state, Map<String, Map<Object, Object>> stored) {
            TwinConfig config = TwinConfig.of("unused:9092", topics, state);
            driver = new TopologyTestDriver(new TwinTopology(config, ids).build(), config.streamsProperties(), Instant.EPOCH);
            stored.forEach((name, entries) -> entries.forEach(driver.getKeyValueStore(name)::put));
        }

        Map<String, Map<Object, Object>> stored() {
            Map<String, Map<Object, Object>> stored = new HashMap<>();
            for (String name : driver.getAllStateStores().keySet()) {
                Map<Object, Object> entries = new LinkedHashMap<>();
                try (var all = driver.getKeyValueStore(name).all()) {
                    all.forEachRemaining(entry -> entries.put(entry.key, entry.value));
                }
                stored.put(name, entries);
            }
            return stored;
        }

        void pipe(String topic, @Nullable String key, byte[] value, long at) {
            inputs.computeIfAbsent(topic, name -> driver.createInputTopic(name, new StringSerializer(), new ByteArraySerializer()))
                    .pipeInput(new TestRecord<>(key, value, Instant.ofEpochMilli(at)));
            outputs.forEach(this::drain);
        }

        private void drain(String topic, AvroSerde<? extends SpecificRecord> serde) {
            TestOutputTopic<String, byte[]> output = written.get(topic);
            if (output == null) {
                if (!driver.producedTopicNames().contains(topic)) {
                    return;
                }
                output = driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer());
                written.put(topic, output);
            }
            while (!output.isEmpty()) {
                TestRecord<String, byte[]> record = output.readRecord();
                SpecificRecord value = serde.deserialize(topic, record.value());
                if (value != null) {
                    tell(record.key(), record.timestamp(), value);
                }
            }
        }

        @Override
        public void close() {
            driver.close();
        }
    }
}
