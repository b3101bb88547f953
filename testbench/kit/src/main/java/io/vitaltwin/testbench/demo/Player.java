package io.vitaltwin.testbench.demo;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.CareTeam;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.PatientReport;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Tick;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.privacy.PatientErased;
import io.vitaltwin.schemas.privacy.Privacy;
import io.vitaltwin.testbench.sim.Arrival;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Writes what arrives, and the ticks between, each record stamped with its time of arrival. The order of the records depends on the
 * schedule and the spacing of the ticks alone, not on how often it is called. One thread.
 */
final class Player {

    private final Producer<String, byte[]> producer;
    private final Topics topics;
    private final LatencyProbe probe;
    private final Privacy privacy;
    private final AvroSerde<ReadingBatch> batches;
    private final AvroSerde<PatientContext> plans;
    private final AvroSerde<ConsentRecord> consents;
    private final AvroSerde<PatientReport> reports;
    private final AvroSerde<Tick> ticks;
    private final AvroSerde<CareTeam> teams;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private volatile long readings;
    private volatile long turnedAway;

    Player(Producer<String, byte[]> producer, Topics topics, SchemaIds ids, LatencyProbe probe) {
        this(producer, topics, ids, probe, Privacy.off());
    }

    /** @param producer of the same privacy */
    Player(Producer<String, byte[]> producer, Topics topics, SchemaIds ids, LatencyProbe probe, Privacy privacy) {
        this.producer = producer;
        this.topics = topics;
        this.probe = probe;
        this.privacy = privacy;
        batches = new AvroSerde<>(topics.readings(), ids);
        plans = new AvroSerde<>(topics.patients(), ids);
        consents = new AvroSerde<>(topics.consents(), ids);
        reports = new AvroSerde<>(topics.reports(), ids);
        ticks = new AvroSerde<>(topics.ticks(), ids);
        teams = new AvroSerde<>(topics.careTeams(), ids);
    }

    /** Readings sent so far, copies included. */
    long readings() {
        return readings;
    }

    /** Readings that were not sent, because their patient was erased while the devices went on measuring. */
    long turnedAway() {
        return turnedAway;
    }

    /** Plays all that is due up to and including {@code until}. */
    void play(Schedule schedule, TickTimes tickTimes, Instant until) {
        while (!tickTimes.next().isAfter(until)) {
            Instant tick = tickTimes.take();
            sendUpTo(schedule, tick);
            tick(tick);
        }
        sendUpTo(schedule, until);
    }

    private void sendUpTo(Schedule schedule, Instant until) {
        while (!schedule.nextAt().isAfter(until)) {
            send(schedule.next());
        }
    }

    /** Nothing more arrives but ticks, one a second. */
    void tickOn(Instant after, Duration length) {
        for (long second = 1; second <= length.toSeconds(); second++) {
            tick(after.plusSeconds(second));
        }
    }

    /** The team of all who have none, once in each partition. */
    void team(CareTeam team, Instant at) {
        for (int partition = 0; partition < topics.partitions(); partition++) {
            write(new ProducerRecord<>(topics.careTeams().name(), partition, at.toEpochMilli(), team.getPatientId(),
                    teams.serialize(topics.careTeams().name(), team)));
        }
    }

    void sendAll(List<Arrival> arrivals) {
        arrivals.forEach(this::send);
    }

    /**
     * Waits until the broker has everything.
     *
     * @throws IllegalStateException if a record could not be written
     */
    void flush() {
        producer.flush();
        throwIfFailed();
    }

    private void tick(Instant at) {
        for (int partition = 0; partition < topics.partitions(); partition++) {
            var tick = Tick.newBuilder().setPartition(partition).setTime(at).build();
            byte[] bytes = ticks.serialize(topics.ticks().name(), tick);
            write(new ProducerRecord<>(topics.ticks().name(), partition, at.toEpochMilli(), null, bytes));
        }
    }

    private void send(Arrival arrival) {
        try {
            sendTaken(arrival);
            readings += arrival.readings();
        } catch (PatientErased e) {
            turnedAway += arrival.readings();
        }
    }

    private void sendTaken(Arrival arrival) {
        switch (arrival) {
            case Arrival.Plan plan -> write(arrival, topics.patients().name(), bytes(plans, plan.plan()));
            case Arrival.Consent consent -> write(arrival, topics.consents().name(), bytes(consents, consent.consent()));
            case Arrival.Report report -> write(arrival, topics.reports().name(), bytes(reports, report.report()));
            case Arrival.Batch batch -> writeReadings(arrival, batches.serialize("", batch.batch()));
            case Arrival.Garbage garbage -> writeReadings(arrival, garbage.bytes());
        }
    }

    /** A record that names its patient, as it stands on topics; the record itself keeps the name that people know. */
    private <T extends SpecificRecord> byte @Nullable [] bytes(AvroSerde<T> serde, T value) {
        privacy.hide(value);
        try {
            return serde.serialize("", value);
        } finally {
            privacy.show(value);
        }
    }

    private void write(Arrival arrival, String topic, byte @Nullable [] bytes) {
        write(new ProducerRecord<>(topic, null, arrival.at().toEpochMilli(), arrival.patientId(), bytes));
    }

    private void write(ProducerRecord<String, byte[]> entry) {
        throwIfFailed();
        producer.send(entry, (metadata, problem) -> {
            if (problem != null) {
                failure.compareAndSet(null, problem);
            }
        });
    }

    private void writeReadings(Arrival arrival, byte @Nullable [] bytes) {
        throwIfFailed();
        long append = arrival.at().toEpochMilli();
        long now = System.nanoTime();
        producer.send(new ProducerRecord<>(topics.readings().name(), null, append, arrival.patientId(), bytes), (metadata, problem) -> {
            if (problem == null) {
                probe.sent(metadata.partition(), metadata.offset(), append, now);
            } else {
                failure.compareAndSet(null, problem);
            }
        });
    }

    private void throwIfFailed() {
        Exception problem = failure.get();
        if (problem != null) {
            throw new IllegalStateException("the broker does not take the demo's records", problem);
        }
    }
}
