package io.vitaltwin.standalone.input.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.standalone.input.InputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** Seeded damage to good consents: it is refused, or it means no more than before. */
class FhirMutationTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROUNDS = 600;
    /** Values that have no meaning of their own when they are misspelt; a misspelt name of somebody is the name of somebody else. */
    private static final Set<String> CODED = Set.of("code", "system", "status", "type", "start", "end", "resourceType");
    static final List<String> FILES = FhirFiles.ALL;

    @ParameterizedTest
    @FieldSource("FILES")
    void shouldNotPermitMoreByAMistake(String file) throws Exception {
        Set<String> permitted = Set.copyOf(FhirFiles.permitted(FhirFiles.parse(FhirFiles.text(file))));
        int refused = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            ObjectNode consent = (ObjectNode) JSON.readTree(FhirFiles.text(file));
            String what = "seed " + seed + ": " + misspell(consent, new Random(seed));
            Optional<List<ConsentRecord>> read = read(consent.toString());
            refused += read.isEmpty() ? 1 : 0;
            read.ifPresent(consents -> assertThat(permitted).as(what).containsAll(FhirFiles.permitted(consents)));
        }
        assertThat(refused).as("most mistakes are seen").isGreaterThan(ROUNDS / 2);
    }

    /** Whatever comes, the only exception is the one for people. */
    @ParameterizedTest
    @FieldSource("FILES")
    void shouldReadOrRefuseAnything(String file) throws Exception {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            ObjectNode consent = (ObjectNode) JSON.readTree(FhirFiles.text(file));
            for (int i = 0; i <= random.nextInt(3); i++) {
                damage(consent, random);
            }
            read(consent.toString());
            StringBuilder text = new StringBuilder(FhirFiles.text(file));
            for (int i = 0; i <= random.nextInt(4); i++) {
                text.setCharAt(random.nextInt(text.length()), "{}[]\",:x0\n\u0000".charAt(random.nextInt(11)));
            }
            read(text.toString());
            read(text.substring(0, random.nextInt(text.length())));
        }
    }

    private static Optional<List<ConsentRecord>> read(String text) {
        try {
            return Optional.of(FhirFiles.parse(text));
        } catch (InputException e) {
            assertThat(e.getMessage()).startsWith("c.json:").doesNotContain("\n");
            return Optional.empty();
        }
    }

    /** Another name for an element, an element that nobody knows, or another value of a code, a type or a date. */
    private static String misspell(ObjectNode consent, Random random) {
        List<ObjectNode> objects = objects(consent);
        while (true) {
            ObjectNode object = objects.get(random.nextInt(objects.size()));
            List<String> names = names(object);
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(3)) {
                case 0 -> {
                    object.set(name + "x", object.remove(name));
                    return "renamed " + name;
                }
                case 1 -> {
                    String unknown = List.of("modifierExtension", "securityLabel", "data", "except", "_" + name).get(random.nextInt(5));
                    object.putArray(unknown).addObject().put("url", "urn:x");
                    return "added " + unknown + " beside " + name;
                }
                default -> {
                    if (CODED.contains(name) && object.get(name).isTextual()) {
                        object.put(name, object.get(name).asText() + "x");
                        return "misspelt value of " + name;
                    }
                }
            }
        }
    }

    /** Takes away, doubles, or gives another type. */
    private static void damage(ObjectNode consent, Random random) {
        List<ObjectNode> objects = objects(consent);
        ObjectNode object = objects.get(random.nextInt(objects.size()));
        List<String> names = names(object);
        if (names.isEmpty()) {
            return;
        }
        String name = names.get(random.nextInt(names.size()));
        JsonNode value = object.get(name);
        switch (random.nextInt(7)) {
            case 0 -> object.remove(name);
            case 1 -> object.putNull(name);
            case 2 -> object.put(name, random.nextInt());
            case 3 -> object.putArray(name).add(value.deepCopy()).add(value.deepCopy());
            case 4 -> object.putObject(name).set(name, value.deepCopy());
            case 5 -> object.put(name, random.nextBoolean() ? "" : "\u0000\uD800#/Patient/");
            default -> {
                ObjectNode other = objects.get(random.nextInt(objects.size()));
                other.set(name, value.deepCopy());
            }
        }
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<ObjectNode> objects(JsonNode node) {
        List<ObjectNode> found = new ArrayList<>();
        if (node instanceof ObjectNode object && !object.isEmpty()) {
            found.add(object);
        }
        if (node instanceof ObjectNode || node instanceof ArrayNode) {
            node.forEach(child -> found.addAll(objects(child)));
        }
        return found;
    }
}
