package io.vitaltwin.schemas;

import org.apache.avro.Schema;

/** Which id stands for which schema. Implementations are safe for use by several threads. */
public interface SchemaIds {

    /**
     * The id under which values of this subject are written.
     *
     * @param subject {@code <topic>-value}
     * @throws SchemaProblem with {@link SchemaProblem.Kind#NOT_REGISTERED} when the subject does not hold this schema
     */
    int idOf(String subject, Schema schema);

    /**
     * The schema that a value with this id was written with.
     *
     * @throws SchemaProblem with {@link SchemaProblem.Kind#UNKNOWN_ID}
     */
    Schema schemaOf(int id);
}
