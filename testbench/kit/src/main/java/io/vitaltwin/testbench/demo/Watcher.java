package io.vitaltwin.testbench.demo;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.TwinSnapshot;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what the twin publishes, from the beginning, as any reader of committed records would. Reads on a thread of its own: start once, close once. */
final class Watcher implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final Topics topics;
    private final Tally tally;
    private final LatencyProbe probe;
    private final AvroSerde<AlertEvent> alerts;
    private final AvroSerde<ConsentViolation> violations;
    private final AvroSerde<TwinSnapshot> twins;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private @Nullable RuntimeException failure;
    private boolean finished;
    private volatile boolean closing;

    /** @param consumer reads committed records; closed by this watcher's thread */
    Watcher(Consumer<byte[], byte[]> consumer, Topics topics, SchemaIds ids, Tally tally, LatencyProbe probe) {
        this.consumer = consumer;
        this.topics = topics;
        this.tally = tally;
        this.probe = probe;
        alerts = new AvroSerde<>(topics.alerts(), ids);
        violations = new AvroSerde<>(topics.violations(), ids);
        twins = new AvroSerde<>(topics.twins(), ids);
    }

    /** What is read. */
    List<TopicPartition> partitions() {
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic<?> topic : List.of(topics.alerts(), topics.violations(), topics.twins())) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                partitions.add(new TopicPartition(topic.name(), partition));
            }
        }
        return partitions;
    }

    void start() {
        Thread.ofPlatform().name("demo-watcher").daemon().start(this::watch);
    }

    private void watch() {
        try (consumer) {
            consumer.assign(partitions());
            consumer.seekToBeginning(partitions());
            while (!closing) {
                consumer.poll(POLL).forEach(this::take);
                notePositions();
            }
        } catch (WakeupException e) {
            if (!closing) {
                fail(e);
            }
        } catch (RuntimeException e) {
            fail(e);
        } finally {
            finish();
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> entry) {
        long now = System.nanoTime();
        if (entry.topic().equals(topics.alerts().name())) {
            AlertEvent event = alerts.deserialize(entry.topic(), entry.value());
            if (event != null) {
                tally.alert(event);
                newestEvidence(event, now);
            }
        } else if (entry.topic().equals(topics.violations().name())) {
            ConsentViolation violation = violations.deserialize(entry.topic(), entry.value());
            if (violation != null) {
                tally.violation(violation);
            }
        } else {
            TwinSnapshot twin = twins.deserialize(entry.topic(), entry.value());
            if (twin != null) {
                tally.twin(twin);
            }
        }
    }

    private void newestEvidence(AlertEvent event, long now) {
        Evidence last = null;
        for (Evidence evidence : event.getEvidence()) {
            if (evidence.getTopic().equals(topics.readings().name()) && (last == null || evidence.getOffset() > last.getOffset())) {
                last = evidence;
            }
        }
        if (last != null) {
            probe.alerted(last.getPartition(), last.getOffset(), event.getAppendTime().toEpochMilli(), now);
        }
    }

    private synchronized void notePositions() {
        for (TopicPartition partition : consumer.assignment()) {
            positions.put(partition, consumer.position(partition));
        }
        notifyAll();
    }

    private synchronized void fail(RuntimeException e) {
        failure = e;
    }

    private synchronized void finish() {
        finished = true;
        notifyAll();
    }

    /**
     * Waits until everything up to {@code ends} was read.
     *
     * @throws IllegalStateException if it takes longer than {@code limit} or the reading failed
     */
    synchronized void awaitRead(Map<TopicPartition, Long> ends, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!hasRead(ends)) {
            long left = deadline - System.nanoTime();
            if (finished || left <= 0) {
                throw new IllegalStateException("the outputs of the twin could not be read to their end within " + limit.toSeconds() + " s",
                        failure);
            }
            wait(Math.max(1, Math.min(left / 1_000_000, POLL.toMillis())));
        }
    }

    private boolean hasRead(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        synchronized (this) {
            try {
                while (!finished) {
                    wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
