package io.vitaltwin.schemas;

import io.vitaltwin.schemas.SchemaProblem.Kind;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/** From records of one schema to the Confluent wire format. Safe for use by several threads: a producer is shared by its callers. */
final class WireWriter<T extends SpecificRecord> {

    static {
        TrustedRecords.trust();
    }

    /** A buffer that grew beyond this for one large record is not kept. */
    private static final int LARGEST_KEPT_BUFFER = 1 << 16;

    private final Schema schema;
    private final int id;
    private final SpecificDatumWriter<T> writer;
    /** One spare buffer; a second thread at the same moment makes its own. */
    private final AtomicReference<Buffer> spare = new AtomicReference<>();

    WireWriter(Schema schema, int id) {
        this.schema = schema;
        this.id = id;
        this.writer = new SpecificDatumWriter<>(schema);
    }

    Schema schema() {
        return schema;
    }

    /** @throws SchemaProblem with {@link Kind#MALFORMED} when the value does not fit, naming the field that is missing where one is */
    byte[] write(T value) {
        Buffer free = spare.getAndSet(null);
        Buffer buffer = free == null ? new Buffer() : free;
        byte[] bytes;
        try {
            buffer.begin(id);
            writer.write(value, buffer.encoder);
            buffer.encoder.flush();
            bytes = buffer.toByteArray();
        } catch (IOException | RuntimeException e) {
            // The encoder holds half a record now, so it is left behind; Avro's texts quote values, so they are too.
            throw new SchemaProblem(Kind.MALFORMED, "value does not fit schema " + schema.getFullName() + ": " + misfit(value, e));
        }
        if (buffer.capacity() <= LARGEST_KEPT_BUFFER) {
            spare.set(buffer);
        }
        return bytes;
    }

    private String misfit(T value, Exception e) {
        return schema.getFields().stream()
                .filter(field -> value.get(field.pos()) == null && !field.schema().isNullable())
                .findFirst()
                .map(field -> "field " + field.name() + " is missing")
                .orElse(e.getClass().getSimpleName());
    }

    private static final class Buffer extends ByteArrayOutputStream {

        private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(this, (@Nullable BinaryEncoder) null);

        Buffer() {
            super(512);
        }

        void begin(int id) {
            reset();
            write(0);
            write(id >>> 24);
            write(id >>> 16);
            write(id >>> 8);
            write(id);
        }

        int capacity() {
            return buf.length;
        }
    }
}
