package io.vitaltwin.schemas.streams;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.SchemaProblem;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

import java.util.function.BiFunction;

/**
 * Reads a topic's values, for any stream thread; bytes that cannot be read become a value too, so that a poison record stops nobody.
 *
 * @param <T> record of the topic
 * @param <I> what the application makes of it
 */
public final class TopicDeserializer<T extends SpecificRecord, I> implements Deserializer<I> {

    /** What becomes of bytes that cannot be read. */
    @FunctionalInterface
    public interface Poison<I> {
        /** @param code of the kind of the problem @param message what is wrong, never what the record said */
        I of(byte[] bytes, String code, String message);
    }

    private static final byte[] NOTHING = new byte[0];

    private final AvroSerde<T> serde;
    private final BiFunction<@Nullable T, byte[], I> wrap;
    private final Poison<I> poison;

    /** @param wrap what a value becomes, given its bytes; the value of a tombstone is null and has no bytes */
    public TopicDeserializer(AvroSerde<T> serde, BiFunction<@Nullable T, byte[], I> wrap, Poison<I> poison) {
        this.serde = serde;
        this.wrap = wrap;
        this.poison = poison;
    }

    @Override
    public I deserialize(String topic, byte @Nullable [] bytes) {
        byte[] known = bytes == null ? NOTHING : bytes;
        try {
            return wrap.apply(serde.deserialize(topic, bytes), known);
        } catch (SchemaProblem problem) {
            if (!problem.kind().isOfTheRecord()) {
                throw problem; // a registry that does not answer is no fault of the record: the application stops rather than lose it
            }
            return poison.of(known, problem.kind().name(), String.valueOf(problem.getMessage()));
        }
    }
}
