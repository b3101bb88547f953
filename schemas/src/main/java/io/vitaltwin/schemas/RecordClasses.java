package io.vitaltwin.schemas;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

import java.util.Map;
import java.util.stream.Collectors;

/** The records that travel as values, by the name that a writer's schema gives them. */
final class RecordClasses {

    private static final Map<String, Schema> SCHEMAS = Topics.defaults().avro().stream()
            .map(topic -> SpecificData.get().getSchema(topic.type()))
            .collect(Collectors.toUnmodifiableMap(Schema::getFullName, schema -> schema));

    private RecordClasses() {
    }

    /** @throws SchemaProblem with UNKNOWN_ID when the writer's schema is none of ours */
    static Schema readerFor(Schema writer) {
        Schema schema = writer.getType() == Schema.Type.RECORD ? SCHEMAS.get(writer.getFullName()) : null;
        if (schema == null) {
            throw new SchemaProblem(SchemaProblem.Kind.UNKNOWN_ID, "the record's schema is none of io.vitaltwin.schemas");
        }
        return schema;
    }
}
