package io.vitaltwin.alerts.adapter;

import io.vitaltwin.alerts.delivery.Contacts;
import io.vitaltwin.alerts.delivery.DeliveryMetrics;
import io.vitaltwin.alerts.delivery.Router;
import io.vitaltwin.schemas.DeliveryStatus;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.privacy.PatientErased;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.WakeupException;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** Gives each planned step to the channels of those who are told, exactly once: what is planned and how far was read is one transaction. */
final class StepRouter implements Runnable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<String, byte[]> consumer;
    private final Producer<String, byte[]> producer;
    private final Notifications notifications;
    private final Contacts contacts;
    private final Set<String> channels;
    private final InstantSource clock;
    private final DeliveryMetrics metrics;
    private volatile boolean closing;

    /** @param producer with a transactional id of its own */
    StepRouter(Consumer<String, byte[]> consumer, Producer<String, byte[]> producer, Topic<Notification> topic, SchemaIds ids, Contacts contacts,
            Set<String> channels, InstantSource clock, DeliveryMetrics metrics) {
        this.consumer = consumer;
        this.producer = producer;
        this.notifications = new Notifications(topic, ids, metrics);
        this.contacts = contacts;
        this.channels = channels;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Works until it is stopped. @throws org.apache.kafka.common.KafkaException if the log cannot be read or written */
    @Override
    public void run() {
        try (consumer; producer) {
            producer.initTransactions();
            consumer.subscribe(List.of(notifications.topic()));
            while (!closing) {
                ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    producer.beginTransaction();
                    records.forEach(this::route);
                    producer.sendOffsetsToTransaction(records.nextOffsets(), consumer.groupMetadata());
                    producer.commitTransaction();
                }
            }
        } catch (WakeupException e) {
            if (!closing) {
                throw e;
            }
        }
    }

    /** Any thread. */
    void stop() {
        closing = true;
        consumer.wakeup();
    }

    private void route(ConsumerRecord<String, byte[]> record) {
        notifications.decode(record).filter(Router::isStep).ifPresent(step -> route(record.key(), step));
    }

    private void route(String patient, Notification step) {
        List<Notification> planned = Router.route(step, contacts, channels, clock.instant());
        try {
            planned.forEach(one -> producer.send(notifications.encode(patient, one)));
            metrics.routed(planned.getFirst().getStatus() == DeliveryStatus.FAILED ? 0 : planned.size());
        } catch (PatientErased e) {
            // Erased since the step was planned: nobody is told, and nothing may be written under the old name.
            metrics.routed(0);
        }
    }
}
