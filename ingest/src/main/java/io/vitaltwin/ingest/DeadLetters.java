package io.vitaltwin.ingest;

import io.vitaltwin.schemas.Topic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Writes what was refused at a front door to the dead letters: the bytes as they came, the reason in the headers.
 *
 * <p>For use by one thread. The Kafka producer may be shared and is not closed here.
 */
public final class DeadLetters implements AutoCloseable {

    /** As Kafka Streams names it (KIP-1034), so that one tool reads the letters of every writer. */
    public static final String MESSAGE = "__streams.errors.message";
    public static final String REASON = "vitaltwin.reason";
    public static final String SOURCE = "vitaltwin.source";
    public static final String LINE = "vitaltwin.line";
    public static final String COLUMN = "vitaltwin.column";
    public static final String FORMAT = "vitaltwin.format";
    /** Present when the letter holds only the beginning: how many bytes there were. */
    public static final String FULL_LENGTH = "vitaltwin.full-length";

    private final Producer<String, byte[]> producer;
    private final Topic<byte[]> topic;
    private final DeliveryLog log = new DeliveryLog("dead letters");

    public DeadLetters(Producer<String, byte[]> producer, Topic<byte[]> topic) {
        this.producer = Objects.requireNonNull(producer, "producer");
        this.topic = Objects.requireNonNull(topic, "topic");
    }

    /**
     * @param patientId key of the record
     * @param format name of the format that the bytes were read as
     * @param bytes of the line, without its end
     * @param fullLength number of bytes that the line had
     * @throws DeliveryFailed if an earlier letter was not taken
     */
    public void send(String patientId, Refusal refusal, String format, byte[] bytes, long fullLength) {
        log.check();
        var record = new ProducerRecord<>(topic.name(), patientId, bytes.clone());
        header(record, MESSAGE, refusal.message());
        header(record, REASON, refusal.reason().name());
        header(record, SOURCE, refusal.source());
        header(record, LINE, Long.toString(refusal.line()));
        header(record, COLUMN, Integer.toString(refusal.column()));
        header(record, FORMAT, format);
        if (fullLength > bytes.length) {
            header(record, FULL_LENGTH, Long.toString(fullLength));
        }
        log.sent();
        producer.send(record, (metadata, error) -> {
            if (error == null) {
                log.acknowledged();
            } else {
                log.failed("line " + refusal.line(), error);
            }
        });
    }

    /**
     * Waits until the cluster has answered for every letter.
     *
     * @throws DeliveryFailed if any was not taken
     */
    @Override
    public void close() {
        producer.flush();
        log.check();
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String text) {
        record.headers().add(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
