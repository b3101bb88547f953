package io.vitaltwin.twin.replay;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.privacy.SealedConsumer;
import io.vitaltwin.schemas.privacy.Sealing;
import io.vitaltwin.schemas.streams.SealedClients;
import io.vitaltwin.twin.core.consent.ConsentTimeline;
import io.vitaltwin.twin.topology.ConsentRecords;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every consent as it is known now, for a replay that asks no older one. Read to the end of the log before the replay takes a record, and followed while it
 * runs: a withdrawal stops it for the patient. {@link #of} is safe for several threads, the rest for one.
 */
final class ConsentsNow implements AutoCloseable {

    /** Project defaults, no source. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final Topic<ConsentRecord> topic;
    private final AvroSerde<ConsentRecord> serde;
    private final long replayedAtMillis;
    private final Map<String, ConsentTimeline> timelines = new ConcurrentHashMap<>();

    /**
     * @param client of a reader of committed records without a group, with where the keys are
     * @param replayedAt time of the replay
     */
    ConsentsNow(Map<String, Object> client, Topic<ConsentRecord> topic, SchemaIds ids, Instant replayedAt) {
        this.consumer = SealedClients.in(client).<Consumer<byte[], byte[]>>map(
                privacy -> SealedConsumer.ofBytes(client, new Sealing(privacy.open()), SealedConsumer.Reading.TOPIC))
                .orElseGet(() -> new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        this.topic = topic;
        this.serde = new AvroSerde<>(topic, ids);
        this.replayedAtMillis = replayedAt.toEpochMilli();
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Takes in what was committed before the call. @throws IllegalStateException if the log cannot be read to its end */
    void catchUp() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("topic " + topic.name() + " cannot be read to its end within " + PATIENCE.toSeconds()
                        + " s: without all consents nothing is replayed");
            }
            consumer.poll(POLL).forEach(this::take);
        }
    }

    /** One that cannot be read permits nothing new and forbids nothing: as the twin does. */
    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null || record.value() == null) {
            return;
        }
        try {
            ConsentRecord consent = serde.deserialize(topic.name(), record.value());
            if (consent != null) {
                String patient = new String(record.key(), StandardCharsets.UTF_8);
                ConsentTimeline known = timelines.getOrDefault(patient, ConsentTimeline.empty())
                        .apply(ConsentRecords.version(consent, record.timestamp()));
                timelines.put(patient, known.askedAt(Math.max(replayedAtMillis, known.newestKnownAt())));
            }
        } catch (SchemaProblem e) {
            if (!e.kind().isOfTheRecord()) {
                throw e;
            }
        }
    }

    /** @param patient as topics name the patient */
    ConsentTimeline of(String patient) {
        return timelines.getOrDefault(patient, ConsentTimeline.empty());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
