package io.vitaltwin.testbench.verify;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One partition of the input topics from its beginning to where it ended when it was opened, in the order in which the twin sees it: by append time,
 * records of one topic in the order of their offsets. Only what is committed is read.
 */
final class Log implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);

    private final List<Lane> lanes;

    /** One topic of the partition. */
    private static final class Lane {

        private final Consumer<String, byte[]> consumer;
        private final TopicPartition partition;
        private final long begin;
        private final long end;
        private final Deque<LogRecord> read = new ArrayDeque<>();

        Lane(Consumer<String, byte[]> consumer, TopicPartition partition) {
            this.consumer = consumer;
            this.partition = partition;
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            this.begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
            this.end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        }

        /** The next record of the topic, left where it is; empty at the end. */
        Optional<LogRecord> peek() {
            while (read.isEmpty() && consumer.position(partition) < end) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < end) {
                        read.add(LogRecord.of(record));
                    }
                }
            }
            return Optional.ofNullable(read.peek());
        }
    }

    /** @param consumers a new consumer for each topic; closed with this log */
    Log(Supplier<Consumer<String, byte[]>> consumers, List<String> topics, int partition) {
        lanes = topics.stream().map(topic -> new Lane(consumers.get(), new TopicPartition(topic, partition))).toList();
    }

    /** The next record; empty at the end. */
    Optional<LogRecord> next() {
        Optional<Lane> first = lanes.stream().filter(lane -> lane.peek().isPresent())
                .min(Comparator.comparingLong(lane -> lane.peek().orElseThrow().appendMillis()));
        return first.map(lane -> lane.read.remove());
    }

    /** The first offset that is still there, by topic. */
    Map<String, Long> beginnings() {
        return lanes.stream().collect(java.util.stream.Collectors.toMap(lane -> lane.partition.topic(), lane -> lane.begin));
    }

    @Override
    public void close() {
        lanes.forEach(lane -> lane.consumer.close());
    }
}
