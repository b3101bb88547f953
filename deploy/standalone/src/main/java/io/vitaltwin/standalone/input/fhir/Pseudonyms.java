package io.vitaltwin.standalone.input.fhir;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who a reference means: the id of its resource, or the value of its identifier. What is displayed of a person is never read. */
final class Pseudonyms {

    /** {@code Patient/p1}, with a base address before it and a version after it. */
    private static final Pattern LITERAL = Pattern.compile("(?:.+/)?([A-Z][A-Za-z]+)/([A-Za-z0-9.-]{1,64})(?:/_history/[A-Za-z0-9.-]{1,64})?");

    /** fullUrl of an entry to {@code Type/id}. */
    private final Map<String, String> addresses = new HashMap<>();

    void add(String fullUrl, String type, String id) {
        addresses.put(fullUrl, type + "/" + id);
    }

    String of(Element reference) {
        return of(reference, "");
    }

    /** @param type that the reference must be of; empty: any */
    String of(Element reference, String type) {
        reference.passOver("display");
        reference.text("type").filter(said -> !type.isEmpty() && !said.equals(type)).ifPresent(said -> {
            throw reference.problem("type", "a reference to a " + type + " is expected here");
        });
        Optional<String> literal = reference.text("reference").map(text -> byAddress(reference, text, type));
        Optional<String> logical = reference.child("identifier").map(Pseudonyms::byIdentifier);
        reference.end();
        return literal.or(() -> logical).orElseThrow(() -> reference.problem("a reference or an identifier is expected here"));
    }

    private String byAddress(Element reference, String text, String type) {
        if (text.startsWith("#")) {
            throw reference.problem("reference", "cannot be honoured: it points to a contained resource, which has no pseudonym;"
                    + " refer to a resource by type and id");
        }
        Matcher matcher = LITERAL.matcher(addresses.getOrDefault(text, text));
        if (!matcher.matches()) {
            throw reference.problem("reference", "leads to no type and id, neither in itself nor by an entry of the same bundle;"
                    + " write it as " + (type.isEmpty() ? "Organization" : type) + "/ID");
        }
        if (!type.isEmpty() && !matcher.group(1).equals(type)) {
            throw reference.problem("reference", "a reference to a " + type + " is expected here");
        }
        return matcher.group(2);
    }

    private static String byIdentifier(Element identifier) {
        identifier.passOver("use", "type", "system", "period", "assigner");
        String value = identifier.needText("value", "an identifier without a value names nobody");
        identifier.end();
        return value;
    }
}
