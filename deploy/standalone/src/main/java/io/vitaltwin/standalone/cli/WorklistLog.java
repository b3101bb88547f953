package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.WorklistAlert;
import io.vitaltwin.schemas.WorklistItem;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The worklists of all patients as they stand. */
final class WorklistLog {

    private static final Duration POLL = Duration.ofMillis(200);
    /** Without a single record for so long, the topic counts as unreadable. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private WorklistLog() {
    }

    /** One open alert. @param append of the worklist that it stands in */
    record Row(String patient, Instant append, WorklistAlert alert) {
    }

    /** @param unreadable newest worklists that cannot be decoded, each by its place and why: a list must not lack a patient unsaid */
    record Rows(List<Row> rows, List<String> unreadable) {
    }

    /** @param problem why it cannot be decoded; empty: it can */
    private record Newest(Instant append, List<WorklistAlert> alerts, String problem) {
    }

    /**
     * Reads up to the end that the topic has now. Order: by patient, then as the worklist has them.
     *
     * @throws CliException if the broker does not answer or the topic does not exist
     */
    static Rows read(ClusterOptions cluster) {
        Topic<WorklistItem> topic = cluster.topics().worklist();
        Map<String, Newest> byPatient = new TreeMap<>();
        try (TopicReader reader = new TopicReader(cluster, topic); AvroSerde<WorklistItem> serde = new AvroSerde<>(topic, cluster.schemaIds())) {
            reader.fromBeginning();
            Map<TopicPartition, Long> ends = reader.endOffsets();
            long lastRecord = System.nanoTime();
            while (!reader.hasReached(ends)) {
                if (System.nanoTime() - lastRecord > PATIENCE.toNanos()) {
                    throw CliException.failed("topic " + topic.name() + " cannot be read to its end: nothing came for " + PATIENCE.toSeconds() + " s");
                }
                for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
                    lastRecord = System.nanoTime();
                    byPatient.put(record.key(), newest(serde, record));
                }
            }
        }
        List<Row> rows = new ArrayList<>();
        byPatient.forEach((patient, newest) -> newest.alerts().forEach(alert -> rows.add(new Row(patient, newest.append(), alert))));
        return new Rows(rows, byPatient.values().stream().map(Newest::problem).filter(problem -> !problem.isEmpty()).toList());
    }

    /** Without alerts for a tombstone. */
    private static Newest newest(AvroSerde<WorklistItem> serde, ConsumerRecord<String, byte[]> record) {
        Instant append = Instant.ofEpochMilli(record.timestamp());
        try {
            WorklistItem item = serde.deserialize(record.topic(), record.value());
            return new Newest(append, item == null ? List.of() : item.getAlerts(), "");
        } catch (SchemaProblem e) {
            return new Newest(append, List.of(), record.topic() + ", partition " + record.partition() + ", offset " + record.offset()
                    + " cannot be decoded, so the open alerts of one patient are not listed: " + e.getMessage());
        }
    }
}
