package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** A record of a topic as JSON: field names of its schema, names of enum symbols, times as ISO-8601 text. */
final class RecordText {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RecordText() {
    }

    static ObjectNode json(IndexedRecord value) {
        ObjectNode node = JSON.objectNode();
        value.getSchema().getFields().forEach(field -> node.set(field.name(), json(value.get(field.pos()))));
        return node;
    }

    private static JsonNode json(@Nullable Object value) {
        return switch (value) {
            case null -> JSON.nullNode();
            case IndexedRecord nested -> json(nested);
            case Collection<?> items -> {
                var array = JSON.arrayNode();
                items.forEach(item -> array.add(json(item)));
                yield array;
            }
            case Map<?, ?> entries -> {
                ObjectNode node = JSON.objectNode();
                entries.forEach((key, entry) -> node.set(String.valueOf(key), json(entry)));
                yield node;
            }
            case Boolean flag -> JSON.booleanNode(flag);
            case Integer number -> JSON.numberNode(number);
            case Long number -> JSON.numberNode(number);
            case Float number -> JSON.numberNode(number);
            case Double number -> JSON.numberNode(number);
            case Enum<?> symbol -> JSON.textNode(symbol.name());
            case CharSequence text -> JSON.textNode(text.toString());
            case Instant time -> JSON.textNode(time.toString());
            default -> throw new IllegalStateException("no JSON form for a field of type " + value.getClass().getName());
        };
    }
}
