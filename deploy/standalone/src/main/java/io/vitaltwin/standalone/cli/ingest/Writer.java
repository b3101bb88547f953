package io.vitaltwin.standalone.cli.ingest;

import io.vitaltwin.ingest.DeadLetters;
import io.vitaltwin.ingest.DeviceProducer;
import io.vitaltwin.ingest.DeviceStream;
import io.vitaltwin.ingest.ProducerSettings;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.standalone.cli.ClusterOptions;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** The producer of one command, to a cluster that has answered and has the topics. */
final class Writer implements AutoCloseable {

    /** A person waits in front of a command: give up sooner than Kafka's two minutes. Not used when the user sets any of these. */
    private static final Map<String, Integer> PATIENCE_MILLIS = Map.of(
            ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);

    private final ClusterOptions cluster;
    private final Producer<String, byte[]> producer;

    private Writer(ClusterOptions cluster, Producer<String, byte[]> producer) {
        this.cluster = cluster;
        this.producer = producer;
    }

    /** @throws CliException if no broker answers, a topic is missing or the client's settings cannot be used */
    static Writer open(ClusterOptions cluster) {
        try (Admin admin = cluster.admin()) {
            requireTopic(admin, cluster.topics().readings());
            requireTopic(admin, cluster.topics().deadLetters());
        }
        Map<String, Object> settings = cluster.clientProperties();
        if (Collections.disjoint(settings.keySet(), PATIENCE_MILLIS.keySet())) {
            settings.putAll(PATIENCE_MILLIS);
        }
        try {
            return new Writer(cluster, cluster.privacy().producer(ProducerSettings.complete(settings)));
        } catch (IllegalArgumentException | KafkaException e) {
            throw CliException.wrongCall("--command-config: " + e.getMessage(), e);
        }
    }

    DeviceProducer device(DeviceStream stream, long firstSequence) {
        return new DeviceProducer(producer, cluster.topics().readings(), cluster.schemaIds(), stream, firstSequence);
    }

    DeadLetters deadLetters() {
        return new DeadLetters(producer, cluster.topics().deadLetters());
    }

    /** Waits until the cluster has answered for everything sent. */
    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }

    private static void requireTopic(Admin admin, Topic<?> topic) {
        try {
            admin.describeTopics(List.of(topic.name())).allTopicNames().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw CliException.failed("there is no topic " + topic.name() + "; create it with ./vitaltwin topics apply", e);
            }
            throw CliException.failed("topic " + topic.name() + " cannot be used: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failed("interrupted while looking for topic " + topic.name(), e);
        }
    }
}
