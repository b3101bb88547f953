package io.vitaltwin.testbench.kafka;

import io.vitaltwin.schemas.privacy.Privacy;
import io.vitaltwin.schemas.privacy.SealedConsumer;
import io.vitaltwin.schemas.privacy.Sealing;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.util.Map;

/** Kafka clients of demo and benchmarks. The caller closes them. */
public final class Clients {

    private static final int BUFFER_BYTES = 8 << 20;

    private Clients() {
    }

    /** Reads what was committed, without a group. */
    public static Consumer<byte[], byte[]> reader(String bootstrapServers) {
        return reader(bootstrapServers, Privacy.off());
    }

    /** Reads what was committed, without a group, and opens what is sealed; keys stay as they are. */
    public static Consumer<byte[], byte[]> reader(String bootstrapServers, Privacy privacy) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return privacy.vault().<Consumer<byte[], byte[]>>map(
                vault -> SealedConsumer.ofBytes(settings, new Sealing(vault), SealedConsumer.Reading.TOPIC))
                .orElseGet(() -> new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    /** Writes in order, each record once. */
    public static Producer<String, byte[]> writer(String bootstrapServers) {
        return writer(bootstrapServers, Privacy.off());
    }

    /** Writes in order, each record once, sealed if encryption is on. */
    public static Producer<String, byte[]> writer(String bootstrapServers, Privacy privacy) {
        return privacy.producer(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                ProducerConfig.LINGER_MS_CONFIG, 1,
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES));
    }
}
