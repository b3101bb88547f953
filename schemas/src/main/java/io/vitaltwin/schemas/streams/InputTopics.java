package io.vitaltwin.schemas.streams;

import io.vitaltwin.schemas.Topic;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/** Checks, before anything starts, that what a topology reads is there and co-partitioned: a patient must be in one partition of all. */
public final class InputTopics {

    private InputTopics() {
    }

    /** @throws IllegalStateException if a topic is missing, partitions differ or the cluster does not answer; the message says what to do */
    public static void checkCoPartitioned(Admin admin, List<? extends Topic<?>> topics, String bootstrapServers) {
        List<String> names = topics.stream().map(Topic::name).toList();
        Map<String, Integer> partitions = new TreeMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> one : admin.describeTopics(names).topicNameValues().entrySet()) {
            partitions.put(one.getKey(), partitions(one.getKey(), one.getValue(), bootstrapServers));
        }
        if (partitions.values().stream().distinct().count() > 1) {
            throw new IllegalStateException("input topics have different numbers of partitions " + partitions
                    + ": create them alike with 'vitaltwin topics apply'");
        }
    }

    /** @throws IllegalStateException if the topic is missing or the cluster does not answer; the message says what to do */
    public static void checkThere(Admin admin, Topic<?> topic, String bootstrapServers) {
        partitions(topic.name(), admin.describeTopics(List.of(topic.name())).topicNameValues().get(topic.name()), bootstrapServers);
    }

    private static int partitions(String topic, KafkaFuture<TopicDescription> description, String bootstrapServers) {
        try {
            return Answers.await(description, bootstrapServers).partitions().size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new IllegalStateException("topic " + topic + " is missing: create it with 'vitaltwin topics apply'", e);
            }
            throw new IllegalStateException("topic " + topic + " cannot be described by " + bootstrapServers + ": " + e.getCause().getMessage(), e);
        }
    }
}
