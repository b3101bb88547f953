package io.vitaltwin.testbench.proof;

import io.vitaltwin.testbench.kafka.Clients;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands in topics, as a reader of committed records finds it. */
final class WrittenLog {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();

    private WrittenLog() {
    }

    /** @throws IllegalStateException if the ends are not reached in time */
    static WrittenLog read(String bootstrapServers, List<String> topics, int partitions) {
        WrittenLog log = new WrittenLog();
        List<TopicPartition> all = new ArrayList<>();
        for (String topic : topics) {
            for (int partition = 0; partition < partitions; partition++) {
                all.add(new TopicPartition(topic, partition));
            }
        }
        all.forEach(one -> log.records.put(one, new ArrayList<>()));
        try (Consumer<byte[], byte[]> consumer = Clients.reader(bootstrapServers)) {
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the topics cannot be read to their ends");
                }
                consumer.poll(POLL).forEach(record -> log.of(record.topic(), record.partition()).add(record));
            }
        }
        return log;
    }

    /** In the order of their offsets. */
    List<ConsumerRecord<byte[], byte[]>> of(String topic, int partition) {
        return records.computeIfAbsent(new TopicPartition(topic, partition), none -> new ArrayList<>());
    }

    /** One partition of all topics in the order in which Kafka Streams takes them: of the next record of each topic, the one with the earliest time. */
    List<ConsumerRecord<byte[], byte[]>> merged(int partition) {
        List<Deque<ConsumerRecord<byte[], byte[]>>> lanes = records.entrySet().stream().filter(lane -> lane.getKey().partition() == partition)
                .<Deque<ConsumerRecord<byte[], byte[]>>>map(lane -> new ArrayDeque<>(lane.getValue())).toList();
        List<ConsumerRecord<byte[], byte[]>> merged = new ArrayList<>();
        for (Optional<Deque<ConsumerRecord<byte[], byte[]>>> next = first(lanes); next.isPresent(); next = first(lanes)) {
            merged.add(next.get().removeFirst());
        }
        return merged;
    }

    private static Optional<Deque<ConsumerRecord<byte[], byte[]>>> first(List<Deque<ConsumerRecord<byte[], byte[]>>> lanes) {
        return lanes.stream().filter(lane -> !lane.isEmpty()).min(Comparator.comparingLong(lane -> lane.getFirst().timestamp()));
    }
}
