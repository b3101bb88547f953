package io.vitaltwin.alerts.adapter;

import io.vitaltwin.alerts.delivery.DeliveryMetrics;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.Optional;

/** Records of one topic of patients. */
final class LogRecords<T extends SpecificRecord> {

    private static final Logger LOGGER = LoggerFactory.getLogger(LogRecords.class);

    private final String topic;
    private final AvroSerde<T> serde;
    private final DeliveryMetrics metrics;

    LogRecords(Topic<T> topic, SchemaIds ids, DeliveryMetrics metrics) {
        this.topic = topic.name();
        this.serde = new AvroSerde<>(topic, ids);
        this.metrics = metrics;
    }

    String topic() {
        return topic;
    }

    /**
     * @return empty for a tombstone, and for what nobody can decode: it is counted and its place logged, and the rest goes on
     * @throws SchemaProblem if the schemas cannot be asked: nothing may be passed over then
     */
    Optional<T> decode(ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.ofNullable(serde.deserialize(topic, record.value()));
        } catch (SchemaProblem e) {
            if (!e.kind().isOfTheRecord()) {
                throw e;
            }
            metrics.unreadable();
            LOGGER.atError().addKeyValue("topic", topic).addKeyValue("partition", record.partition()).addKeyValue("offset", record.offset())
                    .addKeyValue("reason", e.kind()).log("a record cannot be decoded");
            return Optional.empty();
        }
    }

    /** @param patient as people know the patient */
    ProducerRecord<String, byte[]> encode(String patient, T value, Instant time) {
        return new ProducerRecord<>(topic, null, time.toEpochMilli(), patient, serde.serialize(topic, value));
    }
}
