package io.vitaltwin.standalone.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.schemas.BundledSchemas;
import io.vitaltwin.schemas.BundledSchemas.Release;
import io.vitaltwin.schemas.Compatibility;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.registry.RegistryEndpoint.RegistryAnswer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What each path answers: a function of the request, without HTTP. Error codes are those of the Confluent REST API. */
final class RegistryApi {

    static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** By full subject, prefix included; what is served, and the level that a new version would be held to. */
    private final Map<String, Compatibility> subjects = new TreeMap<>();

    RegistryApi(Topics topics) {
        topics.avro().forEach(topic -> subjects.put(topic.subject(), topic.compatibility()));
    }

    RegistryAnswer answer(String method, List<String> path, byte[] body) {
        return switch (method) {
            case "GET", "HEAD" -> get(path);
            case "POST" -> post(path, body);
            case "PUT" -> put(path, body);
            default -> readOnly();
        };
    }

    private RegistryAnswer get(List<String> path) {
        String first = path.isEmpty() ? "" : path.getFirst();
        return switch (first) {
            case "" -> RegistryAnswer.ok(JSON.objectNode());
            case "subjects" -> path.size() == 1 ? RegistryAnswer.ok(names()) : ofSubject(path);
            case "schemas" -> ofSchemas(path);
            case "config" -> config(path);
            case "mode" -> RegistryAnswer.ok(JSON.objectNode().put("mode", "READONLY"));
            default -> noPath();
        };
    }

    private ArrayNode names() {
        ArrayNode names = JSON.arrayNode();
        subjects.keySet().forEach(names::add);
        return names;
    }

    /** {@code /subjects/{s}/versions[/{v}[/schema]]} */
    private RegistryAnswer ofSubject(List<String> path) {
        String subject = path.get(1);
        if (path.size() < 3 || path.size() > 5 || !path.get(2).equals("versions")) {
            return noPath();
        }
        if (!subjects.containsKey(subject)) {
            return noSubject(subject);
        }
        if (path.size() == 3) {
            ArrayNode versions = JSON.arrayNode();
            BundledSchemas.of(subject).forEach(release -> versions.add(release.version()));
            return RegistryAnswer.ok(versions);
        }
        boolean bare = path.size() == 5;
        return bare && !path.get(4).equals("schema") ? noPath() : version(subject, path.get(3), bare);
    }

    private static RegistryAnswer version(String subject, String version, boolean bare) {
        List<Release> releases = BundledSchemas.of(subject);
        if (!version.equals("latest") && !version.equals("-1") && !version.matches("[1-9]\\d{0,6}")) {
            return RegistryAnswer.error(422, 42202, "The specified version '" + version
                    + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"");
        }
        int number = version.matches("[1-9]\\d*") ? Integer.parseInt(version) : releases.size();
        if (number > releases.size()) {
            return RegistryAnswer.error(404, 40402, "Version " + number + " not found.");
        }
        Release release = releases.get(number - 1);
        return bare ? bare(release) : RegistryAnswer.ok(whole(subject, release));
    }

    /** {@code /schemas/types}, {@code /schemas/ids/{id}[/schema|/subjects|/versions]} */
    private RegistryAnswer ofSchemas(List<String> path) {
        if (path.size() == 2 && path.get(1).equals("types")) {
            return RegistryAnswer.ok(JSON.arrayNode().add("AVRO"));
        }
        if (path.size() < 3 || path.size() > 4 || !path.get(1).equals("ids")) {
            return noPath();
        }
        String id = path.get(2);
        Optional<Release> release = id.matches("\\d{1,9}") ? BundledSchemas.byId(Integer.parseInt(id)) : Optional.empty();
        return release.map(found -> byId(found, path.size() == 4 ? path.get(3) : ""))
                .orElseGet(() -> RegistryAnswer.error(404, 40403, "Schema " + id + " not found"));
    }

