package io.vitaltwin.standalone.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.schemas.FhirUris;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Parts that resources are made of. */
final class Fhir {

    static final String VALUE = FhirUris.OURS + "CodeSystem/value";
    static final String RULE = FhirUris.OURS + "CodeSystem/rule";
    static final String WORD = FhirUris.OURS + "CodeSystem/word";
    static final String ABSENT = FhirUris.TERMINOLOGY + "data-absent-reason";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");
    private static final Pattern CODE = Pattern.compile("\\S+( \\S+)*");
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Fhir() {
    }

    static ObjectNode resource(String type, String id) {
        return JSON.objectNode().put("resourceType", type).put("id", id);
    }

    static ObjectNode object() {
        return JSON.objectNode();
    }

    static ArrayNode array() {
        return JSON.arrayNode();
    }

    static ArrayNode array(ObjectNode... items) {
        ArrayNode array = JSON.arrayNode();
        for (ObjectNode item : items) {
            array.add(item);
        }
        return array;
    }

    static ObjectNode coding(String system, String code) {
        return JSON.objectNode().put("system", system).put("code", code);
    }

    static ObjectNode concept(ObjectNode... codings) {
        return JSON.objectNode().set("coding", array(codings));
    }

    /** A word of this project. */
    static ObjectNode word(String word) {
        return concept(coding(WORD, word));
    }

    static ObjectNode reference(String type, String name) {
        return JSON.objectNode().put("reference", type + "/" + id(name));
    }

    static ObjectNode identifier(String what, String value) {
        return JSON.objectNode().put("system", FhirUris.OURS + what).put("value", value);
    }

    /** A person or system known by name only. */
    static ObjectNode named(String what, String name) {
        ObjectNode who = JSON.objectNode();
        who.set("identifier", identifier(what, name));
        return who.put("display", name);
    }

    /** @param type such as {@code valueCode} */
    static ObjectNode extension(String name, String type, String value) {
        return JSON.objectNode().put("url", FhirUris.EXTENSION + name).put(type, value);
    }

    static ObjectNode extension(String name, double value) {
        return JSON.objectNode().put("url", FhirUris.EXTENSION + name).put("valueDecimal", value);
    }

    /** An extension made of {@link #part parts}. */
    static ObjectNode extension(String name, Collection<ObjectNode> parts) {
        ObjectNode extension = JSON.objectNode().put("url", FhirUris.EXTENSION + name);
        extension.putArray("extension").addAll(parts);
        return extension;
    }

    static ObjectNode part(String name, String type, String value) {
        return JSON.objectNode().put("url", name).put(type, value);
    }

    static ObjectNode part(String name, double value) {
        return JSON.objectNode().put("url", name).put("valueDecimal", value);
    }

    /** Sets a list where it holds anything: FHIR knows no empty lists. */
    static void setUnlessEmpty(ObjectNode node, String field, ArrayNode items) {
        if (!items.isEmpty()) {
            node.set(field, items);
        }
    }

    /** A name as a resource id: itself where FHIR allows it, else 32 hex digits of its SHA-256. */
    static String id(String name) {
        return ID.matcher(name).matches() ? name : hash(name);
    }

    /** With milliseconds, in UTC. @throws IllegalArgumentException for a year that FHIR cannot write: see {@link #isWritable} */
    static String time(Instant time) {
        if (!isWritable(time)) {
            throw new IllegalArgumentException("FHIR writes years with four digits");
        }
        return MILLIS.format(time);
    }

    static boolean isWritable(Instant time) {
        return !time.isBefore(FIRST) && !time.isAfter(LAST);
    }

    /** Whether the text can be a code. */
    static boolean isCode(String text) {
        return CODE.matcher(text).matches();
    }

    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
