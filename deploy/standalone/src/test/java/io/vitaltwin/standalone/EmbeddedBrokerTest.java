package io.vitaltwin.standalone;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class EmbeddedBrokerTest {

    @TempDir
    Path folder;

    @Test
    void shouldKeepRecordsAndPortOverARestart() throws Exception {
        // Given
        int port;
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(folder))) {
            port = broker.port();
            write(broker.bootstrapServers(), "kept", "one", "two");
        }
        // When
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(folder))) {
            // Then
            assertThat(broker.port()).isEqualTo(port);
            assertThat(read(broker.bootstrapServers(), "kept", 2)).containsExactly("one", "two");
            assertThat(broker.failure()).isEmpty();
        }
    }

    @Test
    void shouldStopInLessThanFiveSecondsWithAClientStillConnected() throws Exception {
        // Given
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(folder));
        try (KafkaConsumer<String, String> consumer = consumer(broker.bootstrapServers())) {
            write(broker.bootstrapServers(), "busy", "one");
            consumer.assign(List.of(new TopicPartition("busy", 0)));
            consumer.poll(Duration.ofMillis(100));
            // When
            long start = System.nanoTime();
            broker.close();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            // Then
            assertThat(took).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void shouldDoNothingWhenClosedTwice() {
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(folder));
        broker.close();
        broker.close();
        assertThat(broker.failure()).isEmpty();
    }

    @Test
    void shouldNameThePortWhenItIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            BrokerSettings settings = BrokerSettings.in(folder).onPort(taken.getLocalPort());
            assertThatThrownBy(() -> EmbeddedBroker.start(settings))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void shouldChooseAnotherPortWhenTheFoldersFormerOneIsTaken() throws IOException {
        // Given
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            new BrokerPorts(taken.getLocalPort(), 0).keepIn(Files.createDirectories(folder));
            // When
            try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(folder))) {
                // Then
                assertThat(broker.port()).isNotEqualTo(taken.getLocalPort()).isPositive();
            }
        }
    }

    @Test
    void shouldRefuseAFolderThatAnotherBrokerUses() {
        try (EmbeddedBroker first = EmbeddedBroker.start(BrokerSettings.in(folder))) {
            assertThatThrownBy(() -> EmbeddedBroker.start(BrokerSettings.in(folder)))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("in use by another broker");
            assertThat(first.failure()).as("the first broker serves on").isEmpty();
        }
    }

    @Test
    void shouldRefuseAFolderThatIsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        assertThatThrownBy(() -> EmbeddedBroker.start(BrokerSettings.in(file)))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("choose a folder");
    }

    @Test
    void shouldReportAFaultInsteadOfEndingTheJvm() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(folder))) {
            // When Kafka asks for its own end
            assertThatThrownBy(() -> Exit.halt(1, "disk gone")).isInstanceOf(BrokerException.class);
            // Then
            assertThat(broker.failure()).hasValueSatisfying(e -> assertThat(e).hasMessageContaining("halt 1: disk gone"));
        }
    }

    @Test
    void shouldReportWhenTheDataFolderDisappears() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(folder))) {
            write(broker.bootstrapServers(), "gone", "one");
            // When
            try (var files = Files.walk(folder.resolve("kafka"))) {
                for (Path path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
            // Then: making a topic needs the disk
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                admin.createTopics(List.of(new NewTopic("new", 1, (short) 1)));
                await().atMost(Duration.ofSeconds(20)).until(() -> broker.failure().isPresent());
            }
        }
    }

    @Test
    void shouldRefuseSettingsThatItOwns() {
        assertThatThrownBy(() -> BrokerSettings.in(folder).with("listeners", "PLAINTEXT://0.0.0.0:9092"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("listeners");
        assertThatThrownBy(() -> BrokerSettings.in(folder).onPort(65_536))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("65536");
    }

    static void write(String bootstrapServers, String topic, String... values) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty()))).all().get();
        }
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers),
                new StringSerializer(), new StringSerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, value)).get();
            }
        }
    }

    static List<String> read(String bootstrapServers, String topic, int count) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer(bootstrapServers)) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            consumer.seekToBeginning(consumer.assignment());
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
                return values.size() >= count;
            });
        }
        return values;
    }

    private static KafkaConsumer<String, String> consumer(String bootstrapServers) {
        return new KafkaConsumer<>(Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new StringDeserializer());
    }
}
