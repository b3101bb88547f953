package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.Topic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Reads committed records of one topic without a consumer group: it leaves no trace on the cluster and disturbs nobody. Values stay
 * bytes, so that one bad record does not end the reading. Sealed values are opened, and keys are patients as people know them.
 */
final class TopicReader implements AutoCloseable {

    private final Consumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;

    /** @throws CliException if the broker does not answer or the topic does not exist */
    TopicReader(ClusterOptions cluster, Topic<?> topic) {
        cluster.requireBroker();
        this.consumer = cluster.privacy().consumer(cluster.readerProperties());
        List<PartitionInfo> found = consumer.partitionsFor(topic.name());
        if (found == null || found.isEmpty()) {
            consumer.close();
            throw CliException.failed("topic " + topic.name() + " does not exist at " + cluster.bootstrapServer()
                    + "; './vitaltwin topics apply' makes it, --prefix chooses another");
        }
        this.partitions = found.stream().map(info -> new TopicPartition(info.topic(), info.partition())).sorted(
                java.util.Comparator.comparingInt(TopicPartition::partition)).toList();
    }

    void fromBeginning() {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    void fromEnd() {
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Ask now: whatever is written after this call is read.
        partitions.forEach(consumer::position);
    }

    /** Reads only the partition in which Kafka's own partitioner puts this key. */
    void fromBeginningOf(String key) {
        int partition = Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions.size();
        TopicPartition only = partitions.get(partition);
        consumer.assign(List.of(only));
        consumer.seekToBeginning(List.of(only));
    }

    /** Whether everything that was committed at the time of {@link #endOffsets} has been read. */
    boolean hasReached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** The end of what is committed now, of the partitions that are read. */
    Map<TopicPartition, Long> endOffsets() {
        return consumer.endOffsets(consumer.assignment());
    }

    Iterable<ConsumerRecord<String, byte[]>> poll(Duration atMost) {
        return consumer.poll(atMost);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
