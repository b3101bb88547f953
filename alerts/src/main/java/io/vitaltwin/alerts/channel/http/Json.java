package io.vitaltwin.alerts.channel.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.Collection;

/** JSON out, and what little is read of an answer. */
final class Json {

    static final String TYPE = "application/json";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array(Collection<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts can be written", e);
        }
    }

    /** The text between the quotes of a JSON string. */
    static String escaped(String text) {
        String quoted = text(JsonNodeFactory.instance.textNode(text));
        return quoted.substring(1, quoted.length() - 1);
    }

    static boolean isJson(String text) {
        try {
            return !MAPPER.readTree(text).isMissingNode();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** A text of an answer's object. @return empty: there is none, or the answer is no JSON object */
    static String field(HttpAnswer answer, String name) {
        try {
            JsonNode tree = MAPPER.readTree(answer.body());
            return tree == null ? "" : tree.path(name).asText("");
        } catch (IOException e) {
            return ""; // a receiver that took the message may answer what it likes
        }
    }
}
