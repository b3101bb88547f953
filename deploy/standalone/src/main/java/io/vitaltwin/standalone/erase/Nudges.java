package io.vitaltwin.standalone.erase;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Makes the log of a partition go on by a record that nobody reads: one of a transaction that is given up. A log ends a segment only when
 * something is appended, and neither compacts nor deletes what is in the last one.
 */
final class Nudges implements AutoCloseable {

    /** Names nobody; the log cleaner removes it with the next one. */
    private static final byte[] KEY = "-".getBytes(StandardCharsets.UTF_8);

    private final Producer<byte[], byte[]> producer;

    /** @param properties of a client */
    Nudges(Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "vitaltwin-erase-" + UUID.randomUUID());
        this.producer = new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
    }

    void give(Collection<TopicPartition> partitions) {
        producer.beginTransaction();
        partitions.forEach(partition -> producer.send(new ProducerRecord<>(partition.topic(), partition.partition(), KEY, new byte[0])));
        producer.flush();
        producer.abortTransaction();
    }

    @Override
    public void close() {
        producer.close();
    }
}
