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

/** How far the twin has read. */
public final class TwinProgress {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Admin admin;
    private final String applicationId;

    public TwinProgress(Admin admin, String applicationId) {
        this.admin = admin;
        this.applicationId = applicationId;
    }

    /**
     * Whether the twin has taken, for good, every record before these offsets. What follows its last record may be marks of transactions, for
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
            return KafkaCalls.await(admin.listConsumerGroupOffsets(applicationId).partitionsToOffsetAndMetadata());
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
