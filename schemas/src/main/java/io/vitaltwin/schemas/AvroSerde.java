package io.vitaltwin.schemas;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Avro in the Confluent wire format: byte 0, a 4-byte big-endian schema id, the body. The id that values are written under is
 * looked up once, when the serde is made. Tombstones pass both ways as null. Safe for use by several threads.
 */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T>, Serializer<T>, Deserializer<T> {

    private final WireWriter<T> writer;
    private final WireReader<T> reader;

    /** @throws SchemaProblem when the ids do not know this topic's schema, or cannot be asked */
    public AvroSerde(Topic<T> topic, SchemaIds ids) {
        Schema schema = SpecificData.get().getSchema(topic.type());
        this.writer = new WireWriter<>(schema, ids.idOf(topic.subject(), schema));
        this.reader = new WireReader<>(ids, written -> schema);
    }

    @Override
    public Serializer<T> serializer() {
        return this;
    }

    @Override
    public Deserializer<T> deserializer() {
        return this;
    }

    /** @throws SchemaProblem with {@link SchemaProblem.Kind#MALFORMED} when a field that must be there is not */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        return value == null ? null : writer.write(value);
    }

    /** @throws SchemaProblem naming what is wrong with the bytes, never what they say */
    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        return bytes == null ? null : reader.read(bytes);
    }

    @Override
    public void close() {
        // holds nothing that must be closed
    }

    @Override
    public void configure(java.util.Map<String, ?> configs, boolean isKey) {
        // everything is given to the constructor
    }
}
