package io.vitaltwin.testbench.proof;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.twin.TwinConfig;
import io.vitaltwin.twin.topology.Keeping;
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

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One life of the real topology, without a broker, from what an earlier life had stored. */
final class DrivenTopology implements AutoCloseable {

    /** Takes what the topology writes, topic by topic after each record. */
    interface Sink {

        /** @param timeMillis processing time that the record carries */
        void written(String patient, long timeMillis, SpecificRecord value);
    }

    private final TopologyTestDriver driver;
    private final Sink sink;
    private final Map<String, AvroSerde<? extends SpecificRecord>> outputs = new LinkedHashMap<>();
    private final Map<String, TestInputTopic<String, byte[]>> inputs = new HashMap<>();
    private final Map<String, TestOutputTopic<String, byte[]>> written = new HashMap<>();

    /**
     * @param state a folder of its own
     * @param stored entries by store; empty at the beginning
     */
    DrivenTopology(Topics topics, SchemaIds ids, Keeping keeping, Path state, Map<String, Map<Object, Object>> stored, Sink sink) {
        this.sink = sink;
        checked(topics).forEach(topic -> outputs.put(topic.name(), new AvroSerde<>(topic, ids)));
        TwinConfig config = TwinConfig.of("unused:9092", topics, state);
        driver = new TopologyTestDriver(new TwinTopology(config, ids, keeping).build(), config.streamsProperties(), Instant.EPOCH);
        stored.forEach((name, entries) -> entries.forEach(driver.getKeyValueStore(name)::put));
    }

    /** Topics whose records the checker judges. */
    static List<Topic<? extends SpecificRecord>> checked(Topics topics) {
        return List.of(topics.violations(), topics.qualityFlags(), topics.alerts(), topics.twins(), topics.disclosures());
    }

    /** What a later life needs of this one. */
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

    /** Takes one record, with all that follows from it. */
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
                sink.written(record.key(), record.timestamp(), value);
            }
        }
    }

    @Override
    public void close() {
        driver.close();
    }
}
