package io.vitaltwin.testbench.broker;

import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.testbench.kafka.Clients;
import io.vitaltwin.testbench.sim.Arrival;
import io.vitaltwin.testbench.sim.ArrivalRecords;
import io.vitaltwin.testbench.sim.SimPatient;
import io.vitaltwin.testbench.sim.Stories;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * The simulated patients' stories as records with explicit times, ticks included: written twice, both logs are the same, record by record and
 * offset by offset.
 */
final class StoryLog {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final Duration TICK_EVERY = Duration.ofSeconds(10);

    private final Topics topics;
    private final ArrivalRecords bytes;

    StoryLog(Topics topics, SchemaIds ids) {
        this.topics = topics;
        this.bytes = new ArrivalRecords(topics, ids);
    }

    /** Writes the whole log. @return how many records it has */
    int write(String bootstrapServers, Duration length, long seed) throws ExecutionException, InterruptedException {
        List<ProducerRecord<String, byte[]>> records = records(length, seed);
        try (Producer<String, byte[]> producer = Clients.writer(bootstrapServers)) {
            List<Future<?>> sent = new ArrayList<>(records.size());
            records.forEach(record -> sent.add(producer.send(record)));
            producer.flush();
            for (Future<?> one : sent) {
                one.get();
            }
        }
        return records.size();
    }

    private List<ProducerRecord<String, byte[]>> records(Duration length, long seed) {
        Instant end = START.plus(length);
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (SimPatient patient : Stories.all()) {
            patient.registration(START).forEach(arrival -> records.add(record(arrival)));
            Iterator<Arrival> arrivals = patient.arrivals(START, seed);
            for (Arrival next = arrivals.next(); next.at().isBefore(end); next = arrivals.next()) {
                records.add(record(next));
            }
        }
        for (Instant at = START; !at.isAfter(end); at = at.plus(TICK_EVERY)) {
            for (int partition = 0; partition < topics.partitions(); partition++) {
                byte[] tick = bytes.tick(partition, at);
                records.add(new ProducerRecord<>(topics.ticks().name(), partition, at.toEpochMilli(), null, tick));
            }
        }
        records.sort(Comparator.comparing(ProducerRecord::timestamp));
        return records;
    }

    private ProducerRecord<String, byte[]> record(Arrival arrival) {
        return new ProducerRecord<>(bytes.topic(arrival), null, arrival.at().toEpochMilli(), arrival.patientId(), bytes.value(arrival));
    }
}
