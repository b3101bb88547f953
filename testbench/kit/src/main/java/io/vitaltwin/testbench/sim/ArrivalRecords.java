package io.vitaltwin.testbench.sim;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.PatientReport;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Tick;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import org.apache.avro.specific.SpecificRecord;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Arrivals as the bytes of the input topics, and back. */
public final class ArrivalRecords {

    private final Topics topics;
    private final AvroSerde<PatientContext> plans;
    private final AvroSerde<ConsentRecord> consents;
    private final AvroSerde<ReadingBatch> readings;
    private final AvroSerde<PatientReport> reports;
    private final AvroSerde<Tick> ticks;

    public ArrivalRecords(Topics topics, SchemaIds ids) {
        this.topics = topics;
        this.plans = new AvroSerde<>(topics.patients(), ids);
        this.consents = new AvroSerde<>(topics.consents(), ids);
        this.readings = new AvroSerde<>(topics.readings(), ids);
        this.reports = new AvroSerde<>(topics.reports(), ids);
        this.ticks = new AvroSerde<>(topics.ticks(), ids);
    }

    public String topic(Arrival arrival) {
        return switch (arrival) {
            case Arrival.Plan plan -> topics.patients().name();
            case Arrival.Consent consent -> topics.consents().name();
            case Arrival.Batch batch -> topics.readings().name();
            case Arrival.Report report -> topics.reports().name();
            case Arrival.Garbage garbage -> topics.readings().name();
        };
    }

    public byte[] value(Arrival arrival) {
        return switch (arrival) {
            case Arrival.Plan plan -> written(plans, topics.patients(), plan.plan());
            case Arrival.Consent consent -> written(consents, topics.consents(), consent.consent());
            case Arrival.Batch batch -> written(readings, topics.readings(), batch.batch());
            case Arrival.Report report -> written(reports, topics.reports(), report.report());
            case Arrival.Garbage garbage -> garbage.bytes();
        };
    }

    /** A tick moves time and nothing else. */
    public byte[] tick(int partition, Instant at) {
        return written(ticks, topics.ticks(), new Tick(partition, at));
    }

    /** What stands in an input topic; empty for a tick. A record that nobody can read is garbage, on whichever topic. */
    public Optional<Arrival> arrival(String topic, String patient, Instant at, byte[] value) {
        if (topic.equals(topics.ticks().name())) {
            return Optional.empty();
        }
        if (Arrays.equals(value, new Arrival.Garbage(at, patient).bytes())) {
            return Optional.of(new Arrival.Garbage(at, patient));
        }
        if (topic.equals(topics.patients().name())) {
            return Optional.of(new Arrival.Plan(at, read(plans, topic, value)));
        }
        if (topic.equals(topics.consents().name())) {
            return Optional.of(new Arrival.Consent(at, read(consents, topic, value)));
        }
        if (topic.equals(topics.reports().name())) {
            return Optional.of(new Arrival.Report(at, read(reports, topic, value)));
        }
        return Optional.of(new Arrival.Batch(at, patient, read(readings, topic, value)));
    }

    private static <T extends SpecificRecord> T read(AvroSerde<T> serde, String topic, byte[] value) {
        T read = serde.deserialize(topic, value);
        if (read == null) {
            throw new IllegalStateException("a record of a story is never a tombstone");
        }
        return read;
    }

    private static <T extends SpecificRecord> byte[] written(AvroSerde<T> serde, Topic<T> topic, T value) {
        byte[] bytes = serde.serialize(topic.name(), value);
        if (bytes == null) {
            throw new IllegalStateException("a record of a story is never a tombstone");
        }
        return bytes;
    }
}
