package io.vitaltwin.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vitaltwin.schemas.SchemaProblem.Kind;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The part of the Confluent REST API that we need. Every failure is a {@link SchemaProblem} of one line that names the registry and
 * what to do; a user and password in the URL are sent as basic authentication and never shown.
 */
final class RegistryClient implements AutoCloseable {

    private static final String TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final Duration timeout;
    private final String base;
    private final Optional<String> authorization;

    /** A schema as a registry holds it. */
    record Held(int id, int version) {}

    /**
     * @param url http or https; a path before the API, such as {@code /apis/ccompat/v7}, belongs to it
     * @param timeout for connecting, and again for each answer
     * @throws SchemaProblem when the URL is not one
     */
    RegistryClient(URI url, Duration timeout) {
        if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme())) || url.getHost() == null) {
            throw new SchemaProblem(Kind.REGISTRY_UNREACHABLE, "schema.registry.url must be one URL such as http://localhost:8081");
        }
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        this.base = url.getScheme() + "://" + url.getHost() + port + (path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
        this.authorization = Optional.ofNullable(url.getUserInfo())
                .map(user -> "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
        this.timeout = timeout;
        this.http = HttpClient.newBuilder().connectTimeout(timeout).version(HttpClient.Version.HTTP_1_1).build();
    }

    /** The registry's URL, fit to be shown. */
    String shown() {
        return base;
    }

    /** The schema's place under the subject; empty when it is not there. */
    Optional<Held> lookup(String subject, String schema) {
        return found(call("POST", "/subjects/" + encoded(subject), schemaBody(schema))).map(RegistryClient::held);
    }

    /** Text of the schema with this id; empty when the registry has none. */
    Optional<String> schema(int id) {
        return found(call("GET", "/schemas/ids/" + id, BodyPublishers.noBody())).map(answer -> answer.path("schema").asText());
    }

    /** All versions of the subject; empty when the registry does not know it. */
    List<Integer> versions(String subject) {
        List<Integer> versions = new ArrayList<>();
        found(call("GET", "/subjects/" + encoded(subject) + "/versions", BodyPublishers.noBody()))
                .ifPresent(answer -> answer.forEach(version -> versions.add(version.asInt())));
        return versions;
    }

    /** One version's id and text. */
    Optional<JsonNode> version(String subject, int version) {
        return found(call("GET", "/subjects/" + encoded(subject) + "/versions/" + version, BodyPublishers.noBody()));
    }

    /** Registers the schema as the subject's newest version, or finds it there; returns its id. */
    int register(String subject, String schema) {
        return required(call("POST", "/subjects/" + encoded(subject) + "/versions", schemaBody(schema)), "subject " + subject)
                .path("id").asInt();
    }

    void setCompatibility(String subject, Compatibility level) {
        String body = JsonNodeFactory.instance.objectNode().put("compatibility", level.name()).toString();
        required(call("PUT", "/config/" + encoded(subject), BodyPublishers.ofString(body)), "subject " + subject);
    }

    /** The subject's own level; empty when it has none. */
    Optional<String> compatibility(String subject) {
        return found(call("GET", "/config/" + encoded(subject), BodyPublishers.noBody()))
                .map(answer -> answer.path("compatibilityLevel").asText());
    }

    static Held held(JsonNode answer) {
        return new Held(answer.path("id").asInt(), answer.path("version").asInt());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private Optional<JsonNode> found(HttpResponse<String> response) {
        return response.statusCode() == 404 ? Optional.empty() : Optional.of(required(response, "this"));
    }

    private JsonNode required(HttpResponse<String> response, String what) {
        int status = response.statusCode();
        if (status >= 500) {
            throw new SchemaProblem(Kind.REGISTRY_UNREACHABLE, "schema registry " + base + " failed with status " + status
                    + ": try again, or look at its log");
        }
        if (status == 401 || status == 403 && !isApi(response)) {
            throw new SchemaProblem(Kind.REGISTRY_REFUSED, "schema registry " + base + " wants a login (status " + status
                    + "): give user and password in the URL");
        }
        if (status >= 300) {
            throw new SchemaProblem(Kind.REGISTRY_REFUSED, "schema registry " + base + " refused " + what + " with status " + status
                    + reason(response));
        }
        return parsed(response);
    }

    private JsonNode parsed(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new SchemaProblem(Kind.REGISTRY_UNREACHABLE, "no schema registry answers at " + base
                    + ": the answer is not JSON; check the URL and its path", e);
        }
    }

    private boolean isApi(HttpResponse<String> response) {
        return !reason(response).isEmpty();
    }

    /** The registry's own words; they are about schemas, which hold no data. */
    private static String reason(HttpResponse<String> response) {
        try {
            JsonNode answer = JSON.readTree(response.body());
            return answer.path("message").isTextual() ? ": " + answer.path("message").asText().lines().findFirst().orElse("") : "";
        } catch (JsonProcessingException e) {
            // not the API's error form, so there are no words to pass on; the status says the rest
            return "";
        }
    }

    private HttpResponse<String> call(String method, String path, BodyPublisher body) {
        var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(timeout).method(method, body)
                .header("Content-Type", TYPE).header("Accept", TYPE + ", application/json");
        authorization.ifPresent(value -> request.header("Authorization", value));
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw unreachable("no answer (" + e.getClass().getSimpleName() + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("interrupted", e);
        }
    }

    private SchemaProblem unreachable(String why, Exception cause) {
        return new SchemaProblem(Kind.REGISTRY_UNREACHABLE, "schema registry " + base + ": " + why
                + "; start it or correct its URL, or leave the URL away to use the bundled ids", cause);
    }

    private static BodyPublisher schemaBody(String schema) {
        return BodyPublishers.ofString(JsonNodeFactory.instance.objectNode().put("schema", schema).put("schemaType", "AVRO").toString());
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
