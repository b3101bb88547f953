package io.vitaltwin.twin.adapter.disclosure;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Disclosure;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.privacy.Privacy;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Writes to the topics. Each record carries the time of the disclosure. */
public final class KafkaDisclosureLog implements DisclosureLog {

    private final Producer<String, byte[]> producer;
    private final String disclosures;
    private final String violations;
    private final AvroSerde<Disclosure> disclosureSerde;
    private final AvroSerde<ConsentViolation> violationSerde;
    private final Privacy privacy;

    /**
     * @param producer idempotent, with acks of all; its keys are patients as people know them; closed here
     * @param privacy how patients are named on topics
     */
    public KafkaDisclosureLog(Producer<String, byte[]> producer, Topics topics, SchemaIds ids, Privacy privacy) {
        this.producer = producer;
        this.disclosures = topics.disclosures().name();
        this.violations = topics.violations().name();
        this.disclosureSerde = new AvroSerde<>(topics.disclosures(), ids);
        this.violationSerde = new AvroSerde<>(topics.violations(), ids);
        this.privacy = privacy;
    }

    @Override
    public void write(List<Disclosure> shown, List<ConsentViolation> refused) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try {
            for (Disclosure disclosure : shown) {
                String patient = disclosure.getPatientId();
                privacy.hide(disclosure);
                sent.add(send(disclosures, patient, disclosure.getTime().toEpochMilli(),
                        disclosureSerde.serialize(disclosures, disclosure)));
            }
            for (ConsentViolation violation : refused) {
                String patient = violation.getPatientId();
                privacy.hide(violation);
                sent.add(send(violations, patient, violation.getLastTime().toEpochMilli(),
                        violationSerde.serialize(violations, violation)));
            }
            producer.flush();
            for (Future<RecordMetadata> place : sent) {
                place.get();
            }
        } catch (ExecutionException | KafkaException e) {
            Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
            throw new DisclosureFailed("the disclosure cannot be written to " + disclosures + ": " + cause.getMessage()
                    + "; so nothing is shown", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DisclosureFailed("interrupted before the disclosure was written; so nothing is shown", e);
        }
    }

    private Future<RecordMetadata> send(String topic, String patient, long timeMillis, byte[] value) {
        return producer.send(new ProducerRecord<>(topic, null, timeMillis, patient, value));
    }

    @Override
    public void close() {
        producer.close();
    }
}
