package io.vitaltwin.testbench.verify;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Tick;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.twin.TwinConfig;
import io.vitaltwin.twin.topology.TwinTopology;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Derives alert events again: what came in goes through the steps of the topology in this process, without a broker. Which devices are shared came in too and is
 * not found again. Evidence names the place where
 * a reading lies in the real log, not the place that it has here.
 */
final class Rederivation implements AutoCloseable {

    /** How long after a record what it caused is decided at the latest: timers look one second back. */
    private static final long SETTLE_MILLIS = 2_000;

    private final Topics topics;
    private final int partition;
    private final TopologyTestDriver driver;
    private final AvroSerde<Tick> ticks;
    private final AvroSerde<AlertEvent> alerts;
    private final Map<String, TestInputTopic<byte[], byte @Nullable []>> inputs = new HashMap<>();
    private final Map<String, List<Long>> offsets = new HashMap<>();
    private final TestOutputTopic<byte[], byte[]> output;

    /**
     * @param partition of the records that come
     * @param startMillis append time of the first
     */
    Rederivation(Topics topics, SchemaIds ids, Optional<Path> ruleSet, Path folder, int partition, long startMillis) {
        this.topics = topics;
        this.partition = partition;
        this.ticks = new AvroSerde<>(topics.ticks(), ids);
        this.alerts = new AvroSerde<>(topics.alerts(), ids);
        TwinConfig bundled = TwinConfig.of("unused:9092", topics, folder);
        TwinConfig config = ruleSet.map(bundled::withRuleSet).orElse(bundled);
        this.driver = new TopologyTestDriver(new TwinTopology(config, ids).buildPatients(), config.streamsProperties(), Instant.ofEpochMilli(startMillis));
        this.output = driver.createOutputTopic(topics.alerts().name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Takes one record. Records come in the order of their append times. @return what it led to */
    List<AlertEvent> take(LogRecord record) {
        offsets.computeIfAbsent(record.topic(), topic -> new ArrayList<>()).add(record.offset());
        byte[] key = record.key().isEmpty() ? null : record.key().getBytes(StandardCharsets.UTF_8);
        input(record.topic()).pipeInput(key, record.value(), Instant.ofEpochMilli(record.appendMillis()));
        return decided();
    }

    /** Lets time go on after the last record, so that all timers until then fire. */
    List<AlertEvent> end(long millis) {
        Instant time = Instant.ofEpochMilli(millis + SETTLE_MILLIS);
        String topic = topics.ticks().name();
        input(topic).pipeInput(null, ticks.serialize(topic, new Tick(0, time)), time);
        return decided();
    }

    private TestInputTopic<byte[], byte @Nullable []> input(String topic) {
        return inputs.computeIfAbsent(topic, name -> driver.createInputTopic(name, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    private List<AlertEvent> decided() {
        List<AlertEvent> events = new ArrayList<>();
        while (!output.isEmpty()) {
            AlertEvent event = alerts.deserialize(topics.alerts().name(), output.readValue());
            if (event == null) {
                throw new IllegalStateException("the twin wrote an alert without a value");
            }
            event.getEvidence().forEach(this::place);
            events.add(event);
        }
        return events;
    }

    private void place(Evidence evidence) {
        List<Long> known = offsets.getOrDefault(evidence.getTopic(), List.of());
        evidence.setPartition(partition);
        evidence.setOffset(known.get(Math.toIntExact(evidence.getOffset())));
    }

    @Override
    public void close() {
        driver.close();
    }
}
