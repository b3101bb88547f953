package io.vitaltwin.schemas;

import io.vitaltwin.schemas.SchemaProblem.Kind;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

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
    private final ValueWriter writer;
    /** One spare buffer; a second thread at the same moment makes its own. */
    private final AtomicReference<WireOutput> spare = new AtomicReference<>();

    WireWriter(Schema schema, int id) {
        this.schema = schema;
        this.id = id;
        this.writer = ValueWriter.of(schema);
    }

    Schema schema() {
        return schema;
    }

    /** @throws SchemaProblem with {@link Kind#MALFORMED} when the value does not fit, naming the field that is missing where one is */
    byte[] write(T value) {
        WireOutput free = spare.getAndSet(null);
        WireOutput out = free == null ? new WireOutput() : free;
        try {
            writer.write(value, out.begin(id));
            return out.toByteArray();
        } catch (RuntimeException e) {
            // What the exception says may quote the value, so it does not go on.
            throw new SchemaProblem(Kind.MALFORMED, "value does not fit schema " + schema.getFullName() + ": " + misfit(value, e));
        } finally {
            if (out.capacity() <= LARGEST_KEPT_BUFFER) {
                spare.set(out);
            }
        }
    }

    private String misfit(T value, Exception e) {
        return schema.getFields().stream()
                .filter(field -> value.get(field.pos()) == null && !field.schema().isNullable())
                .findFirst()
                .map(field -> "field " + field.name() + " is missing")
                .orElse(e.getClass().getSimpleName());
    }
}
