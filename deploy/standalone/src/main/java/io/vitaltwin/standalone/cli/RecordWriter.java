package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Writes records of one kind, in order, and tells where each went. */
final class RecordWriter {

    private RecordWriter() {
    }

    /**
     * Writes all records and waits until the broker has them. Prints a line for each.
     *
     * @return where each is and when the broker took it, in the order of the values
     * @throws CliException if the broker does not answer or refuses
     */
    static <T extends SpecificRecord> List<RecordMetadata> write(ClusterOptions cluster, Topic<T> topic, List<T> values, Function<T, String> key) {
        return writeRecords(cluster, topic, producer -> values.stream().map(value -> new ProducerRecord<>(topic.name(), key.apply(value), value)).toList());
    }

    /** As above, of records that may name their partition: the producer knows how many there are. */
    static <T extends SpecificRecord> List<RecordMetadata> writeRecords(
            ClusterOptions cluster, Topic<T> topic, Function<Producer<String, byte[]>, List<ProducerRecord<String, T>>> records) {
        List<RecordMetadata> places = writeQuietly(cluster, topic, records);
        places.forEach(place -> print(cluster, place));
        return places;
    }

    /** As above, without a line for each. */
    static <T extends SpecificRecord> List<RecordMetadata> writeQuietly(
            ClusterOptions cluster, Topic<T> topic, Function<Producer<String, byte[]>, List<ProducerRecord<String, T>>> records) {
        cluster.requireBroker();
        try (AvroSerde<T> serde = new AvroSerde<>(topic, cluster.schemaIds());
                Producer<String, byte[]> producer = cluster.privacy().producer(cluster.writerProperties())) {
            List<Future<RecordMetadata>> sent = records.apply(producer).stream().map(record -> producer.send(bytes(cluster, serde, record))).toList();
            List<RecordMetadata> places = new ArrayList<>(sent.size());
            for (Future<RecordMetadata> place : sent) {
                places.add(place.get());
            }
            return places;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException | KafkaException e) {
            Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
            throw CliException.failed("cannot write to " + topic.name() + " at " + cluster.bootstrapServer() + ": " + cause.getMessage()
                    + "; './vitaltwin topics plan' tells whether the topic is there", e);
        }
    }

    /** As it goes to the producer, which puts the patient's name on topics into the key itself. */
    private static <T extends SpecificRecord> ProducerRecord<String, byte[]> bytes(ClusterOptions cluster, AvroSerde<T> serde, ProducerRecord<String, T> record) {
        cluster.privacy().hide(record.value());
        return new ProducerRecord<>(record.topic(), record.partition(), record.key(), serde.serialize(record.topic(), record.value()));
    }

    private static void print(ClusterOptions cluster, RecordMetadata place) {
        if (cluster.json()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("topic", place.topic());
            line.put("partition", place.partition());
            line.put("offset", place.offset());
            cluster.printJson(line);
        } else {
            cluster.out().println("sent to " + place.topic() + ", partition " + place.partition() + ", offset " + place.offset());
        }
    }
}
