package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.privacy.Privacy;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.Map;

/** The records of one patient in one topic, up to the end that the topic had when this was opened. Nothing is kept: they pass by in the order of the log. */
final class PatientLog<T extends SpecificRecord> implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    /** Without a single record for so long, the topic counts as unreadable. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Takes a record; may fail with what its work fails with. */
    @FunctionalInterface
    interface Taker<T extends SpecificRecord, X extends Exception> {

        void take(Decoded<T> record) throws X;
    }

    private final Topic<T> topic;
    private final String patient;
    private final Privacy privacy;
    private final TopicReader reader;
    private final AvroSerde<T> serde;
    private final Map<TopicPartition, Long> ends;
    private long unreadable;

    /** @throws CliException if the broker does not answer or the topic does not exist */
    PatientLog(ClusterOptions cluster, Topic<T> topic, String patient) {
        this.topic = topic;
        this.patient = patient;
        this.privacy = cluster.privacy();
        this.serde = new AvroSerde<>(topic, cluster.schemaIds());
        this.reader = new TopicReader(cluster, topic);
        reader.fromBeginningOf(cluster.privacy().onTopics(patient));
        this.ends = reader.endOffsets();
    }

    /**
     * Hands on all records of the patient, oldest first. To be called once.
     *
     * @throws CliException if the log does not come to its end
     * @throws X when the taker fails
     */
    <X extends Exception> void forEach(Taker<T, X> taker) throws X {
        long lastRecord = System.nanoTime();
        while (!reader.hasReached(ends)) {
            if (System.nanoTime() - lastRecord > PATIENCE.toNanos()) {
                throw CliException.failed("topic " + topic.name() + " cannot be read to its end: nothing came for " + PATIENCE.toSeconds() + " s");
            }
            for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
                lastRecord = System.nanoTime();
                if (patient.equals(record.key()) && record.offset() < end(record)) {
                    take(record, taker);
                }
            }
        }
    }

    private <X extends Exception> void take(ConsumerRecord<String, byte[]> record, Taker<T, X> taker) throws X {
        T value;
        try {
            value = serde.deserialize(topic.name(), record.value());
        } catch (SchemaProblem e) {
            unreadable++;
            return;
        }
        if (value != null) {
            privacy.show(value);
        }
        taker.take(Decoded.of(record, value));
    }

    private long end(ConsumerRecord<String, byte[]> record) {
        return ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
    }

    /** Records of the patient that cannot be decoded; they were passed over. */
    long unreadable() {
        return unreadable;
    }

    String topic() {
        return topic.name();
    }

    /** Offset after the last record that is looked at. */
    long end() {
        return ends.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() {
        reader.close();
    }
}
