package io.vitaltwin.schemas;

import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Says what a schema breaks when it comes after the released versions of its subject. */
final class SchemaGate {

    private SchemaGate() {
    }

    /** One sentence for each thing that breaks; empty when the candidate may be released. */
    static List<String> breaks(Compatibility level, Schema candidate, List<Schema> released) {
        List<String> breaks = new ArrayList<>();
        for (int i = 0; i < released.size(); i++) {
            Schema old = released.get(i);
            String version = "version " + (i + 1);
            addMisreading(breaks, candidate, old, "the new schema cannot read " + version);
            if (level == Compatibility.FULL_TRANSITIVE) {
                addMisreading(breaks, old, candidate, version + " cannot read the new schema");
            }
            addChangedMeanings(breaks, candidate, old, version);
        }
        return breaks;
    }

    private static void addMisreading(List<String> breaks, Schema reader, Schema writer, String what) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
        if (result.getCompatibility() == SchemaCompatibilityType.INCOMPATIBLE) {
            result.getIncompatibilities().forEach(found -> breaks.add(what + ": " + found.getType() + " at " + found.getLocation()
                    + ", " + found.getMessage()));
        }
    }

    /** Avro reads a timestamp in microseconds as one in milliseconds without a word: the number is the same, its meaning is not. */
    private static void addChangedMeanings(List<String> breaks, Schema candidate, Schema old, String version) {
        Map<String, String> before = logicalTypes(old);
        Map<String, String> after = logicalTypes(candidate);
        before.forEach((field, type) -> {
            if (after.containsKey(field) && !Objects.equals(after.get(field), type)) {
                breaks.add("field " + field + " was " + type + " in " + version + " and is " + after.get(field) + " now");
            }
        });
    }

    private static Map<String, String> logicalTypes(Schema schema) {
        Map<String, String> types = new TreeMap<>();
        collect("", schema, types);
        return types;
    }

    private static void collect(String path, Schema schema, Map<String, String> types) {
        switch (schema.getType()) {
            case RECORD -> schema.getFields().forEach(field -> collect(path + "/" + field.name(), field.schema(), types));
            case ARRAY -> collect(path + "[]", schema.getElementType(), types);
            case MAP -> collect(path + "{}", schema.getValueType(), types);
            case UNION -> schema.getTypes().stream().filter(branch -> branch.getType() != Schema.Type.NULL)
                    .forEach(branch -> collect(schema.getTypes().size() == 2 ? path : path + ":" + branch.getName(), branch, types));
            default -> {
                LogicalType logical = schema.getLogicalType();
                types.put(path, logical == null ? "plain" : logical.getName());
            }
        }
    }
}
