package io.vitaltwin.alerts.adapter;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads one topic, always up to the end that it has at the moment of asking. Not safe for several threads. */
final class LogFollower implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String topic;
    private final Consumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;

    private LogFollower(Consumer<String, byte[]> consumer, String topic) {
        this.topic = topic;
        this.consumer = consumer;
        this.partitions = consumer.partitionsFor(topic).stream().map(found -> new TopicPartition(topic, found.partition())).toList();
        consumer.assign(partitions);
    }

    /** From the first record that is kept. @param consumer of committed records; closed here */
    static LogFollower fromBeginning(Consumer<String, byte[]> consumer, String topic) {
        LogFollower follower = new LogFollower(consumer, topic);
        consumer.seekToBeginning(follower.partitions);
        return follower;
    }

    /** From the first record of this time or later. @param consumer of committed records; closed here */
    static LogFollower from(Consumer<String, byte[]> consumer, String topic, Instant time) {
        LogFollower follower = new LogFollower(consumer, topic);
        Map<TopicPartition, Long> times = new HashMap<>();
        follower.partitions.forEach(partition -> times.put(partition, time.toEpochMilli()));
        // The ends first: what is written between the two questions is read. Seeking to the end would ask when it is first needed.
        Map<TopicPartition, Long> ends = consumer.endOffsets(follower.partitions);
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        for (TopicPartition partition : follower.partitions) {
            OffsetAndTimestamp first = found.get(partition);
            consumer.seek(partition, first == null ? ends.get(partition) : first.offset());
        }
        return follower;
    }

    /**
     * Gives all that was committed before the call and not given yet, each partition in its order.
     *
     * @throws TimeoutException if the log cannot be read to its end in time
     */
    void catchUp(java.util.function.Consumer<ConsumerRecord<String, byte[]>> taker) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException(topic + " could not be read to its end within " + LIMIT.toSeconds() + " s");
            }
            consumer.poll(POLL).forEach(taker);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
