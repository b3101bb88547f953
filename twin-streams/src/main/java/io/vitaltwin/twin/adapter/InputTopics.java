package io.vitaltwin.twin.adapter;

import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Checks, before anything starts, that what the topology reads is there and co-partitioned: a patient must be in one partition of all. */
public final class InputTopics {

    private static final long TIMEOUT_SECONDS = 15;

    private InputTopics() {
    }

    /** @throws IllegalStateException if a topic is missing, partitions differ or the cluster does not answer; the message says what to do */
    public static void check(Admin admin, Topics topics, String bootstrapServers) {
        List<String> names = topics.topologyInputs().stream().map(Topic::name).toList();
        String sightings = topics.deviceSightings().name();
        partitions(sightings, admin.describeTopics(List.of(sightings)).topicNameValues().get(sightings), bootstrapServers);
        Map<String, Integer> partitions = new TreeMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> one : admin.describeTopics(names).topicNameValues().entrySet()) {
            partitions.put(one.getKey(), partitions(one.getKey(), one.getValue(), bootstrapServers));
        }
        if (partitions.values().stream().distinct().count() > 1) {
            throw new IllegalStateException("input topics have different numbers of partitions " + partitions
                    + ": create them alike with 'vitaltwin topics apply'");
        }
    }

    private static int partitions(String topic, KafkaFuture<TopicDescription> description, String bootstrapServers) {
        try {
            return description.get(TIMEOUT_SECONDS, TimeUnit.SECONDS).partitions().size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new IllegalStateException("topic " + topic + " is missing: create it with 'vitaltwin topics apply'", e);
            }
            throw new IllegalStateException("topic " + topic + " cannot be described by " + bootstrapServers + ": "
                    + e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("no answer from " + bootstrapServers + ": check --bootstrap-server", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }
}
