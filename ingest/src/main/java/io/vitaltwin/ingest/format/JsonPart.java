package io.vitaltwin.ingest.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vitaltwin.ingest.Refusal;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A part of a line of JSON that knows where it stands.
 *
 * @param path from the root, such as {@code Observation.code.coding[0].system}
 * @param column character of the line from 1
 * @param value a map of parts, a list of parts, a String, a BigDecimal, a Boolean, or null
 */
record JsonPart(String path, int column, @Nullable Object value) {

    private static final int MAX_DEPTH = 50;
    private static final int MAX_NUMBER_LENGTH = 64;
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNumberLength(MAX_NUMBER_LENGTH).build())
            .build();

    /**
     * The one object of a line.
     *
     * @param name what the paths begin with
     * @throws LineRefused if the line is not one JSON object
     */
    static JsonPart read(String name, String line) throws LineRefused {
        try (JsonParser parser = FACTORY.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw LineRefused.invalid(1, "the line is not a JSON object: write one FHIR resource in each line");
            }
            JsonPart root = part(name, parser);
            if (parser.nextToken() != null) {
                throw LineRefused.invalid(columnOf(parser), "something follows the resource: write one FHIR resource in each line");
            }
            return root;
        } catch (JsonProcessingException e) {
            int column = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getColumnNr());
            throw LineRefused.invalid(column, "the line is not valid JSON here, names a field twice, or is nested too deeply");
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory cannot be read", e);
        }
    }

    /** The part of an object; empty where there is none, or where this is no object. */
    Optional<JsonPart> get(String name) {
        return value instanceof Map<?, ?> map ? Optional.ofNullable((JsonPart) map.get(name)) : Optional.empty();
    }

    /** @throws LineRefused if it is missing */
    JsonPart require(String name) throws LineRefused {
        Optional<JsonPart> part = get(name);
        if (part.isEmpty()) {
            throw refused(name, "is missing");
        }
        return part.get();
    }

    /** The items of a list; empty where this is none. */
    List<JsonPart> items() {
        List<JsonPart> parts = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(item -> parts.add((JsonPart) item));
        }
        return parts;
    }

    /** The items of a list within an object; empty where there is none. */
    List<JsonPart> items(String name) {
        return get(name).map(JsonPart::items).orElse(List.of());
    }

    /** The text of a field of an object; empty where there is none or it is no text. */
    Optional<String> text(String name) {
        return get(name).flatMap(part -> part.value instanceof String text ? Optional.of(text) : Optional.empty());
    }

    /** @throws LineRefused if it is no text */
    String text() throws LineRefused {
        if (value instanceof String text) {
            return text;
        }
        throw refused("must be text");
    }

    /** @throws LineRefused if it is no number, or none that a double can hold */
    double number() throws LineRefused {
        double number = value instanceof BigDecimal decimal ? decimal.doubleValue() : Double.NaN;
        if (!Double.isFinite(number)) {
            throw refused("must be a number such as 36.5");
        }
        return number;
    }

    /** @param problem what is wrong and what to do, never what stands there */
    LineRefused refused(String problem) {
        return LineRefused.invalid(column, path + " " + problem);
    }

    LineRefused refused(String name, String problem) {
        return get(name).map(part -> part.refused(problem)).orElseGet(() -> LineRefused.invalid(column, path + "." + name + " " + problem));
    }

    LineRefused refused(Refusal.Reason reason, String problem) {
        return new LineRefused(column, reason, path + " " + problem);
    }

    /** At the first token of the value. */
    private static JsonPart part(String path, JsonParser parser) throws IOException {
        int column = columnOf(parser);
        return new JsonPart(path, column, switch (parser.currentToken()) {
            case START_OBJECT -> fields(path, parser);
            case START_ARRAY -> list(path, parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> null;
        });
    }

    private static Map<String, JsonPart> fields(String path, JsonParser parser) throws IOException {
        Map<String, JsonPart> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, part(path + "." + name, parser));
        }
        return fields;
    }

    private static List<JsonPart> list(String path, JsonParser parser) throws IOException {
        List<JsonPart> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(part(path + "[" + items.size() + "]", parser));
        }
        return items;
    }

    private static int columnOf(JsonParser parser) {
        return Math.max(1, parser.currentTokenLocation().getColumnNr());
    }
}
