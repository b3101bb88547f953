package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.BrokerSettings;
import io.vitaltwin.standalone.EmbeddedBroker;
import io.vitaltwin.standalone.TopicAdmin;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/** The command line against a real broker, in a folder of its own until it is closed, and what a test needs to see both sides of it. */
final class CliBench implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path folder;
    private final EmbeddedBroker broker;

    CliBench() {
        try {
            folder = Files.createTempDirectory("cli-bench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        broker = EmbeddedBroker.start(BrokerSettings.in(folder.resolve("broker")));
    }

    /** A path in the bench's folder. */
    Path path(String name) {
        return folder.resolve(name);
    }

    /** Writes a file into the bench's folder. */
    Path file(String name, String text) throws IOException {
        return Files.writeString(path(name), text);
    }

    /** Runs a command against the broker. */
    Outcome run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--bootstrap-server", broker.bootstrapServers()));
        return Outcome.of(all);
    }

    /** Runs a command that must succeed. */
    Outcome done(String... args) {
        Outcome outcome = run(args);
        assertThat(outcome.exit()).as(outcome.err()).isZero();
        return outcome;
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** The options of a command with this prefix. */
    ClusterOptions cluster(String prefix) {
        return options("--bootstrap-server", broker.bootstrapServers(), "--prefix", prefix);
    }

    /** The options of a command that is called so. */
    static ClusterOptions options(String... args) {
        var options = new ClusterOptions();
        new CommandLine(new Holder(options)).parseArgs(args);
        return options;
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    /** Creates the topics. */
    CliBench with(Topics topics) {
        try (Admin admin = admin()) {
            new TopicAdmin(admin, topics, TopicAdmin.Clock.BROKER).apply();
        }
        return this;
    }

    /** Returns when the record is there. */
    <T extends SpecificRecord> void write(Topic<T> topic, String key, T value) throws Exception {
        write(topic, key, value, Instant.now());
    }

    /** Returns when the record is there. @param append where the topic takes the writer's time */
    <T extends SpecificRecord> void write(Topic<T> topic, String key, T value, Instant append) throws Exception {
        try (AvroSerde<T> serde = new AvroSerde<>(topic, new BundledSchemaIds())) {
            writeBytes(topic.name(), key, serde.serialize(topic.name(), value), append);
        }
    }

    /** @param value null: a tombstone */
    void writeBytes(String topic, String key, byte @Nullable [] value, Instant append) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, null, append.toEpochMilli(), key, value)).get();
        }
    }

    /** Reads again and again until the first partition is as it must be; what cannot be decoded is passed over. */
    <T extends SpecificRecord> List<T> await(Topic<T> topic, Predicate<List<T>> wanted) {
        return Awaitility.await().atMost(LIMIT).until(() -> read(topic, true), wanted);
    }

    /** Everything in the first partition, oldest first. */
    <T extends SpecificRecord> List<T> read(Topic<T> topic) {
        return read(topic, false);
    }

    private <T extends SpecificRecord> List<T> read(Topic<T> topic, boolean passOver) {
        try (AvroSerde<T> serde = new AvroSerde<>(topic, new BundledSchemaIds());
                KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new StringDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition first = new TopicPartition(topic.name(), 0);
            consumer.assign(List.of(first));
            consumer.seekToBeginning(List.of(first));
            long end = consumer.endOffsets(List.of(first)).get(first);
            List<T> values = new ArrayList<>();
            while (consumer.position(first) < end) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    try {
                        values.add(serde.deserialize(topic.name(), record.value()));
                    } catch (SchemaProblem e) {
                        if (!passOver) {
                            throw e;
                        }
                    }
                }
            }
            return values;
        }
    }

    @Override
    public void close() {
        broker.close();
        try {
            Utils.delete(folder.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Command
    private static final class Holder {
        @Mixin
        private final ClusterOptions options;

        Holder(ClusterOptions options) {
            this.options = options;
        }
    }
}
