package io.vitaltwin.testbench.broker;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.testbench.kafka.Clients;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The alerts that a reader of committed records finds. */
final class CommittedAlerts {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);

    private CommittedAlerts() {
    }

    /**
     * Everything that each alert event says, but for the names of the topics, by patient in the order of the log.
     *
     * @throws IllegalStateException if the end is not reached in time
     */
    static Map<String, List<String>> read(String bootstrapServers, Topics topics, SchemaIds ids) {
        Map<String, List<String>> alerts = new TreeMap<>();
        AvroSerde<AlertEvent> serde = new AvroSerde<>(topics.alerts(), ids);
        List<TopicPartition> partitions =
                IntStream.range(0, topics.partitions()).mapToObj(number -> new TopicPartition(topics.alerts().name(), number)).toList();
        try (Consumer<byte[], byte[]> consumer = Clients.reader(bootstrapServers)) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the alerts cannot be read to their end");
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    AlertEvent alert = serde.deserialize(record.topic(), record.value());
                    alerts.computeIfAbsent(alert.getPatientId(), patient -> new ArrayList<>()).add(said(alert));
                }
            }
        }
        return alerts;
    }

    /** Writes the first alert that is found once more, changed. */
    static void copyOne(String bootstrapServers, Topics topics, SchemaIds ids, java.util.function.Consumer<AlertEvent> change) {
        AvroSerde<AlertEvent> serde = new AvroSerde<>(topics.alerts(), ids);
        TopicPartition partition = new TopicPartition(topics.alerts().name(), 0);
        AlertEvent alert = null;
        try (Consumer<byte[], byte[]> consumer = Clients.reader(bootstrapServers)) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (alert == null && System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    alert = alert == null ? serde.deserialize(record.topic(), record.value()) : alert;
                }
            }
        }
        if (alert == null) {
            throw new IllegalStateException("no alert in partition 0");
        }
        change.accept(alert);
        try (var producer = Clients.writer(bootstrapServers)) {
            producer.send(new ProducerRecord<>(topics.alerts().name(), 0, alert.getPatientId(),
                    serde.serialize(topics.alerts().name(), alert)));
        }
    }

    private static String said(AlertEvent alert) {
        for (Evidence evidence : alert.getEvidence()) {
            evidence.setTopic("");
        }
        return alert.toString();
    }
}
