package io.vitaltwin.alerts.adapter;

import io.vitaltwin.alerts.console.OpsView;
import io.vitaltwin.schemas.streams.Answers;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What only the cluster knows: how far groups and logs are. Looks at no record. Safe for several threads. */
public final class ClusterProbe implements AutoCloseable {

    private final Admin admin;
    private final String bootstrapServers;

    /** @param admin closed here */
    public ClusterProbe(Admin admin, String bootstrapServers) {
        this.admin = admin;
        this.bootstrapServers = bootstrapServers;
    }

    /** @throws KafkaException if the cluster does not say */
    public Map<TopicPartition, Long> newestTimes(List<TopicPartition> partitions) {
        Map<TopicPartition, Long> times = new HashMap<>();
        offsets(partitions, OffsetSpec.maxTimestamp()).forEach((partition, found) -> times.put(partition, found.timestamp()));
        return times;
    }

    /** Records between the first and the last of a topic. @throws KafkaException if the cluster does not say */
    public long size(String topic) {
        int partitions = ask(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic).partitions().size();
        List<TopicPartition> all = IntStream.range(0, partitions).mapToObj(number -> new TopicPartition(topic, number)).toList();
        Map<TopicPartition, ListOffsetsResultInfo> first = offsets(all, OffsetSpec.earliest());
        return offsets(all, OffsetSpec.latest()).entrySet().stream()
                .mapToLong(end -> end.getValue().offset() - first.get(end.getKey()).offset()).sum();
    }

    /** Records that each group has still to read, by topic. A group that nobody knows has none. @throws KafkaException if the cluster does not say */
    public List<OpsView.Lag> lag(List<String> groups) {
        List<OpsView.Lag> lags = new ArrayList<>();
        for (String group : groups) {
            Map<TopicPartition, OffsetAndMetadata> committed = ask(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
            Map<String, Long> byTopic = new TreeMap<>();
            offsets(List.copyOf(committed.keySet()), OffsetSpec.latest()).forEach((partition, end) -> {
                OffsetAndMetadata at = committed.get(partition);
                if (at != null) {
                    byTopic.merge(partition.topic(), Math.max(0, end.offset() - at.offset()), Long::sum);
                }
            });
            byTopic.forEach((topic, lag) -> lags.add(new OpsView.Lag(group, topic, lag)));
        }
        return lags;
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(List<TopicPartition> partitions, OffsetSpec spec) {
        return ask(admin.listOffsets(partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> spec))).all());
    }

    private <T> T ask(KafkaFuture<T> future) {
        try {
            return Answers.await(future, bootstrapServers);
        } catch (ExecutionException e) {
            throw new KafkaException("the cluster does not say how far it is", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