    private RegistryAnswer byId(Release release, String part) {
        List<String> holders = subjects.keySet().stream().filter(release::isOf).toList();
        return switch (part) {
            case "" -> RegistryAnswer.ok(JSON.objectNode().put("schema", release.text()));
            case "schema" -> bare(release);
            case "subjects" -> RegistryAnswer.ok(MAPPER.valueToTree(holders));
            case "versions" -> {
                ArrayNode versions = JSON.arrayNode();
                holders.forEach(subject -> versions.addObject().put("subject", subject).put("version", release.version()));
                yield RegistryAnswer.ok(versions);
            }
            default -> noPath();
        };
    }

    private RegistryAnswer config(List<String> path) {
        if (path.size() == 1) {
            return RegistryAnswer.ok(JSON.objectNode().put("compatibilityLevel", Compatibility.BACKWARD_TRANSITIVE.name()));
        }
        Compatibility level = subjects.get(path.get(1));
        return level == null ? noSubject(path.get(1)) : RegistryAnswer.ok(JSON.objectNode().put("compatibilityLevel", level.name()));
    }

    /** {@code /subjects/{s}}: where is this schema? {@code /subjects/{s}/versions}: let it be there; fine when it is. */
    private RegistryAnswer post(List<String> path, byte[] body) {
        boolean registers = path.size() == 3 && path.get(2).equals("versions");
        if (path.size() < 2 || !path.getFirst().equals("subjects") || path.size() > 2 && !registers) {
            return readOnly();
        }
        String subject = path.get(1);
        if (!subjects.containsKey(subject)) {
            return registers ? readOnly() : noSubject(subject);
        }
        Optional<Schema> schema = schemaOf(body);
        if (schema.isEmpty()) {
            return RegistryAnswer.error(422, 42201, "The request holds no valid Avro schema");
        }
        Optional<Release> release = BundledSchemas.find(subject, schema.get());
        if (registers) {
            return release.map(found -> RegistryAnswer.ok(JSON.objectNode().put("id", found.id()))).orElseGet(RegistryApi::readOnly);
        }
        return release.map(found -> RegistryAnswer.ok(whole(subject, found)))
                .orElseGet(() -> RegistryAnswer.error(404, 40403, "Schema not found"));
    }

    /** A level may be set to what it is. */
    private RegistryAnswer put(List<String> path, byte[] body) {
        if (path.size() != 2 || !path.getFirst().equals("config")) {
            return readOnly();
        }
        Compatibility level = subjects.get(path.get(1));
        String asked = json(body).path("compatibility").asText();
        return level != null && level.name().equals(asked)
                ? RegistryAnswer.ok(JSON.objectNode().put("compatibility", asked))
                : readOnly();
    }

    private static Optional<Schema> schemaOf(byte[] body) {
        try {
            return Optional.of(new Schema.Parser().parse(json(body).path("schema").asText()));
        } catch (SchemaParseException e) {
            // the client learns it as error 42201, the API's own word for it
            return Optional.empty();
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            // not JSON holds nothing; the caller finds the field missing and says so
            return JSON.missingNode();
        }
    }

    private static ObjectNode whole(String subject, Release release) {
        return JSON.objectNode().put("subject", subject).put("version", release.version()).put("id", release.id())
                .put("schemaType", "AVRO").put("schema", release.text());
    }

    private static RegistryAnswer bare(Release release) {
        try {
            return RegistryAnswer.ok(MAPPER.readTree(release.text()));
        } catch (IOException e) {
            throw new IllegalStateException("released schema " + release.subject() + " is not JSON", e);
        }
    }

    private static RegistryAnswer readOnly() {
        return RegistryAnswer.error(403, 40301, "This registry is read-only: it serves the schemas that were released with the program");
    }

    private static RegistryAnswer noSubject(String subject) {
        return RegistryAnswer.error(404, 40401, "Subject '" + subject + "' not found.");
    }

    private static RegistryAnswer noPath() {
        return RegistryAnswer.error(404, 404, "HTTP 404 Not Found");
    }
}
