package io.vitaltwin.twin.adapter.disclosure;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.twin.core.consent.ConsentTimeline;
import io.vitaltwin.twin.core.disclosure.Viewer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Consents from the log, read to its end before anything is asked of them and followed after that. A record that cannot be read is passed over, as the
 * topology does: the same log is the same consent everywhere. For one thread.
 */
public final class KafkaConsents implements ConsentSource {

    private static final Logger LOGGER = LoggerFactory.getLogger(KafkaConsents.class);
    /** Project defaults, no source. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<String, byte[]> consumer;
    private final Topic<ConsentRecord> topic;
    private final AvroSerde<ConsentRecord> serde;
    private final Predicate<String> wanted;
    private final ConsentBook book;

    /**
     * @param consumer reads committed records without a group; closed here
     * @param wanted patients who will be asked about; of others nothing is kept
     */
    public KafkaConsents(Consumer<String, byte[]> consumer, Topic<ConsentRecord> topic, SchemaIds ids, Viewer viewer, Predicate<String> wanted) {
        this.consumer = consumer;
        this.topic = topic;
        this.serde = new AvroSerde<>(topic, ids);
        this.wanted = wanted;
        this.book = new ConsentBook(viewer);
        assign();
    }

    private void assign() {
        try {
            List<PartitionInfo> found = consumer.partitionsFor(topic.name());
            if (found == null || found.isEmpty()) {
                consumer.close();
                throw new DisclosureFailed("topic " + topic.name() + " does not exist: without consents nothing is shown");
            }
            List<TopicPartition> partitions = found.stream().map(info -> new TopicPartition(info.topic(), info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        } catch (KafkaException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void catchUp() {
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() - deadline > 0) {
                    throw new DisclosureFailed("topic " + topic.name() + " cannot be read to its end within " + PATIENCE.toSeconds()
                            + " s: without all consents nothing is shown");
                }
                consumer.poll(POLL).forEach(this::take);
            }
        } catch (KafkaException e) {
            throw unreadable(e);
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null || record.value() == null || !wanted.test(record.key())) {
            return;
        }
        try {
            ConsentRecord consent = serde.deserialize(topic.name(), record.value());
            if (consent != null) {
                book.take(record.key(), consent, record.timestamp());
            }
        } catch (SchemaProblem e) {
            LOGGER.atWarn().addKeyValue("topic", record.topic()).addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset()).addKeyValue("reason", e.kind()).log("consent cannot be read and is passed over");
        }
    }

    @Override
    public ConsentTimeline of(String patient) {
        return book.of(patient);
    }

    @Override
    public void close() {
        consumer.close();
    }

    private DisclosureFailed unreadable(KafkaException cause) {
        return new DisclosureFailed("topic " + topic.name() + " cannot be read: " + cause.getMessage() + "; without consents nothing is shown", cause);
    }
}
