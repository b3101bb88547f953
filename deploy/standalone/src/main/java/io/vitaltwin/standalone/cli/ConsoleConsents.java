package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.twin.adapter.disclosure.DisclosureFailed;
import io.vitaltwin.twin.core.consent.ConsentTimeline;
import io.vitaltwin.twin.core.consent.ConsentVersion;
import io.vitaltwin.twin.core.disclosure.Viewer;
import io.vitaltwin.twin.topology.ConsentRecords;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The consents of all patients for many viewers: read once, kept as they were given, and read for each viewer when asked. A record that cannot be read is
 * passed over, as the topology does. For one thread at a time.
 */
final class ConsoleConsents implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(ConsoleConsents.class);
    /** Project defaults, no source. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int MOST_READ = 100_000;

    private final Consumer<String, byte[]> consumer;
    private final Topic<ConsentRecord> topic;
    private final AvroSerde<ConsentRecord> serde;
    private final Map<String, ConsentTimeline> given = new HashMap<>();
    private final Map<Reader, ConsentTimeline> read = new HashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();

    private record Reader(Viewer viewer, String patient) {
    }

    /** @param consumer reads committed records without a group; closed here */
    ConsoleConsents(Consumer<String, byte[]> consumer, Topic<ConsentRecord> topic, SchemaIds ids) {
        this.consumer = consumer;
        this.topic = topic;
        this.serde = new AvroSerde<>(topic, ids);
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream().map(info -> new TopicPartition(info.topic(), info.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Takes in every consent that was committed before this call. @throws DisclosureFailed if that cannot be done */
    void catchUp() {
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() - deadline > 0) {
                    throw new DisclosureFailed("topic " + topic.name() + " cannot be read to its end within " + PATIENCE.toSeconds()
                            + " s: without all consents nothing is shown");
                }
                consumer.poll(POLL).forEach(this::take);
            }
        } catch (KafkaException e) {
            throw new DisclosureFailed("topic " + topic.name() + " cannot be read; without consents nothing is shown", e);
        }
    }

    /** Takes in what has come by itself. */
    void follow() {
        consumer.poll(Duration.ZERO).forEach(this::take);
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null || record.value() == null) {
            return;
        }
        try {
            ConsentRecord consent = serde.deserialize(topic.name(), record.value());
            if (consent != null) {
                ConsentVersion version = ConsentRecords.version(consent, record.timestamp());
                given.put(record.key(), of(record.key()).apply(version));
                read.keySet().removeIf(reader -> reader.patient().equals(record.key()));
                changed.add(record.key());
            }
        } catch (SchemaProblem e) {
            LOGGER.atWarn().addKeyValue("topic", record.topic()).addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset()).addKeyValue("reason", e.kind()).log("consent cannot be read and is passed over");
        }
    }

    /** As it was given; empty for a patient who has never said anything. */
    ConsentTimeline of(String patient) {
        return given.getOrDefault(patient, ConsentTimeline.empty());
    }

    /** As this viewer must read it. */
    ConsentTimeline of(String patient, Viewer viewer) {
        if (read.size() > MOST_READ) {
            read.clear();
        }
        return read.computeIfAbsent(new Reader(viewer, patient), reader -> {
            ConsentTimeline timeline = ConsentTimeline.empty();
            for (ConsentVersion version : of(patient).versions()) {
                timeline = timeline.apply(viewer.read(version));
            }
            return timeline;
        });
    }

    /** Patients whose consents have come since the last call. */
    List<String> takeChanged() {
        List<String> taken = List.copyOf(changed);
        changed.clear();
        return taken;
    }

    /** Patients whose decisions change by themselves in a span of processing time, its beginning excluded, its end included. */
    List<String> changing(long fromMillis, long toMillis) {
        List<String> found = new ArrayList<>();
        given.forEach((patient, timeline) -> {
            if (timeline.nextChange(fromMillis) <= toMillis) {
                found.add(patient);
            }
        });
        return found;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
