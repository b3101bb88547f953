package io.vitaltwin.testbench.broker;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.PatientReport;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Tick;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.testbench.kafka.Clients;
import io.vitaltwin.testbench.sim.Arrival;
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
    private final AvroSerde<PatientContext> plans;
    private final AvroSerde<ConsentRecord> consents;
    private final AvroSerde<ReadingBatch> readings;
    private final AvroSerde<PatientReport> reports;
    private final AvroSerde<Tick> ticks;

    StoryLog(Topics topics, SchemaIds ids) {
        this.topics = topics;
        this.plans = new AvroSerde<>(topics.patients(), ids);
        this.consents = new AvroSerde<>(topics.consents(), ids);
        this.readings = new AvroSerde<>(topics.readings(), ids);
        this.reports = new AvroSerde<>(topics.reports(), ids);
        this.ticks = new AvroSerde<>(topics.ticks(), ids);
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
                byte[] tick = ticks.serialize(topics.ticks().name(), new Tick(partition, at));
                records.add(new ProducerRecord<>(topics.ticks().name(), partition, at.toEpochMilli(), null, tick));
            }
        }
        records.sort(Comparator.comparing(ProducerRecord::timestamp));
        return records;
    }

    private ProducerRecord<String, byte[]> record(Arrival arrival) {
        return switch (arrival) {
            case Arrival.Plan plan -> record(topics.patients().name(), arrival, plans.serialize(topics.patients().name(), plan.plan()));
            case Arrival.Consent consent -> record(topics.consents().name(), arrival, consents.serialize(topics.consents().name(), consent.consent()));
            case Arrival.Batch batch -> record(topics.readings().name(), arrival, readings.serialize(topics.readings().name(), batch.batch()));
            case Arrival.Report report -> record(topics.reports().name(), arrival, reports.serialize(topics.reports().name(), report.report()));
            case Arrival.Garbage garbage -> record(topics.readings().name(), arrival, garbage.bytes());
        };
    }

    private static ProducerRecord<String, byte[]> record(String topic, Arrival arrival, byte[] value) {
        return new ProducerRecord<>(topic, null, arrival.at().toEpochMilli(), arrival.patientId(), value);
    }
}
