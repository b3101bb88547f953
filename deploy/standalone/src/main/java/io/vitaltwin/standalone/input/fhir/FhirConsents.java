package io.vitaltwin.standalone.input.fhir;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.standalone.input.InputException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * FHIR R4 Consents in JSON: a resource, a bundle of them, or NDJSON with a resource a line. Other resources of a bundle say nothing about
 * consent and are passed over.
 */
public final class FhirConsents {

    private static final ObjectReader JSON = new ObjectMapper().reader().with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Pattern FHIR = Pattern.compile("\"resourceType\"\\s*:");
    private static final Set<String> IN_ORDER = Set.of("document", "message", "transaction", "batch", "collection", "searchset",
            "transaction-response", "batch-response");

    private final String file;
    private final Optional<String> patient;
    private final Instant now;
    private final List<ConsentRecord> consents = new ArrayList<>();
    /** The newest version of each consent so far. */
    private final Map<List<String>, Optional<Instant>> seen = new HashMap<>();
    /** As the resources name them, where one pseudonym is given for all. */
    private final Set<String> named = new HashSet<>();

    private FhirConsents(String file, Optional<String> patient, Instant now) {
        this.file = file;
        this.patient = patient;
        this.now = now;
    }

    /** Whether a text is meant to be FHIR: JSON with a resource type. */
    public static boolean isFhir(String text) {
        return text.stripLeading().startsWith("{") && FHIR.matcher(text).find();
    }

    /**
     * Reads a text.
     *
     * @param file what messages call it
     * @param patient pseudonym that is used whatever the resources say; empty: what they say
     * @param now the time of what gives none
     * @return in the order of the text
     * @throws InputException if anything in it cannot be understood or honoured
     */
    public static List<ConsentRecord> parse(String file, String text, Optional<String> patient, Instant now) {
        FhirConsents reader = new FhirConsents(file, patient, now);
        if (isNdjson(text)) {
            List<String> lines = text.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).isBlank()) {
                    reader.resource(json(file + ":" + (i + 1), lines.get(i)), file + ":" + (i + 1));
                }
            }
        } else {
            reader.resource(json(file, text), file);
        }
        return List.copyOf(reader.consents);
    }

    /** More than one line, and the first is a whole object. */
    private static boolean isNdjson(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).limit(2).toList();
        return lines.size() == 2 && lines.getFirst().strip().endsWith("}") && lines.get(1).strip().startsWith("{");
    }

    private static JsonNode json(String where, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new InputException(where, "not JSON near line " + line + "; check it with a JSON tool, and that no name is there twice");
        }
    }

    private void resource(JsonNode node, String where) {
        Element root = Element.root(where, node.path("resourceType").asText("Resource"), node);
        switch (root.needText("resourceType", "is this FHIR?")) {
            case "Consent" -> consent(root, new Pseudonyms());
            case "Bundle" -> bundle(root);
            default -> throw root.problem("resourceType", "a Consent, or a Bundle of them, is expected here");
        }
    }

    private void bundle(Element bundle) {
        String type = bundle.needText("type", "R4 requires it");
        if (!IN_ORDER.contains(type)) {
            throw bundle.problem("type", "is not a bundle whose consents can be taken in their order; send the consents as a collection, the newest"
                    + " version of each");
        }
        bundle.passOver("resourceType", "meta", "language", "identifier", "timestamp", "total", "signature");
        bundle.children("link").forEach(link -> {
            if (link.text("relation").filter("next"::equals).isPresent()) {
                throw link.problem("there are more pages, and one of them may hold a denial; send all of them as one bundle");
            }
        });
        List<Element> entries = bundle.children("entry");
        bundle.end();
        Pseudonyms pseudonyms = new Pseudonyms();
        List<Element> found = new ArrayList<>();
        for (Element entry : entries) {
            Optional<Element> resource = entry(entry);
            Optional<String> address = entry.text("fullUrl");
            resource.ifPresent(element -> {
                String resourceType = element.needText("resourceType", "R4 requires it");
                address.ifPresent(url -> element.text("id").ifPresent(id -> pseudonyms.add(url, resourceType, id)));
                if (resourceType.equals("Consent")) {
                    found.add(element);
                }
            });
        }
        found.forEach(consent -> consent(consent, pseudonyms));
    }

    private static Optional<Element> entry(Element entry) {
        entry.passOver("fullUrl", "link", "search", "response");
        entry.child("request").ifPresent(request -> {
            String method = request.needText("method", "R4 requires it");
            if (!method.equals("PUT") && !method.equals("POST")) {
                throw request.problem("method", "cannot be honoured; end a consent by a version of it with status inactive");
            }
            request.passOver("url", "ifNoneMatch", "ifModifiedSince", "ifMatch", "ifNoneExist").end();
        });
        Optional<Element> resource = entry.resource("resource");
        entry.end();
        return resource;
    }

    private void consent(Element element, Pseudonyms pseudonyms) {
        Optional<Instant> updated = element.child("meta").flatMap(meta -> meta.time("lastUpdated")).map(FhirTime::first);
        ConsentReader reader = new ConsentReader(pseudonyms, patient, now);
        ConsentRecord consent = reader.read(element, consents.size());
        reader.named().ifPresent(named::add);
        if (named.size() > 1) {
            throw element.problem("patient", "is another one than before, and --patient gives one pseudonym for all; split the file");
        }
        checkOrder(element, consent, updated);
        consents.add(consent);
    }

    /** Several versions of one consent are its history, as an export holds it: they are taken if each tells that it is newer than the one before. */
    private void checkOrder(Element element, ConsentRecord consent, Optional<Instant> updated) {
        Optional<Instant> before = seen.put(List.of(consent.getPatientId(), consent.getConsentId()), updated);
        if (before != null && (before.isEmpty() || updated.isEmpty() || !before.get().isBefore(updated.get()))) {
            throw element.problem("this consent is there twice, and meta.lastUpdated does not tell that this version is the newer; send only that one");
        }
    }
}
