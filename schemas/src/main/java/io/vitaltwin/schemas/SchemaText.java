package io.vitaltwin.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.apache.avro.Schema;

/**
 * Schemas as text. What is published carries no property that only Java's generated classes need; two schemas are the same to
 * readers and writers when they differ in nothing but those and their docs. (Avro's parsing form drops too much for that:
 * defaults and logical types.)
 */
final class SchemaText {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SchemaText() {
    }

    /** As it is released and registered: docs stay, Java's properties go. */
    static String published(Schema schema) {
        return stripped(schema, false);
    }

    /** What two schemas have in common when data and meaning of fields are the same for both. */
    static String essence(Schema schema) {
        return stripped(schema, true);
    }

    private static String stripped(Schema schema, boolean docs) {
        try {
            return JSON.writeValueAsString(strip(JSON.readTree(schema.toString()), docs));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("schema " + schema.getFullName() + " does not print as JSON", e);
        }
    }

    private static JsonNode strip(JsonNode node, boolean docs) {
        return switch (node) {
            case ArrayNode array -> {
                ArrayNode result = JSON.createArrayNode();
                array.forEach(item -> result.add(strip(item, docs)));
                yield result;
            }
            case ObjectNode object -> stripObject(object, docs);
            default -> node;
        };
    }

    private static JsonNode stripObject(ObjectNode object, boolean docs) {
        ObjectNode result = JSON.createObjectNode();
        object.properties().forEach(property -> {
            boolean goes = property.getKey().equals("avro.java.string") || docs && property.getKey().equals("doc");
            if (!goes) {
                // A default is data, not schema: it stays as it is.
                result.set(property.getKey(), property.getKey().equals("default") ? property.getValue() : strip(property.getValue(), docs));
            }
        });
        boolean bare = result.size() == 1 && result.path("type").isTextual();
        return bare ? TextNode.valueOf(result.get("type").textValue()) : result;
    }
}
