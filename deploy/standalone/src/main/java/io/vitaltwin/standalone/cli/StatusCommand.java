package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.Topic;
import io.vitaltwin.standalone.KafkaCalls;
import io.vitaltwin.twin.TwinConfig;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

/** What is on the cluster and how far the twin is. */
@Command(name = "status", mixinStandardHelpOptions = true,
        description = "Topics, their ends and how far the twin is behind. Exit 1 when a topic is missing.")
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--application-id", paramLabel = "ID", defaultValue = TwinConfig.DEFAULT_APPLICATION_ID,
            description = "Whose lag to show. Default: ${DEFAULT-VALUE}.")
    private String applicationId = TwinConfig.DEFAULT_APPLICATION_ID;

    /**
     * One topic as it stands.
     *
     * @param records offsets from the first kept to the last stable one: an upper bound of the committed records; empty when missing
     * @param lag offsets that the twin has not committed yet; empty when it does not read the topic
     */
    private record Line(String topic, int partitions, OptionalLong records, OptionalLong lag) {
    }

    @Override
    public Integer call() {
        try (Admin admin = cluster.admin()) {
            Optional<String> group = groupState(admin);
            Map<TopicPartition, Long> committed = group.isPresent() ? committed(admin) : Map.of();
            List<Line> lines = new ArrayList<>();
            for (Topic<?> topic : cluster.topics().all()) {
                lines.add(line(admin, topic, committed));
            }
            print(lines, group);
            return lines.stream().allMatch(line -> line.records.isPresent()) ? ExitCodes.DONE : ExitCodes.FAILED;
        }
    }

    private Line line(Admin admin, Topic<?> topic, Map<TopicPartition, Long> committed) {
        TopicDescription description;
        try {
            description = KafkaCalls.await(admin.describeTopics(List.of(topic.name())).topicNameValues().get(topic.name()));
        } catch (UnknownTopicOrPartitionException e) {
            return new Line(topic.name(), 0, OptionalLong.empty(), OptionalLong.empty());
        }
        List<TopicPartition> partitions = description.partitions().stream().map(info -> new TopicPartition(topic.name(), info.partition())).toList();
        Map<TopicPartition, ListOffsetsResultInfo> first = offsets(admin, partitions, OffsetSpec.earliest());
        Map<TopicPartition, ListOffsetsResultInfo> last = offsets(admin, partitions, OffsetSpec.latest());
        long records = 0;
        long lag = 0;
        for (TopicPartition partition : partitions) {
            long start = first.get(partition).offset();
            long end = last.get(partition).offset();
            records += end - start;
            lag += Math.max(0, end - Math.max(start, committed.getOrDefault(partition, 0L)));
        }
        boolean read = topic.name().equals(cluster.topics().deviceSightings().name())
                || cluster.topics().topologyInputs().stream().anyMatch(input -> input.name().equals(topic.name()));
        return new Line(topic.name(), partitions.size(), OptionalLong.of(records), read ? OptionalLong.of(lag) : OptionalLong.empty());
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> offsets(Admin admin, List<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> question = new HashMap<>();
        partitions.forEach(partition -> question.put(partition, which));
        return KafkaCalls.await(admin.listOffsets(question,
                new org.apache.kafka.clients.admin.ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all());
    }

    /** Empty when there is no such group: the twin has never run here. */
    private Optional<String> groupState(Admin admin) {
        return KafkaCalls.await(admin.listGroups().all()).stream().filter(group -> group.groupId().equals(applicationId)).findFirst()
                .flatMap(GroupListing::groupState).map(Objects::toString);
    }

    private Map<TopicPartition, Long> committed(Admin admin) {
        try {
            Map<TopicPartition, OffsetAndMetadata> found =
                    KafkaCalls.await(admin.listConsumerGroupOffsets(applicationId).partitionsToOffsetAndMetadata());
            Map<TopicPartition, Long> committed = new HashMap<>();
            found.forEach((partition, offset) -> {
                if (offset != null) {
                    committed.put(partition, offset.offset());
                }
            });
            return committed;
        } catch (GroupIdNotFoundException e) {
            return Map.of();
        } catch (KafkaException e) {
            throw CliException.failed("the offsets of group " + applicationId + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void print(List<Line> lines, Optional<String> group) {
        if (cluster.json()) {
            lines.forEach(line -> cluster.printJson(json(line)));
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("group", applicationId);
            json.put("state", group.orElse(null));
            cluster.printJson(json);
            return;
        }
        cluster.out().printf("%-32s %10s %12s %10s%n", "TOPIC", "PARTITIONS", "RECORDS", "LAG");
        for (Line line : lines) {
            cluster.out().printf("%-32s %10s %12s %10s%n", line.topic, line.records.isPresent() ? line.partitions : "missing",
                    line.records.isPresent() ? line.records.getAsLong() : "-", line.lag.isPresent() ? line.lag.getAsLong() : "-");
        }
        cluster.out().println("group " + applicationId + ": " + group.orElse("none, the twin has not run here yet"));
        if (lines.stream().anyMatch(line -> line.records.isEmpty())) {
            cluster.err().println("vitaltwin: topics are missing; './vitaltwin topics apply' makes them");
        }
    }

    private static Map<String, Object> json(Line line) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("topic", line.topic);
        json.put("partitions", line.partitions);
        json.put("records", line.records.isPresent() ? line.records.getAsLong() : null);
        json.put("lag", line.lag.isPresent() ? line.lag.getAsLong() : null);
        return json;
    }
}
