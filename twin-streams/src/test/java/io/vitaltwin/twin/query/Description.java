package io.vitaltwin.twin.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** openapi.yaml, and whether an answer is as it says: the part of JSON Schema that it uses. */
final class Description {

    private static final Set<String> KNOWN = Set.of("type", "required", "properties", "additionalProperties", "items", "enum", "$ref", "description", "format",
            "minimum", "maximum", "default");

    private final JsonNode root;

    Description(String yaml) {
        root = new ObjectMapper().valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    }

    String version() {
        return root.path("openapi").asText();
    }

    Set<String> paths() {
        Set<String> paths = new HashSet<>();
        root.get("paths").fieldNames().forEachRemaining(paths::add);
        return paths;
    }

    /** What is wrong with an answer to a GET of this path; empty: nothing. */
    List<String> faults(String path, int status, String contentType, JsonNode answer) {
        JsonNode response = resolved(root.at("/paths/" + path.replace("/", "~1") + "/get/responses/" + status));
        if (response.isMissingNode()) {
            return List.of("no answer " + status + " is described");
        }
        JsonNode schema = response.path("content").path(contentType).path("schema");
        List<String> faults = new ArrayList<>();
        if (schema.isMissingNode()) {
            faults.add("no content " + contentType + " is described");
        } else {
            check(schema, answer, "", faults);
        }
        return faults;
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
    }

    private void check(JsonNode given, JsonNode value, String at, List<String> faults) {
        JsonNode schema = resolved(given);
        schema.fieldNames().forEachRemaining(name -> {
            if (!KNOWN.contains(name)) {
                faults.add(at + ": the description uses " + name + ", which this test does not know");
            }
        });
        if (schema.has("type") && !isOf(schema.get("type"), value)) {
            faults.add(at + ": is " + value.getNodeType() + ", not " + schema.get("type"));
            return;
        }
        if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            faults.add(at + ": " + value + " is not one of " + schema.get("enum"));
        }
        schema.path("required").forEach(name -> {
            if (!value.has(name.asText())) {
                faults.add(at + ": " + name.asText() + " is missing");
            }
        });
        if (value.isObject()) {
            value.properties().forEach(field -> {
                JsonNode known = schema.path("properties").path(field.getKey());
                JsonNode more = schema.path("additionalProperties");
                if (!known.isMissingNode()) {
                    check(known, field.getValue(), at + "/" + field.getKey(), faults);
                } else if (more.isObject()) {
                    check(more, field.getValue(), at + "/" + field.getKey(), faults);
                } else if (!more.asBoolean(true)) {
                    faults.add(at + ": " + field.getKey() + " is not described");
                }
            });
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            check(schema.path("items"), value.get(i), at + "/" + i, faults);
        }
    }

    private static boolean contains(JsonNode all, JsonNode value) {
        for (JsonNode one : all) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOf(JsonNode type, JsonNode value) {
        if (type.isArray()) {
            for (JsonNode one : type) {
                if (isOf(one, value)) {
                    return true;
                }
            }
            return false;
        }
        return switch (type.asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            default -> false;
        };
    }
}
