package io.vitaltwin.alerts.topology;

import io.vitaltwin.alerts.topology.Incoming.Unreadable;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.SchemaProblem;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

import java.util.function.BiFunction;

/** Reads a topic's values; bytes that cannot be read become a value too, so that a poison record stops nobody. */
final class IncomingDeserializer<T extends SpecificRecord> implements Deserializer<Incoming> {

    private static final byte[] NOTHING = new byte[0];

    private final AvroSerde<T> serde;
    private final BiFunction<@Nullable T, byte[], Incoming> wrap;

    /** @param wrap what a value becomes, given its bytes; the value of a tombstone is null and has no bytes */
    IncomingDeserializer(AvroSerde<T> serde, BiFunction<@Nullable T, byte[], Incoming> wrap) {
        this.serde = serde;
        this.wrap = wrap;
    }

    @Override
    public Incoming deserialize(String topic, byte @Nullable [] bytes) {
        byte[] known = bytes == null ? NOTHING : bytes;
        try {
            return wrap.apply(serde.deserialize(topic, bytes), known);
        } catch (SchemaProblem problem) {
            if (!problem.kind().isOfTheRecord()) {
                throw problem; // a registry that does not answer is no fault of the record: the workflow stops rather than lose it
            }
            return new Unreadable(known, problem.kind().name(), problem.getMessage());
        }
    }
}
