package io.vitaltwin.schemas;

import org.apache.kafka.common.errors.SerializationException;

/** A value that cannot be read or written as Avro. The message names what is wrong, never what the record said. */
public final class SchemaProblem extends SerializationException {

    /** What is wrong, in a word that goes into dead-letter headers and counters. */
    public enum Kind { BAD_MAGIC, UNKNOWN_ID, TRUNCATED, TRAILING_BYTES, TOO_LONG, MALFORMED, NOT_REGISTERED, REGISTRY_UNREACHABLE }

    private final Kind kind;

    public SchemaProblem(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public SchemaProblem(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
