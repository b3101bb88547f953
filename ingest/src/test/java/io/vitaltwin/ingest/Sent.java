package io.vitaltwin.ingest;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.Topics;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Kafka's own mock of a producer, and what it was given, decoded. */
public final class Sent {

    public static final Topics TOPICS = Topics.defaults();

    private Sent() {
    }

    /** @param answers whether each send is acknowledged at once */
    public static MockProducer<String, byte[]> producer(boolean answers) {
        return new MockProducer<>(answers, null, new StringSerializer(), new ByteArraySerializer());
    }

    public static List<ReadingBatch> batches(MockProducer<String, byte[]> producer) {
        var serde = new AvroSerde<>(TOPICS.readings(), new BundledSchemaIds());
        return to(producer, TOPICS.readings().name()).stream()
                .map(record -> Objects.requireNonNull(serde.deserialize(record.topic(), record.value()))).toList();
    }

    public static List<Reading> readings(MockProducer<String, byte[]> producer) {
        return batches(producer).stream().flatMap(batch -> batch.getReadings().stream()).toList();
    }

    public static List<ProducerRecord<String, byte[]>> deadLetters(MockProducer<String, byte[]> producer) {
        return to(producer, TOPICS.deadLetters().name());
    }

    public static Map<String, String> headers(ProducerRecord<String, byte[]> record) {
        var headers = new TreeMap<String, String>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }

    public static Reading heartRate(Instant time, double perMinute) {
        return Reading.newBuilder().setVital("heart_rate").setEffectiveTime(time).setValue(perMinute).setUnit("/min").build();
    }

    private static List<ProducerRecord<String, byte[]>> to(MockProducer<String, byte[]> producer, String topic) {
        return producer.history().stream().filter(record -> record.topic().equals(topic)).toList();
    }
}
