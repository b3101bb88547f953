package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.RegistrySchemaIds;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.privacy.Privacy;
import io.vitaltwin.schemas.privacy.PrivacySettings;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Mixin of every command that talks to a cluster: where it is, how to log in, which topics. */
public class ClusterOptions extends OutputOptions {

    /** How long a command waits for the first answer of a broker. */
    static final Duration FIRST_ANSWER = Duration.ofSeconds(4);

    @Option(names = "--bootstrap-server", paramLabel = "HOST:PORT", defaultValue = "${env:VITALTWIN_BOOTSTRAP_SERVER:-127.0.0.1:9092}",
            description = "One or more brokers, with commas between. Default: ${DEFAULT-VALUE}.")
    private String bootstrapServer = "127.0.0.1:9092";

    @Option(names = "--command-config", paramLabel = "FILE", defaultValue = "${env:VITALTWIN_COMMAND_CONFIG}",
            description = "Kafka client properties, such as those for TLS and SASL.")
    private @Nullable Path commandConfig;

    @Option(names = "--prefix", paramLabel = "PREFIX", defaultValue = "${env:VITALTWIN_PREFIX:-" + Topics.DEFAULT_PREFIX + "}",
            description = "What the names of all topics begin with. Default: ${DEFAULT-VALUE}")
    private String prefix = Topics.DEFAULT_PREFIX;

    @Option(names = "--registry", paramLabel = "URL", defaultValue = "${env:VITALTWIN_REGISTRY}",
            description = "Schema registry with the Confluent REST API. Default: the schemas that come with the program.")
    private @Nullable URI registry;

    @Mixin
    private PrivacyOptions privacy = new PrivacyOptions();

    private @Nullable SchemaIds schemaIds;

    /** As if they had been given on a command line: for parts of the program that have none. */
    public static ClusterOptions at(String bootstrapServer, String prefix, Optional<PrivacySettings> keys) {
        ClusterOptions options = new ClusterOptions();
        options.bootstrapServer = bootstrapServer;
        options.prefix = prefix;
        options.privacy = PrivacyOptions.of(keys);
        return options;
    }

    public final String bootstrapServer() {
        return bootstrapServer;
    }

    /** The catalogue under the chosen prefix, with the default number of partitions. */
    public final Topics topics() {
        return new Topics(prefix, Topics.DEFAULT_PARTITIONS);
    }

    /** The schemas that values are written and read with: those of {@code --registry}, or else those that come with the program. */
    public final SchemaIds schemaIds() {
        if (schemaIds == null) {
            schemaIds = registry == null ? new BundledSchemaIds() : new RegistrySchemaIds(registry);
        }
        return schemaIds;
    }

    /** How records are sealed and patients named on topics. @throws CliException if the options or the vault cannot be used */
    public final Privacy privacy() {
        return privacy.privacy();
    }

    /** Where the keys are; empty while encryption is off. @throws CliException if the options cannot be used */
    public final Optional<PrivacySettings> privacySettings() {
        return privacy.settings();
    }

    /** The registry that was named; empty: none. */
    public final Optional<URI> registry() {
        return Optional.ofNullable(registry);
    }

    /**
     * What every Kafka client is made with: the file of {@code --command-config} and the address. New and free to change at each call.
     *
     * @throws CliException if the file cannot be read
     */
    public final Map<String, Object> clientProperties() {
        Map<String, Object> properties = new HashMap<>(commandConfig == null ? Map.of() : read(commandConfig));
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServer);
        return properties;
    }

    /** Settings of a producer: what is written is there when it says so, and a broker that does not answer is told of within half a minute. */
    public final Map<String, Object> writerProperties() {
        Map<String, Object> properties = clientProperties();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000L);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        return properties;
    }

    /** What a consumer is made with that reads committed records from wherever it is told, leaves no trace on the cluster and disturbs nobody. */
    public final Map<String, Object> readerProperties() {
        Map<String, Object> properties = clientProperties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return properties;
    }

    /**
     * Makes sure that a broker answers, so that a wrong address is said at once and not after the minutes that Kafka's clients try.
     *
     * @throws CliException naming the address
     */
    public final void requireBroker() {
        admin().close(Duration.ZERO);
    }

    /**
     * An admin client to a cluster that has just answered. The caller closes it.
     *
     * @throws CliException naming the address when nothing answers there within a few seconds
     */
    public final Admin admin() {
        Map<String, Object> properties = clientProperties();
        properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 20_000);
        properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        Admin admin = create(properties);
        try {
            admin.describeCluster().nodes().get(FIRST_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            return admin;
        } catch (TimeoutException e) {
            admin.close(Duration.ZERO);
            throw unreachable(e);
        } catch (ExecutionException e) {
            admin.close(Duration.ZERO);
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw unreachable(e);
            }
            throw CliException.failed("the broker at " + bootstrapServer + " refuses: " + e.getCause().getMessage()
                    + "; check --command-config", e);
        } catch (InterruptedException e) {
            admin.close(Duration.ZERO);
            Thread.currentThread().interrupt();
            throw CliException.failed("interrupted while waiting for the broker at " + bootstrapServer, e);
        }
    }

    private Admin create(Map<String, Object> properties) {
        try {
            return Admin.create(properties);
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw CliException.wrongCall("no client for " + bootstrapServer + ": " + cause.getMessage()
                    + "; check --bootstrap-server and --command-config", e);
        }
    }

    private CliException unreachable(Exception cause) {
        return CliException.failed("no broker answers at " + bootstrapServer
                + "; start one (./vitaltwin demo prints its address) or give --bootstrap-server HOST:PORT", cause);
    }

    private static Map<String, Object> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw CliException.wrongCall("cannot read --command-config " + file + "; give a file of Kafka client properties", e);
        }
        Map<String, Object> result = new HashMap<>();
        properties.forEach((key, value) -> result.put((String) key, value));
        return result;
    }
}
