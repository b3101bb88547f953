package io.vitaltwin.alerts;

import io.vitaltwin.alerts.adapter.BoundedRocksDb;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.privacy.PrivacySettings;
import io.vitaltwin.schemas.streams.SealedClients;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * Settings of one workflow application.
 *
 * @param applicationId Kafka Streams application id; names the consumer group, the changelogs and the state folder
 * @param bootstrapServers {@code host:port} of one or more brokers
 * @param stateDir where the state is kept; it can be rebuilt from the cluster
 * @param threads stream threads, at least 1
 * @param catchUp false: every step is told at its own time, however long ago, such as in a replay; true: what nobody could tell in time collapses
 * into the newest step
 * @param kafka further Kafka settings, by their own names; a setting that the application owns is refused
 */
public record AlertsConfig(
        String applicationId, String bootstrapServers, Topics topics, Path stateDir, int threads, boolean catchUp, Map<String, String> kafka) {

    public static final String DEFAULT_APPLICATION_ID = "vitaltwin-alerts";

    /** Settings that the application's promises rest on. */
    private static final Set<String> OWNED = Set.of(StreamsConfig.APPLICATION_ID_CONFIG, StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
            StreamsConfig.STATE_DIR_CONFIG, StreamsConfig.NUM_STREAM_THREADS_CONFIG, StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG);
    /** How long escalations may stand still after an application was killed, before another takes its place. Project default, no source. */
    private static final int SESSION_TIMEOUT_MILLIS = 10_000;

    public AlertsConfig {
        for (String name : kafka.keySet()) {
            if (OWNED.contains(name)) {
                throw new IllegalArgumentException("the setting " + name + " belongs to the workflow itself: leave it out");
            }
        }
        kafka = Map.copyOf(kafka);
        if (threads < 1) {
            throw new IllegalArgumentException("alerts.threads must be at least 1, found " + threads);
        }
    }

    /** One thread. */
    public static AlertsConfig of(String bootstrapServers, Topics topics, Path stateDir) {
        return new AlertsConfig(DEFAULT_APPLICATION_ID, bootstrapServers, topics, stateDir, 1, true, Map.of());
    }

    public AlertsConfig withApplicationId(String id) {
        return new AlertsConfig(id, bootstrapServers, topics, stateDir, threads, catchUp, kafka);
    }

    public AlertsConfig withThreads(int count) {
        return new AlertsConfig(applicationId, bootstrapServers, topics, stateDir, count, catchUp, kafka);
    }

    /** Every step is told at its own time, however long ago. */
    public AlertsConfig withoutCatchUp() {
        return new AlertsConfig(applicationId, bootstrapServers, topics, stateDir, threads, false, kafka);
    }

    /** The same with further Kafka settings. */
    public AlertsConfig withKafka(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(kafka);
        all.putAll(more);
        return new AlertsConfig(applicationId, bootstrapServers, topics, stateDir, threads, catchUp, all);
    }

    /** The same with every record and every changelog sealed under the keys of this vault. */
    public AlertsConfig withPrivacy(PrivacySettings privacy) {
        return withKafka(SealedClients.settings(privacy));
    }

    /** What Kafka Streams is started with. */
    public Properties streamsProperties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_TIMEOUT_MILLIS);
        properties.putAll(kafka);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        return properties;
    }
}
