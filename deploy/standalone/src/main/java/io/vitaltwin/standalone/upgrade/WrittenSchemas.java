package io.vitaltwin.standalone.upgrade;

import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.standalone.upgrade.Finding.Level;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Looks with which schemas the newest records of a topic were written. */
final class WrittenSchemas {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** So many of each partition: enough to see what writes now. Project default, no source. */
    private static final long NEWEST = 100;
    private static final int HEADER = 1 + Integer.BYTES;

    private final Consumer<byte[], byte[]> consumer;
    private final SchemaIds ids;

    WrittenSchemas(Consumer<byte[], byte[]> consumer, SchemaIds ids) {
        this.consumer = consumer;
        this.ids = ids;
    }

    /** @return a finding where somebody writes what this version does not know; empty where it knows all or there is nothing */
    Optional<Finding> look(String topic) {
        Set<Integer> unknown = new TreeSet<>();
        for (int id : idsIn(topic)) {
            try {
                ids.schemaOf(id);
            } catch (SchemaProblem e) {
                if (e.kind() != SchemaProblem.Kind.UNKNOWN_ID) {
                    throw e;
                }
                unknown.add(id);
            }
        }
        return unknown.isEmpty() ? Optional.empty() : Optional.of(new Finding(Level.BREAKS, topic, "its newest records have schema ids " + unknown
                + ", which this version does not know: a newer version, or one with a registry, writes there. Give --registry, or upgrade to that version"));
    }

    private Set<Integer> idsIn(String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream().map(info -> new TopicPartition(topic, info.partition())).toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        ends.forEach((partition, end) -> consumer.seek(partition, Math.max(begins.get(partition), end - NEWEST)));
        Set<Integer> found = new TreeSet<>();
        long lastRecord = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() - lastRecord > PATIENCE.toNanos()) {
                throw new IllegalStateException(topic + " cannot be read to its end: nothing came for " + PATIENCE.toSeconds() + " s");
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                lastRecord = System.nanoTime();
                if (record.value() != null && record.value().length >= HEADER && record.value()[0] == 0) {
                    found.add(ByteBuffer.wrap(record.value()).getInt(1));
                }
            }
        }
        return found;
    }
}
