package io.vitaltwin.ingest;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * What one device sends for one patient: batches of readings, in order, each with its sequence number.
 *
 * <p>The first batch that the cluster does not take stops the device: later ones would leave a hole in the sequence that nobody could
 * tell from a lost batch. The caller opens a new one at the failed sequence and sends the same readings again; they carry the same batch id, so
 * a batch that did arrive after all counts once.
 *
 * <p>For use by one thread. The Kafka producer may be shared by many devices and is not closed here.
 */
public final class DeviceProducer implements AutoCloseable {

    /** In place of a sequence: the device does not count its batches. */
    public static final long UNCOUNTED = -1;

    private final Producer<String, byte[]> producer;
    private final Topic<ReadingBatch> topic;
    private final AvroSerde<ReadingBatch> serde;
    private final DeviceStream stream;
    private final DeliveryLog log = new DeliveryLog("batches");
    private long nextSequence;

    /**
     * @param producer of {@link ProducerSettings#open}
     * @param topic where readings go
     * @param firstSequence 0 for a device that never sent; where it left off for one that did; {@link #UNCOUNTED}
     */
    public DeviceProducer(
            Producer<String, byte[]> producer, Topic<ReadingBatch> topic, SchemaIds ids, DeviceStream stream, long firstSequence) {
        if (firstSequence < UNCOUNTED) {
            throw new IllegalArgumentException("first sequence must be 0 or more, or -1 for a device that does not count; found " + firstSequence);
        }
        this.producer = Objects.requireNonNull(producer, "producer");
        this.topic = Objects.requireNonNull(topic, "topic");
        this.serde = new AvroSerde<>(topic, ids);
        this.stream = Objects.requireNonNull(stream, "stream");
        this.nextSequence = firstSequence;
    }

    /** As {@link #send(List, Instant, Instant)}; the broker or the producer gives the record its time. */
    public CompletableFuture<RecordMetadata> send(List<Reading> readings, Instant sentAt) {
        return send(readings, sentAt, null);
    }

    /**
     * Sends one batch without waiting for the cluster.
     *
     * @param readings at least one, in the order of measurement; copied
     * @param sentAt the device's clock, now
     * @param recordTime the record's time, for topics with create time (virtual time); null for now
     * @return completes with the place of the record once all in-sync replicas have it, or with the error
     * @throws IllegalArgumentException if there are no readings
     * @throws DeliveryFailed if an earlier batch of this device failed; this one was not sent and took no sequence
     */
    public CompletableFuture<RecordMetadata> send(List<Reading> readings, Instant sentAt, @Nullable Instant recordTime) {
        log.check();
        if (readings.isEmpty()) {
            throw new IllegalArgumentException("a batch needs at least one reading");
        }
        ReadingBatch batch = batch(readings, sentAt);
        var record = new ProducerRecord<>(topic.name(), null, recordTime == null ? null : recordTime.toEpochMilli(),
                stream.patientId(), Objects.requireNonNull(serde.serialize(topic.name(), batch)));
        var result = new CompletableFuture<RecordMetadata>();
        String place = nextSequence == UNCOUNTED ? "batch " + (log.sentCount() + 1) : "sequence " + nextSequence;
        log.sent();
        try {
            producer.send(record, (metadata, error) -> settle(place, result, metadata, error));
        } catch (RuntimeException e) {
            log.failed(place, e);
            throw e;
        }
        if (nextSequence != UNCOUNTED) {
            nextSequence++;
        }
        return result;
    }

    /** The sequence that the next batch will carry; a device that goes on later starts there. */
    public long nextSequence() {
        return nextSequence;
    }

    /** Batches that all in-sync replicas have. Safe for any thread. */
    public long acknowledged() {
        return log.acknowledgedCount();
    }

    /**
     * Waits until the cluster has answered for every batch.
     *
     * @throws DeliveryFailed if any was not taken
     */
    public void flush() {
        producer.flush();
        log.check();
    }

    /**
     * As {@link #flush}; nothing else is held.
     *
     * @throws DeliveryFailed if any batch was not taken
     */
    @Override
    public void close() {
        flush();
    }

    private void settle(
            String place, CompletableFuture<RecordMetadata> result, @Nullable RecordMetadata metadata, @Nullable Exception error) {
        if (error == null) {
            log.acknowledged();
            result.complete(metadata);
        } else {
            log.failed(place, error);
            result.completeExceptionally(error);
        }
    }

    private ReadingBatch batch(List<Reading> readings, Instant sentAt) {
        return ReadingBatch.newBuilder()
                .setBatchId(nextSequence == UNCOUNTED ? BatchIds.ofContent(stream, readings) : BatchIds.ofSequence(stream, nextSequence))
                .setDeviceId(stream.deviceId())
                .setSentAt(sentAt)
                .setSequence(nextSequence)
                .setReadings(List.copyOf(readings))
                .build();
    }
}
