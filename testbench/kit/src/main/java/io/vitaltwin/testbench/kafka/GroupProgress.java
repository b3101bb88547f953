package io.vitaltwin.testbench.kafka;

import io.vitaltwin.standalone.erase.Application;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How far a consumer group has come, by its committed offsets; those of a transaction count when it is committed. The caller closes the admin client.
 */
public final class GroupProgress {

    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(20);
    private static final long ANSWER_WITHIN_SECONDS = 20;

    private final Admin admin;
    private final String group;

    public GroupProgress(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /** Where each partition ends now, records of open transactions included. */
    public static Map<TopicPartition, Long> ends(Admin admin, Collection<TopicPartition> partitions) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : answer(admin.listOffsets(latest).all()).entrySet()) {
            ends.put(end.getKey(), end.getValue().offset());
        }
        return ends;
    }

    /** Records that the group has not yet committed, counted up to {@code ends}. */
    public long behind(Map<TopicPartition, Long> ends) throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        long behind = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            OffsetAndMetadata done = committed.get(end.getKey());
            behind += Math.max(0, end.getValue() - (done == null ? 0 : done.offset()));
        }
        return behind;
    }

    /**
     * Waits until the group has committed everything up to {@code ends}.
     *
     * @param stillAlive is asked again and again and throws when the group cannot come further
     * @throws IllegalStateException if it takes longer than {@code limit}
     */
    public void awaitCommitted(Map<TopicPartition, Long> ends, Duration limit, Runnable stillAlive) throws InterruptedException {
        awaitTaken(ends, () -> false, limit, stillAlive);
    }

    /**
     * Waits until the group has committed everything up to {@code ends} that can be read: nothing is ever committed for the given up transactions
     * and removed records that a topic may end with.
     *
     * @param committedReader of committed records; assigned and moved as needed
     */
    public void awaitTaken(Map<TopicPartition, Long> ends, Consumer<?, ?> committedReader, Duration limit, Runnable stillAlive) throws InterruptedException {
        var application = new Application(admin, group);
        awaitTaken(ends, () -> application.hasTaken(ends, committedReader), limit, stillAlive);
    }

    private void awaitTaken(Map<TopicPartition, Long> ends, BooleanSupplier nothingLeft, Duration limit, Runnable stillAlive) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (long behind = behind(ends); behind > 0 && !nothingLeft.getAsBoolean(); behind = behind(ends)) {
            stillAlive.run();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(group + " is " + behind + " records behind after " + limit.toSeconds() + " s");
            }
            LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private static <T> T answer(org.apache.kafka.common.KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the broker does not tell how far the consumers are", e);
        }
    }
}
