package io.vitaltwin.standalone.input.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitaltwin.standalone.input.InputException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One JSON object of a resource, with its path. Each child is taken once; what nobody took cannot be honoured, and is refused by
 * {@link #end}. Values are checked by the rules of the FHIR JSON format: no null, no empty list, object or text.
 */
final class Element {

    /** May stand anywhere and never changes what an element means (FHIR R4, Extensibility). */
    private static final Set<String> HARMLESS = Set.of("id", "extension");

    private final String file;
    private final String path;
    private final JsonNode node;
    private final Set<String> taken = new HashSet<>();

    private Element(String file, String path, JsonNode node) {
        this.file = file;
        this.path = path;
        this.node = node;
        if (!node.isObject() || node.isEmpty()) {
            throw problem("an object with elements is expected here");
        }
    }

    /** @param file what messages begin with, with a line where there is one */
    static Element root(String file, String path, JsonNode node) {
        return new Element(file, path, node);
    }

    InputException problem(String message) {
        return new InputException(file, path + ": " + message);
    }

    InputException problem(String child, String message) {
        return new InputException(file, path + "." + child + ": " + message);
    }

    String file() {
        return file;
    }

    String path() {
        return path;
    }

    boolean has(String name) {
        return node.has(name);
    }

    boolean isList(String name) {
        return node.path(name).isArray();
    }

    /** Takes elements that say nothing about what is permitted. */
    Element passOver(String... names) {
        taken.addAll(List.of(names));
        return this;
    }

    Optional<Element> child(String name) {
        return take(name).map(value -> new Element(file, path + "." + name, value));
    }

    /** The resource of a bundle's entry, under a path that begins with its type. */
    Optional<Element> resource(String name) {
        return take(name).map(value -> new Element(file + ": " + path + "." + name, value.path("resourceType").asText("Resource"), value));
    }

    /** Of a list; empty when it is not there. */
    List<Element> children(String name) {
        List<JsonNode> values = list(name);
        List<Element> children = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            children.add(new Element(file, path + "." + name + "[" + i + "]", values.get(i)));
        }
        return children;
    }

    /** The only one of a list. */
    Optional<Element> only(String name, String why) {
        List<Element> children = children(name);
        if (children.size() > 1) {
            throw children.get(1).problem(why);
        }
        return children.stream().findFirst();
    }

    Optional<String> text(String name) {
        return take(name).map(value -> {
            if (!value.isTextual() || value.asText().isBlank()) {
                throw problem(name, "a text is expected here");
            }
            return value.asText();
        });
    }

    Optional<Boolean> flag(String name) {
        return take(name).map(value -> {
            if (!value.isBoolean()) {
                throw problem(name, "true or false is expected here");
            }
            return value.asBoolean();
        });
    }

    String needText(String name, String why) {
        return text(name).orElseThrow(() -> problem(name, "is missing; " + why));
    }

    /** A time of FHIR's type dateTime, which may leave out what is smaller than a year. */
    Optional<FhirTime> time(String name) {
        return text(name).map(text -> FhirTime.parse(text).orElseThrow(() -> problem(name,
                "is not a FHIR dateTime; write 2026-03-02T08:00:00Z, 2026-03-02, 2026-03 or 2026")));
    }

    /** @throws InputException if there is an element that nobody took */
    void end() {
        node.fieldNames().forEachRemaining(name -> {
            if (!taken.contains(name) && !HARMLESS.contains(name)) {
                throw problem(name, whyNot(name));
            }
        });
    }

    private static String whyNot(String name) {
        return switch (name) {
            case "modifierExtension" -> "cannot be honoured: it may change the meaning of everything around it; remove it, or say it in R4's own elements";
            case "implicitRules" -> "cannot be honoured: its rules are not known here; remove it, and say in the resource what it means";
            default -> name.startsWith("_") ? "cannot be honoured: an extension of a value may change it; remove it"
                    : "is not an element of FHIR R4 that is known here; remove it, or correct its name";
        };
    }

    private List<JsonNode> list(String name) {
        Optional<JsonNode> value = take(name);
        if (value.isEmpty()) {
            return List.of();
        }
        if (!value.get().isArray() || value.get().isEmpty()) {
            throw problem(name, "a list with at least one entry is expected here");
        }
        List<JsonNode> values = new ArrayList<>();
        value.get().forEach(values::add);
        return values;
    }

    private Optional<JsonNode> take(String name) {
        taken.add(name);
        JsonNode value = node.get(name);
        if (value != null && value.isNull()) {
            throw problem(name, "null is no value in FHIR; leave the element out");
        }
        return Optional.ofNullable(value);
    }
}
