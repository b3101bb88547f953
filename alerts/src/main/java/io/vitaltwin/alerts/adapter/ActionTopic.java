package io.vitaltwin.alerts.adapter;

import io.vitaltwin.alerts.console.ActionSink;
import io.vitaltwin.schemas.AlertAction;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.privacy.Privacy;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Writes actions to their topic. */
public final class ActionTopic implements ActionSink, AutoCloseable {

    private final Producer<String, byte[]> producer;
    private final Topic<AlertAction> topic;
    private final AvroSerde<AlertAction> serde;
    private final Privacy privacy;

    /** @param producer idempotent, with acks of all; its keys are patients as people know them; closed here */
    public ActionTopic(Producer<String, byte[]> producer, Topic<AlertAction> topic, SchemaIds ids, Privacy privacy) {
        this.producer = producer;
        this.topic = topic;
        this.serde = new AvroSerde<>(topic, ids);
        this.privacy = privacy;
    }

    /** Each record carries the time of its action, which counts where the log is in the time of a story. */
    @Override
    public void send(List<AlertAction> actions) throws IOException {
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (AlertAction action : actions) {
                String patient = action.getPatientId();
                privacy.hide(action);
                sent.add(producer.send(new ProducerRecord<>(topic.name(), null, action.getTime().toEpochMilli(), patient,
                        serde.serialize(topic.name(), action))));
            }
            producer.flush();
            for (Future<RecordMetadata> place : sent) {
                place.get();
            }
        } catch (ExecutionException | KafkaException e) {
            throw new IOException("the action cannot be written to " + topic.name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before the action was written", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
