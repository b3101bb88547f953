package io.vitaltwin.alerts.adapter;

import io.vitaltwin.alerts.delivery.DeliveryMetrics;
import io.vitaltwin.alerts.delivery.Outbox;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.privacy.PatientErased;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Delivers what is planned for one channel, one message after the other. What is planned and what came of it is read from the log before
 * anything is sent, so a restart sends nothing twice but the one message whose result was not written when the process died.
 */
final class ChannelWorker implements Runnable, ConsumerRebalanceListener {

    private static final long LONGEST_WAIT_MILLIS = 200;

    private final String channel;
    private final Consumer<String, byte[]> consumer;
    private final Producer<String, byte[]> producer;
    private final LogRecords<Notification> notifications;
    private final Sender sender;
    private final InstantSource clock;
    private final DeliveryMetrics metrics;
    private final AtomicInteger waiting;
    private final AtomicInteger breaker;

    private final Outbox outbox;
    /** Where the log ended when a partition came; nothing is sent before. */
    private final Map<TopicPartition, Long> readFirst = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private volatile boolean closing;

    ChannelWorker(String channel, Consumer<String, byte[]> consumer, Producer<String, byte[]> producer, Topic<Notification> topic, SchemaIds ids,
            Sender sender, InstantSource clock, DeliveryMetrics metrics) {
        this.channel = channel;
        this.consumer = consumer;
        this.producer = producer;
        this.notifications = new LogRecords<>(topic, ids, metrics);
        this.sender = sender;
        this.clock = clock;
        this.metrics = metrics;
        this.outbox = new Outbox(channel, sender.collect());
        this.waiting = metrics.waiting(channel);
        this.breaker = metrics.breaker(channel);
    }

    /** Works until it is stopped. @throws KafkaException if the log cannot be read or written */
    @Override
    public void run() {
        try (consumer; producer) {
            consumer.subscribe(List.of(notifications.topic()), this);
            while (!closing) {
                consumer.poll(pause()).forEach(this::take);
                if (isRead()) {
                    deliverNext();
                    commit();
                }
                waiting.set(outbox.size());
                breaker.set(switch (sender.breaker().state()) {
                    case CLOSED -> 0;
                    case PROBING -> 1;
                    case OPEN -> 2;
                });
            }
        } catch (WakeupException e) {
            if (!closing) {
                throw e;
            }
        }
    }

    /** Stops after the message that is on its way. Any thread. */
    void stop() {
        closing = true;
        consumer.wakeup();
    }

    private Duration pause() {
        OptionalLong due = outbox.nextDue();
        if (due.isEmpty() || !isRead()) {
            return Duration.ofMillis(LONGEST_WAIT_MILLIS);
        }
        long next = Math.max(due.getAsLong(), sender.breaker().openUntilMillis());
        return Duration.ofMillis(Math.clamp(next - clock.millis(), 0, LONGEST_WAIT_MILLIS));
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        notifications.decode(record).ifPresent(notification -> outbox.read(record.partition(), record.offset(), record.key(), notification));
    }

    /** Whether the results of earlier runs are known. */
    private boolean isRead() {
        readFirst.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        return readFirst.isEmpty();
    }

    private void deliverNext() {
        if (!sender.breaker().lets(clock.millis())) {
            return;
        }
        Optional<Outbox.Pending> due = outbox.due(clock.millis());
        if (due.isEmpty()) {
            return;
        }
        sender.make(outbox.together(due.get(), clock.millis()), outbox::isSuperseded).forEach(this::record);
    }

    private void record(Sender.Made made) {
        Outbox.Pending pending = made.pending();
        try {
            RecordMetadata at = write(pending.patient(), made.result());
            outbox.read(at.partition(), at.offset(), pending.patient(), made.result());
            metrics.result(channel, made.result().getStatus());
        } catch (PatientErased e) {
            outbox.drop(pending);
        }
    }

    private RecordMetadata write(String patient, Notification result) {
        try {
            return producer.send(notifications.encode(patient, result, result.getTime())).get();
        } catch (ExecutionException e) {
            throw new KafkaException("what came of a delivery cannot be written to " + notifications.topic(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while writing what came of a delivery", e);
        }
    }

    /** Reading begins again with the first plan that is not over. */
    private void commit() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            outbox.firstPending(partition.partition()).ifPresent(offset -> {
                if (!Long.valueOf(offset).equals(committed.put(partition, offset))) {
                    offsets.put(partition, new OffsetAndMetadata(offset));
                }
            });
        }
        if (!offsets.isEmpty()) {
            consumer.commitSync(offsets);
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        readFirst.putAll(consumer.endOffsets(partitions));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            outbox.forget(partition.partition());
            readFirst.remove(partition);
            committed.remove(partition);
        }
    }
}
