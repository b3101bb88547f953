package io.vitaltwin.schemas;

import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Avro in the Confluent wire format: byte 0, a 4-byte big-endian schema id, the body. Tombstones pass both ways as null.
 * Not safe for use by several threads, as is every Kafka serde.
 */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T>, Serializer<T>, Deserializer<T> {

    private final Schema schema;
    private final int id;
    private final SchemaIds ids;

    public AvroSerde(Topic<T> topic, SchemaIds ids) {
        this.schema = SpecificData.get().getSchema(topic.type());
        this.ids = ids;
        this.id = ids.idOf(topic.subject(), schema);
    }

    @Override
    public Serializer<T> serializer() {
        return this;
    }

    @Override
    public Deserializer<T> deserializer() {
        return this;
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        if (value == null) {
            return null;
        }
        try {
            var out = new ByteArrayOutputStream(256);
            out.write(0);
            out.write(ByteBuffer.allocate(4).putInt(id).array());
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new SpecificDatumWriter<T>(schema).write(value, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new SchemaProblem(SchemaProblem.Kind.MALFORMED, "value does not fit schema " + schema.getFullName(), e);
        }
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        if (bytes.length < 5 || bytes[0] != 0) {
            throw new SchemaProblem(SchemaProblem.Kind.BAD_MAGIC, "not in the Confluent wire format");
        }
        Schema writer = ids.schemaOf(ByteBuffer.wrap(bytes, 1, 4).getInt());
        try {
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null);
            T value = new SpecificDatumReader<T>(writer, schema).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new SchemaProblem(SchemaProblem.Kind.TRAILING_BYTES, "bytes after the end of the record");
            }
            return value;
        } catch (IOException | RuntimeException e) {
            throw e instanceof SchemaProblem known ? known : new SchemaProblem(SchemaProblem.Kind.MALFORMED, "body does not fit its schema", e);
        }
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
