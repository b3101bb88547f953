package io.vitaltwin.schemas;

import org.apache.kafka.common.errors.SerializationException;

/** A value that cannot be read or written as Avro. The message names what is wrong, never what the record said. */
public final class SchemaProblem extends SerializationException {

    /** What is wrong, in a word that goes into dead-letter headers and counters. */
    public enum Kind {
        /** The first byte is not 0: not in the Confluent wire format. */
        BAD_MAGIC(true),
        /** Nobody knows a schema with this id. */
        UNKNOWN_ID(true),
        /** The bytes end in the middle of a value. */
        TRUNCATED(true),
        /** Bytes are left after the last field. */
        TRAILING_BYTES(true),
        /** A length or a count that no record could keep. */
        TOO_LONG(true),
        /** The bytes, or the value to be written, do not fit the schema. */
        MALFORMED(true),
        /** The registry, or this build, does not hold the schema under the subject. */
        NOT_REGISTERED(false),
        /** No answer from the registry, or none that makes sense. */
        REGISTRY_UNREACHABLE(false),
        /** The registry answered, and the answer is no: not authorised, read-only, or incompatible. */
        REGISTRY_REFUSED(false);

        private final boolean ofTheRecord;

        Kind(boolean ofTheRecord) {
            this.ofTheRecord = ofTheRecord;
        }

        /** Whether the record itself is at fault, so that reading it again gives the same; else the surroundings are. */
        public boolean isOfTheRecord() {
            return ofTheRecord;
        }
    }

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
