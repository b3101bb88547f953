package io.vitaltwin.testbench.proof;

import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.testbench.kafka.Clients;
import io.vitaltwin.testbench.proof.ProofStory.Entry;
import io.vitaltwin.testbench.sim.Arrival;
import io.vitaltwin.testbench.sim.ArrivalRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes stories to the topics, with their own times, while the twin reads. A neighbour in each partition keeps every topic moving, with records that
 * nobody can read: the twin takes a record only when it has seen the next of every topic, or their order would be a matter of milliseconds.
 */
final class StoryWriter {

    private final Topics topics;
    private final ArrivalRecords records;
    private final List<Timed> log = new ArrayList<>();

    /** @param takenMillis decides the order */
    private record Timed(long takenMillis, ProducerRecord<String, byte[]> record) {
    }

    StoryWriter(Topics topics, SchemaIds ids, List<ProofStory> stories) {
        this.topics = topics;
        this.records = new ArrivalRecords(topics, ids);
        Set<Long> used = new HashSet<>();
        stories.forEach(story -> story.entries().forEach(entry -> used.add(entry.appendMillis())));
        long first = stories.stream().flatMap(story -> story.entries().stream()).mapToLong(Entry::takenMillis).min().orElseThrow();
        long last = stories.stream().flatMap(story -> story.entries().stream()).mapToLong(Entry::takenMillis).max().orElseThrow();
        for (ProofStory story : stories) {
            for (Entry entry : story.entries()) {
                if (entry.takenMillis() > entry.appendMillis()) {
                    overtaken(entry, used);
                } else {
                    log.add(new Timed(entry.takenMillis(), record(entry.arrival())));
                }
            }
        }
        for (long at = first; at <= last + StoryPlayer.REST_MILLIS; at += StoryPlayer.TICKS.toMillis()) {
            pulse(at);
        }
        pulse(last + StoryPlayer.REST_MILLIS + StoryPlayer.TICKS.toMillis());
        log.sort(Comparator.comparingLong(Timed::takenMillis));
    }

    static String neighbour(int partition) {
        return "neighbour-" + partition;
    }

    /** Behind a record with the time at which it is to be taken: a topic is read in its own order. */
    private void overtaken(Entry entry, Set<Long> used) {
        long at = entry.takenMillis();
        while (!used.add(at)) {
            at++;
        }
        ProducerRecord<String, byte[]> late = record(entry.arrival());
        log.add(new Timed(at, unreadable(late.topic(), partition(late.key()), at)));
        log.add(new Timed(at, late));
    }

    private void pulse(long at) {
        for (int partition = 0; partition < topics.partitions(); partition++) {
            long millis = at;
            for (Topic<?> topic : topics.topologyInputs()) {
                boolean tick = topic.name().equals(topics.ticks().name());
                log.add(new Timed(millis, tick ? new ProducerRecord<>(topic.name(), partition, millis, null, records.tick(partition, Instant.ofEpochMilli(millis)))
                        : unreadable(topic.name(), partition, millis)));
                millis++;
            }
        }
    }

    private static ProducerRecord<String, byte[]> unreadable(String topic, int partition, long at) {
        String neighbour = neighbour(partition);
        return new ProducerRecord<>(topic, partition, at, neighbour, new Arrival.Garbage(Instant.ofEpochMilli(at), neighbour).bytes());
    }

    private ProducerRecord<String, byte[]> record(Arrival arrival) {
        String patient = arrival.patientId();
        return new ProducerRecord<>(records.topic(arrival), partition(patient), arrival.at().toEpochMilli(), patient, records.value(arrival));
    }

    /** As Kafka's own producer divides keys. */
    private int partition(String patient) {
        return Utils.toPositive(Utils.murmur2(patient.getBytes(StandardCharsets.UTF_8))) % topics.partitions();
    }

    int size() {
        return log.size();
    }

    /** How many records each partition has at last. */
    Map<TopicPartition, Long> ends() {
        Map<TopicPartition, Long> ends = new HashMap<>();
        log.forEach(one -> ends.merge(new TopicPartition(one.record().topic(), one.record().partition()), 1L, Long::sum));
        return ends;
    }

    /** Writes a part of the log. @param lasting evenly spread over so long */
    void write(String bootstrapServers, int from, int until, Duration lasting) throws InterruptedException, ExecutionException {
        long begun = System.nanoTime();
        try (Producer<String, byte[]> producer = Clients.writer(bootstrapServers)) {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = from; i < until; i++) {
                long due = begun + lasting.toNanos() / (until - from) * (i - from);
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                }
                sent.add(producer.send(log.get(i).record()));
            }
            producer.flush();
            for (Future<?> one : sent) {
                one.get();
            }
        }
    }
}
