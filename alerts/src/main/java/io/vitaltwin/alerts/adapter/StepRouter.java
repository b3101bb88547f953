package io.vitaltwin.alerts.adapter;

import io.vitaltwin.alerts.delivery.Contacts;
import io.vitaltwin.alerts.delivery.DeliveryMetrics;
import io.vitaltwin.alerts.delivery.Router;
import io.vitaltwin.alerts.message.Happening;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.DeliveryStatus;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.privacy.PatientErased;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.WakeupException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * Gives each planned step to the channels of those who are told, and changes of an alert to those who were told of it by a channel that follows. Exactly once:
 * what is planned and how far was read is one transaction.
 */
final class StepRouter implements Runnable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<String, byte[]> consumer;
    private final Producer<String, byte[]> producer;
    private final LogRecords<Notification> notifications;
    private final LogRecords<AlertWorkflowEvent> workflow;
    private final ToldAlerts told;
    private final Ways ways;
    private final InstantSource clock;
    private final DeliveryMetrics metrics;
    private volatile boolean closing;

    /** @param producer with a transactional id of its own; @param told closed here */
    StepRouter(Consumer<String, byte[]> consumer, Producer<String, byte[]> producer, LogRecords<Notification> notifications,
            LogRecords<AlertWorkflowEvent> workflow, ToldAlerts told, Ways ways, InstantSource clock, DeliveryMetrics metrics) {
        this.consumer = consumer;
        this.producer = producer;
        this.notifications = notifications;
        this.workflow = workflow;
        this.told = told;
        this.ways = ways;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * @param contacts who is reached how
     * @param channels names of those that are set up
     * @param following names of those that are told of changes, too
     * @param giveUp older changes are told to nobody
     */
    record Ways(Contacts contacts, Set<String> channels, Set<String> following, Duration giveUp) {
    }

    /** Works until it is stopped. @throws org.apache.kafka.common.KafkaException if the log cannot be read or written */
    @Override
    public void run() {
        try (consumer; producer; told) {
            producer.initTransactions();
            consumer.subscribe(List.of(notifications.topic(), workflow.topic()));
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
        if (record.topic().equals(workflow.topic())) {
            workflow.decode(record).ifPresent(event -> change(record.key(), event));
        } else {
            notifications.decode(record).filter(Router::isStep).ifPresent(step -> route(record.key(), step));
        }
    }

    /** Only what may matter to somebody is looked up. */
    private void change(String patient, AlertWorkflowEvent event) {
        Instant now = clock.instant();
        boolean late = Duration.between(event.getTime(), now).compareTo(ways.giveUp()) > 0;
        if (late || event.getType() == null || Happening.ofChange(event.getType().name()).isEmpty() || ways.following().isEmpty()) {
            return;
        }
        List<Notification> planned = Router.change(event, told.of(event.getAlertId()), ways.following(), now);
        try {
            planned.forEach(one -> send(patient, one));
        } catch (PatientErased e) {
            // Whoever keeps the alert cannot be told under a name that is gone.
            metrics.routed(0);
        }
    }

    private void send(String patient, Notification planned) {
        producer.send(notifications.encode(patient, planned, planned.getTime()));
    }

    private void route(String patient, Notification step) {
        List<Notification> planned = Router.route(step, ways.contacts(), ways.channels(), clock.instant());
        try {
            planned.forEach(one -> send(patient, one));
            metrics.routed(planned.getFirst().getStatus() == DeliveryStatus.FAILED ? 0 : planned.size());
        } catch (PatientErased e) {
            // Erased since the step was planned: nobody is told, and nothing may be written under the old name.
            metrics.routed(0);
        }
    }
}
