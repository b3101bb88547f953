package io.vitaltwin.testbench.bench;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Tick;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.testbench.sim.Arrival;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Writes a cohort's records before anything is measured, each stamped with its time of arrival. One thread. */
final class Loader {

    private final Producer<String, byte[]> producer;
    private final Topics topics;
    private final Cohort cohort;
    private final AvroSerde<PatientContext> plans;
    private final AvroSerde<ConsentRecord> consents;
    private final AvroSerde<ReadingBatch> batches;
    private final AvroSerde<Tick> ticks;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    Loader(Producer<String, byte[]> producer, Topics topics, SchemaIds ids, Cohort cohort) {
        this.producer = producer;
        this.topics = topics;
        this.cohort = cohort;
        plans = new AvroSerde<>(topics.patients(), ids);
        consents = new AvroSerde<>(topics.consents(), ids);
        batches = new AvroSerde<>(topics.readings(), ids);
        ticks = new AvroSerde<>(topics.ticks(), ids);
    }

    /** Care plan and consent of everybody. */
    void register() {
        for (int i = 0; i < cohort.patients(); i++) {
            for (Arrival arrival : cohort.patient(i).registration(cohort.start())) {
                switch (arrival) {
                    case Arrival.Plan plan -> write(topics.patients().name(), arrival, plans.serialize("", plan.plan()));
                    case Arrival.Consent consent -> write(topics.consents().name(), arrival, consents.serialize("", consent.consent()));
                    default -> throw new IllegalStateException("a registration holds a care plan and a consent");
                }
            }
        }
        flush();
    }

    /** @return bytes of all values together */
    long send(long records) {
        long bytes = 0;
        for (long n = 0; n < records; n++) {
            bytes += sendOne(n);
        }
        flush();
        return bytes;
    }

    /** Hands the n-th batch to the producer. @return bytes of its value */
    long sendOne(long n) {
        byte[] value = batches.serialize("", cohort.batchOf(n));
        write(new ProducerRecord<>(topics.readings().name(), null, cohort.arrivalOf(n).toEpochMilli(), Cohort.patientId(cohort.patientOf(n)), value));
        return value == null ? 0 : value.length;
    }

    /** One tick a second on every partition, so that the twin gives out what it holds back. */
    void tickOn(Instant after, Duration length) {
        for (long second = 1; second <= length.toSeconds(); second++) {
            Instant at = after.plusSeconds(second);
            for (int partition = 0; partition < topics.partitions(); partition++) {
                var tick = Tick.newBuilder().setPartition(partition).setTime(at).build();
                write(new ProducerRecord<>(topics.ticks().name(), partition, at.toEpochMilli(), null, ticks.serialize("", tick)));
            }
        }
        flush();
    }

    private void write(String topic, Arrival arrival, byte @Nullable [] value) {
        write(new ProducerRecord<>(topic, null, arrival.at().toEpochMilli(), arrival.patientId(), value));
    }

    private void write(ProducerRecord<String, byte[]> entry) {
        producer.send(entry, (metadata, problem) -> {
            if (problem != null) {
                failure.compareAndSet(null, problem);
            }
        });
    }

    /** Waits until the broker has everything. */
    void flush() {
        producer.flush();
        Exception problem = failure.get();
        if (problem != null) {
            throw new IllegalStateException("the broker does not take the benchmark's records", problem);
        }
    }
}
