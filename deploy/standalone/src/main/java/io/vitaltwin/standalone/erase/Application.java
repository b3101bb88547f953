package io.vitaltwin.standalone.erase;

import io.vitaltwin.standalone.KafkaCalls;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A Kafka Streams application that keeps something of patients, and how far it has read. */
public final class Application {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Admin admin;
    private final String id;

    /** @param id of the application: names its consumer group, and its own topics begin with it and a hyphen */
    public Application(Admin admin, String id) {
        this.admin = admin;
        this.id = id;
    }

    String id() {
        return id;
    }

    /**
     * Whether it ever ran on this cluster, so that it may hold something: it has read, or topics of its own are there. One that only begins now reads
     * the order with everything else.
     */
    boolean wasEverThere() {
        return !committed().isEmpty() || KafkaCalls.await(admin.listTopics().names()).stream().anyMatch(this::owns);
    }

    /** Whether a topic is one that Kafka Streams made for this application. */
    boolean owns(String topic) {
        return topic.startsWith(id + "-");
    }

    /**
     * Whether it has taken, for good, every record before these offsets. What follows its last record may be marks of transactions, for
     * which nothing is committed: a consumer of committed records tells.
     */
    public boolean hasTaken(Map<TopicPartition, Long> ends, Consumer<?, ?> committedReader) {
        Map<TopicPartition, OffsetAndMetadata> committed = committed();
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata until = committed.get(end.getKey());
            long from = until == null ? 0 : until.offset();
            return from >= end.getValue() || !hasRecords(committedReader, end.getKey(), from, end.getValue());
        });
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() {
        try {
            return KafkaCalls.await(admin.listConsumerGroupOffsets(id).partitionsToOffsetAndMetadata());
        } catch (GroupIdNotFoundException e) {
            return Map.of(); // it never ran
        }
    }

    private static boolean hasRecords(Consumer<?, ?> reader, TopicPartition partition, long from, long end) {
        reader.assign(List.of(partition));
        long first = reader.beginningOffsets(List.of(partition)).get(partition);
        reader.seek(partition, Math.max(first, from));
        while (reader.position(partition) < end) {
            if (!reader.poll(POLL).isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
