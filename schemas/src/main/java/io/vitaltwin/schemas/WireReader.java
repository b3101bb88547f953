package io.vitaltwin.schemas;

import io.vitaltwin.schemas.SchemaProblem.Kind;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.FastReaderBuilder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * From the Confluent wire format to records. The reader of each writer schema is resolved once and kept by id. Safe for use by
 * several threads: a topology hands one serde to all of its threads.
 */
final class WireReader<T> {

    static final int HEADER = 5;

    static {
        TrustedRecords.trust();
    }

    /** Its cache of resolved readers is not safe while it grows, so it is used under its own lock only. */
    private static final FastReaderBuilder READERS = new FastReaderBuilder(new PlainData());

    private final SchemaIds ids;
    private final UnaryOperator<Schema> readerSchema;
    private final IdTable<DatumReader<T>> readers = new IdTable<>();
    /** One spare decoder; a second thread at the same moment makes its own. */
    private final AtomicReference<WireDecoder> spare = new AtomicReference<>();

    /**
     * @param ids who knows the writer's schema
     * @param readerSchema from the writer's schema to the one that this build reads it as; throws {@link SchemaProblem} when it has none
     */
    WireReader(SchemaIds ids, UnaryOperator<Schema> readerSchema) {
        this.ids = ids;
        this.readerSchema = readerSchema;
    }

    /** @throws SchemaProblem naming what is wrong with the bytes */
    T read(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != 0) {
            throw new SchemaProblem(Kind.BAD_MAGIC, "not in the Confluent wire format: the first byte must be 0");
        }
        if (bytes.length < HEADER) {
            throw new SchemaProblem(Kind.TRUNCATED, "the record ends before its schema id does");
        }
        DatumReader<T> reader = readers.get(ByteBuffer.wrap(bytes, 1, 4).getInt(), this::resolve);
        WireDecoder free = spare.getAndSet(null);
        WireDecoder decoder = free == null ? new WireDecoder() : free;
        try {
            return readBody(reader, decoder.over(bytes, HEADER));
        } finally {
            decoder.release();
            spare.set(decoder);
        }
    }

    private T readBody(DatumReader<T> reader, WireDecoder decoder) {
        T value;
        try {
            value = reader.read(null, decoder);
        } catch (SchemaProblem e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Avro's own texts quote what they found, so neither they nor their exception go on.
            throw new SchemaProblem(Kind.MALFORMED, "the body does not fit its schema (" + e.getClass().getSimpleName() + ")");
        }
        if (!decoder.isEnd()) {
            throw new SchemaProblem(Kind.TRAILING_BYTES, "bytes after the end of the record");
        }
        return value;
    }

    private DatumReader<T> resolve(int id) {
        Schema writer = ids.schemaOf(id);
        Schema reader = readerSchema.apply(writer);
        try {
            synchronized (READERS) {
                return READERS.createDatumReader(writer, reader);
            }
        } catch (IOException | AvroTypeException e) {
            throw new SchemaProblem(Kind.MALFORMED, "schema " + id + " cannot be read as " + reader.getFullName(), e);
        }
    }
}
