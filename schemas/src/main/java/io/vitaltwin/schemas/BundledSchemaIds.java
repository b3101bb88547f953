package io.vitaltwin.schemas;

import org.apache.avro.Schema;

/** The schemas that this build carries, under the ids of {@code schemas.lock}, whatever prefix the topics have. Needs no registry. */
public final class BundledSchemaIds implements SchemaIds {

    @Override
    public int idOf(String subject, Schema schema) {
        return BundledSchemas.find(subject, schema)
                .orElseThrow(() -> new SchemaProblem(SchemaProblem.Kind.NOT_REGISTERED, "schema " + schema.getFullName()
                        + " was never released under subject " + subject + ": see 'Releasing a version' in schemas/RATIONALE.md"))
                .id();
    }

    @Override
    public Schema schemaOf(int id) {
        return BundledSchemas.byId(id)
                .orElseThrow(() -> new SchemaProblem(SchemaProblem.Kind.UNKNOWN_ID, "no bundled schema has id " + id
                        + ": if the writer used a registry, give its URL"))
                .schema();
    }
}
