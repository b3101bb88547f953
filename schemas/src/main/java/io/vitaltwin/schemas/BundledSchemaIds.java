package io.vitaltwin.schemas;

import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The schemas that this build carries, under the ids of {@code schemas.lock}. Needs no registry. */
public final class BundledSchemaIds implements SchemaIds {

    private final Map<Long, Integer> ids = new HashMap<>();
    private final Map<Integer, Schema> schemas = new HashMap<>();

    public BundledSchemaIds() {
        int next = 1;
        for (Schema schema : List.of(ReadingBatch.SCHEMA$, PatientContext.SCHEMA$, ConsentRecord.SCHEMA$, PatientReport.SCHEMA$,
                Tick.SCHEMA$, AlertEvent.SCHEMA$, ConsentViolation.SCHEMA$, QualityFlag.SCHEMA$, TwinSnapshot.SCHEMA$,
                AlertAction.SCHEMA$, WorklistItem.SCHEMA$, Notification.SCHEMA$, Disclosure.SCHEMA$)) {
            ids.put(SchemaNormalization.parsingFingerprint64(schema), next);
            schemas.put(next++, schema);
        }
    }

    @Override
    public int idOf(String subject, Schema schema) {
        Integer id = ids.get(SchemaNormalization.parsingFingerprint64(schema));
        if (id == null) {
            throw new SchemaProblem(SchemaProblem.Kind.NOT_REGISTERED, "no bundled schema for subject " + subject);
        }
        return id;
    }

    @Override
    public Schema schemaOf(int id) {
        Schema schema = schemas.get(id);
        if (schema == null) {
            throw new SchemaProblem(SchemaProblem.Kind.UNKNOWN_ID, "no schema with id " + id);
        }
        return schema;
    }
}
