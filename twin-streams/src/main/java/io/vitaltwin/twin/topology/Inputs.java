package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Tick;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.streams.TopicDeserializer;
import io.vitaltwin.twin.topology.Incoming.Unreadable;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.BiFunction;

/** What the topology reads, and what a record of each topic becomes: one table for the topology and for whoever folds a log without it. */
final class Inputs {

    private static final byte[] NOTHING = new byte[0];

    private Inputs() {
    }

    /**
     * A topic that is read.
     *
     * @param source name of the source in the topology: part of the golden file
     * @param wrap what a value becomes, given its bytes; null is a tombstone
     */
    record Input<T extends SpecificRecord>(String source, Topic<T> topic, BiFunction<@Nullable T, byte[], Incoming> wrap) {

        TopicDeserializer<T, Incoming> deserializer(SchemaIds ids) {
            return new TopicDeserializer<>(new AvroSerde<>(topic, ids), wrap, Unreadable::new);
        }
    }

    /** What is read of patients, in the order of the golden file. */
    static List<Input<?>> ofPatients(Topics topics) {
        return ofPatients(topics, topics.ticks());
    }

    /** The same with another clock. */
    static List<Input<?>> ofPatients(Topics topics, Topic<Tick> ticks) {
        return List.of(
                new Input<>("readings", topics.readings(), (batch, bytes) -> batch == null ? tombstone(bytes) : new Incoming.Readings(batch, bytes)),
                new Input<>("patients", topics.patients(), Incoming.CarePlan::new),
                new Input<>("consents", topics.consents(),
                        (consent, bytes) -> consent == null ? tombstone(bytes) : new Incoming.Consent(consent, bytes)),
                new Input<>("reports", topics.reports(), (report, bytes) -> report == null ? tombstone(bytes) : new Incoming.Report(report, bytes)),
                new Input<>("device-sharings", topics.deviceSharings(),
                        (sharing, bytes) -> sharing == null ? tombstone(bytes) : new Incoming.Shared(sharing, bytes)),
                new Input<>("ticks", ticks, (tick, bytes) -> new Incoming.Tick(NOTHING)),
                new Input<>("erasure-orders", topics.erasureOrders(), Incoming.Erasure::new));
    }

    static Input<?> ofDevices(Topics topics) {
        return new Input<>("device-sightings", topics.deviceSightings(), Incoming.Sighted::new);
    }

    private static Incoming tombstone(byte[] bytes) {
        return new Unreadable(bytes, SchemaProblem.Kind.MALFORMED.name(), "a record without a value: this topic has no tombstones");
    }
}
