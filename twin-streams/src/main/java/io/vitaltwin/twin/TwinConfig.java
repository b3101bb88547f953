package io.vitaltwin.twin;

import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.privacy.PrivacySettings;
import io.vitaltwin.schemas.streams.SealedClients;
import io.vitaltwin.twin.adapter.BoundedRocksDb;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * Settings of one twin application.
 *
 * @param applicationId Kafka Streams application id; names the consumer group, the changelogs and the state folder
 * @param bootstrapServers {@code host:port} of one or more brokers
 * @param stateDir where RocksDB keeps its files
 * @param threads stream threads, at least 1
 * @param tickInterval how often the application writes a tick to each partition; zero: never, another process does
 * @param ruleSet rule set file; empty: the one that comes with the program
 * @param snapshotInterval a patient's snapshot is published at most this often, in stream time
 * @param kafka further Kafka settings, by their own names; a setting that the application owns is refused
 */
public record TwinConfig(
        String applicationId,
        String bootstrapServers,
        Topics topics,
        Path stateDir,
        int threads,
        Duration tickInterval,
        Optional<Path> ruleSet,
        Duration snapshotInterval,
        Map<String, String> kafka) {

    public static final String DEFAULT_APPLICATION_ID = "vitaltwin-twin";

    /** Settings that the application's promises rest on. */
    private static final Set<String> OWNED = Set.of(StreamsConfig.APPLICATION_ID_CONFIG, StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
            StreamsConfig.STATE_DIR_CONFIG, StreamsConfig.NUM_STREAM_THREADS_CONFIG, StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG);
    /** How long alerts may stand still after a twin was killed, before another takes its place. Project default, no source. */
    private static final int SESSION_TIMEOUT_MILLIS = 10_000;
    /** Snapshots are some 500 bytes: Kafka's 16 kB would be full, and sent, after thirty. */
    private static final int PRODUCER_BATCH_BYTES = 128 << 10;
    private static final long RECORD_CACHE_BYTES = 64L << 20;

    public TwinConfig {
        for (String name : kafka.keySet()) {
            if (OWNED.contains(name)) {
                throw new IllegalArgumentException("the setting " + name + " belongs to the twin itself: leave it out");
            }
        }
        kafka = Map.copyOf(kafka);
        if (threads < 1) {
            throw new IllegalArgumentException("twin.threads must be at least 1, found " + threads);
        }
    }

    /** One thread, a tick a second, the bundled rule set. */
    public static TwinConfig of(String bootstrapServers, Topics topics, Path stateDir) {
        return new TwinConfig(DEFAULT_APPLICATION_ID, bootstrapServers, topics, stateDir, 1, Duration.ofSeconds(1),
                Optional.empty(), Duration.ofSeconds(1), Map.of());
    }

    /** The same with another tick interval; zero: another process writes the ticks. */
    public TwinConfig withTickInterval(Duration interval) {
        return new TwinConfig(applicationId, bootstrapServers, topics, stateDir, threads, interval, ruleSet, snapshotInterval, kafka);
    }

    public TwinConfig withApplicationId(String id) {
        return new TwinConfig(id, bootstrapServers, topics, stateDir, threads, tickInterval, ruleSet, snapshotInterval, kafka);
    }

    public TwinConfig withThreads(int count) {
        return new TwinConfig(applicationId, bootstrapServers, topics, stateDir, count, tickInterval, ruleSet, snapshotInterval, kafka);
    }

    public TwinConfig withRuleSet(Path file) {
        return new TwinConfig(applicationId, bootstrapServers, topics, stateDir, threads, tickInterval, Optional.of(file), snapshotInterval, kafka);
    }

    /** The same with further Kafka settings. */
    public TwinConfig withKafka(Map<String, String> more) {
        Map<String, String> all = new java.util.HashMap<>(kafka);
        all.putAll(more);
        return new TwinConfig(applicationId, bootstrapServers, topics, stateDir, threads, tickInterval, ruleSet, snapshotInterval, all);
    }

    /** The same with every record and every changelog sealed under the keys of this vault. */
    public TwinConfig withPrivacy(PrivacySettings privacy) {
        return withKafka(SealedClients.settings(privacy));
    }

    /** What Kafka Streams is started with. */
    public Properties streamsProperties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, RECORD_CACHE_BYTES);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), PRODUCER_BATCH_BYTES);
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
