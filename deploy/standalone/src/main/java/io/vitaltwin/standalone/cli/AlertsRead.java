package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Topic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The alert events of one topic within a time, as they were committed when this began. */
final class AlertsRead {

    private static final Duration POLL = Duration.ofMillis(200);
    /** Without a single record for so long, the topic counts as unreadable. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private AlertsRead() {
    }

    /**
     * @param from included @param to excluded, both by the time of the record
     * @param wanted patients as people know them
     * @throws CliException if the topic does not exist or cannot be read to its end, or a record of it cannot be decoded: a comparison must not lack one unsaid
     */
    static List<Decoded<AlertEvent>> read(ClusterOptions cluster, Topic<AlertEvent> topic, Instant from, Instant to, Predicate<String> wanted) {
        List<Decoded<AlertEvent>> events = new ArrayList<>();
        try (TopicReader reader = new TopicReader(cluster, topic); AvroSerde<AlertEvent> serde = new AvroSerde<>(topic, cluster.schemaIds())) {
            reader.fromBeginning();
            Map<TopicPartition, Long> ends = reader.endOffsets();
            long lastRecord = System.nanoTime();
            while (!reader.hasReached(ends)) {
                if (System.nanoTime() - lastRecord > PATIENCE.toNanos()) {
                    throw CliException.failed("topic " + topic.name() + " cannot be read to its end: nothing came for " + PATIENCE.toSeconds() + " s");
                }
                for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
                    lastRecord = System.nanoTime();
                    Instant at = Instant.ofEpochMilli(record.timestamp());
                    if (record.key() != null && !at.isBefore(from) && at.isBefore(to) && wanted.test(record.key())) {
                        events.add(decoded(cluster, serde, record));
                    }
                }
            }
        }
        return events;
    }

    private static Decoded<AlertEvent> decoded(ClusterOptions cluster, AvroSerde<AlertEvent> serde, ConsumerRecord<String, byte[]> record) {
        try {
            AlertEvent event = serde.deserialize(record.topic(), record.value());
            if (event != null) {
                cluster.privacy().show(event);
                return Decoded.of(record, event);
            }
        } catch (SchemaProblem e) {
            throw unreadable(record, String.valueOf(e.getMessage()));
        }
        throw unreadable(record, "it has no value");
    }

    private static CliException unreadable(ConsumerRecord<String, byte[]> record, String why) {
        return CliException.failed(record.topic() + ", partition " + record.partition() + ", offset " + record.offset() + " cannot be decoded: " + why
                + "; so nothing is compared");
    }
}
