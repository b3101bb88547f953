package io.vitaltwin.twin.query;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a log in memory, again and again: Kafka's own mock forgets what it gave out. */
final class LogConsumer extends MockConsumer<String, byte[]> {

    /** Topics of one partition. */
    static final class Log {

        final Map<String, List<ConsumerRecord<String, byte[]>>> topics = new HashMap<>();
        long delivered;
        boolean broken;

        void add(String topic, String key, byte @Nullable [] value, long appendMillis) {
            List<ConsumerRecord<String, byte[]>> records = topics.computeIfAbsent(topic, name -> new ArrayList<>());
            records.add(new ConsumerRecord<>(topic, 0, records.size(), appendMillis, TimestampType.LOG_APPEND_TIME, 0, 0, key, value, new RecordHeaders(), Optional.empty()));
        }

        List<ConsumerRecord<String, byte[]>> of(TopicPartition partition) {
            return topics.getOrDefault(partition.topic(), List.of());
        }
    }

    private final Log log;

    LogConsumer(Log log) {
        super("earliest");
        this.log = log;
    }

    @Override
    public synchronized List<PartitionInfo> partitionsFor(String topic) {
        return List.of(new PartitionInfo(topic, 0, Node.noNode(), new Node[0], new Node[0]));
    }

    @Override
    public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
        if (log.broken) {
            throw new KafkaException("no broker");
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        partitions.forEach(partition -> ends.put(partition, (long) log.of(partition).size()));
        return ends;
    }

    @Override
    public synchronized void seekToEnd(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> seek(partition, log.of(partition).size()));
    }

    @Override
    public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
        Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
        times.forEach((partition, time) -> log.of(partition).stream().filter(record -> record.timestamp() >= time).findFirst()
                .ifPresentOrElse(record -> found.put(partition, new OffsetAndTimestamp(record.offset(), record.timestamp())), () -> found.put(partition, null)));
        return found;
    }

    @Override
    public synchronized ConsumerRecords<String, byte[]> poll(Duration timeout) {
        Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> records = new HashMap<>();
        for (TopicPartition partition : assignment()) {
            List<ConsumerRecord<String, byte[]>> left = log.of(partition).subList((int) position(partition), log.of(partition).size());
            List<ConsumerRecord<String, byte[]>> some = List.copyOf(left.subList(0, Math.min(3, left.size())));
            if (!some.isEmpty()) {
                records.put(partition, some);
                log.delivered += some.size();
                seek(partition, some.getLast().offset() + 1);
            }
        }
        return new ConsumerRecords<>(records, Map.of());
    }
}
