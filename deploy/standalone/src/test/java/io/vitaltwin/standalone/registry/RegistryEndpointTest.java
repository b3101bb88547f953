package io.vitaltwin.standalone.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.RegistrySchemaIds;
import io.vitaltwin.schemas.Tick;
import io.vitaltwin.schemas.Topics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the endpoint does beyond the contract of any registry (testbench, RegistryContract): its ids, its prefix, its refusals, its port. */
class RegistryEndpointTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private RegistryEndpoint endpoint;

    @BeforeEach
    void start() {
        endpoint = new RegistryEndpoint(0).start();
    }

    @AfterEach
    void stop() {
        endpoint.close();
        http.close();
    }

    @Test
    void shouldAnswerOnThisMachineOnly() {
        assertThat(endpoint.uri().getHost()).isEqualTo("127.0.0.1");
        assertThat(endpoint.uri().getPort()).isPositive();
    }

    @Test
    void shouldGiveTheIdsOfTheLock() {
        try (var served = new RegistrySchemaIds(endpoint.uri())) {
            var bundled = new BundledSchemaIds();
            assertThat(Topics.defaults().avro()).allSatisfy(topic -> {
                var schema = org.apache.avro.specific.SpecificData.get().getSchema(topic.type());
                assertThat(served.idOf(topic.subject(), schema)).isEqualTo(bundled.idOf(topic.subject(), schema));
            });
        }
    }

    @Test
    void shouldServeSubjectsUnderTheTopicsPrefix() throws IOException, InterruptedException {
        try (var other = new RegistryEndpoint(0, new Topics("clinic-7.", 1)).start(); var ids = new RegistrySchemaIds(other.uri())) {
            assertThat(ids.idOf("clinic-7.ticks.v1-value", Tick.SCHEMA$)).isEqualTo(new BundledSchemaIds().idOf("vt.ticks.v1-value", Tick.SCHEMA$));
            assertThat(send("GET", other.uri(), "/subjects/vt.ticks.v1-value/versions", "").statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "GET    | /                                          | 200 | 0",
            "GET    | /subjects/                                 | 200 | 0",
            "HEAD   | /subjects                                  | 200 | 0",
            "GET    | /mode                                      | 200 | 0",
            "GET    | /config                                    | 200 | 0",
            "GET    | /schemas/types                             | 200 | 0",
            "GET    | /schemas/ids/1?subject=x                   | 200 | 0",
            "GET    | /schemas/ids/1/schema                      | 200 | 0",
            "GET    | /schemas/ids/1/versions                    | 200 | 0",
            "GET    | /schemas/ids/13                            | 200 | 0",
            "GET    | /schemas/ids/0                             | 404 | 40403",
            "GET    | /schemas/ids/65535                         | 404 | 40403",
            "GET    | /schemas/ids/x                             | 404 | 40403",
            "GET    | /schemas/ids/99999999999                   | 404 | 40403",
            "GET    | /subjects/vt%2Eticks.v1-value/versions     | 200 | 0",
            "GET    | /subjects/vt.ticks.v1-value/versions/-1    | 200 | 0",
            "GET    | /subjects/vt.ticks.v1-value/versions/1/schema | 200 | 0",
            "GET    | /subjects/vt.ticks.v1-value/versions/2     | 404 | 40402",
            "GET    | /subjects/vt.ticks.v1-value/versions/0     | 422 | 42202",
            "GET    | /subjects/vt.ticks.v1-value/versions/first | 422 | 42202",
            "GET    | /subjects/vt.readings-dlq.v1-value/versions | 404 | 40401",
            "GET    | /subjects/vt.ticks.v1-value                | 404 | 404",
            "GET    | /nothing                                   | 404 | 404",
            "GET    | /config/vt.nobody.v1-value                 | 404 | 40401",
            "DELETE | /subjects/vt.ticks.v1-value                | 403 | 40301",
            "POST   | /subjects/vt.ticks.v1-value/versions       | 422 | 42201",
            "POST   | /subjects/vt.nobody.v1-value/versions      | 403 | 40301",
            "POST   | /subjects/vt.nobody.v1-value               | 404 | 40401",
            "PUT    | /mode                                      | 403 | 40301",
            "PUT    | /config/vt.ticks.v1-value                  | 403 | 40301",
            "PUT    | /config                                    | 403 | 40301"})
    void shouldAnswerEachPathAsTheApiDoes(String method, String path, int status, int code) throws IOException, InterruptedException {
        HttpResponse<String> response = send(method, endpoint.uri(), path, "not json");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/vnd.schemaregistry.v1+json");
        if (code != 0) {
            JsonNode error = JSON.readTree(response.body());
            assertThat(error.path("error_code").asInt()).isEqualTo(code);
            assertThat(error.path("message").asText()).isNotBlank();
        }
    }

    @ParameterizedTest
    @CsvSource({"BACKWARD_TRANSITIVE, 200", "FULL_TRANSITIVE, 403", "NONE, 403"})
    void shouldLetALevelBeSetToWhatItIsOnly(String level, int status) throws IOException, InterruptedException {
        String body = JsonNodeFactory.instance.objectNode().put("compatibility", level).toString();
        assertThat(send("PUT", endpoint.uri(), "/config/vt.ticks.v1-value", body).statusCode()).isEqualTo(status);
    }

    @Test
    void shouldRegisterNothingNewNotEvenACompatibleSchema() throws IOException, InterruptedException {
        String schema = "{\"type\":\"record\",\"name\":\"Tick\",\"namespace\":\"io.vitaltwin.schemas\",\"fields\":[]}";
        String body = JsonNodeFactory.instance.objectNode().put("schema", schema).toString();
        HttpResponse<String> response = send("POST", endpoint.uri(), "/subjects/vt.ticks.v1-value/versions", body);
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(JSON.readTree(response.body()).path("message").asText()).contains("read-only");
    }

    @ParameterizedTest
    @CsvSource({"1048576, 422", "1048577, 413"})
    void shouldReadBodiesUpToAMebibyte(int size, int status) throws IOException, InterruptedException {
        assertThat(send("POST", endpoint.uri(), "/subjects/vt.ticks.v1-value", "x".repeat(size)).statusCode()).isEqualTo(status);
    }

    @Test
    void shouldSayWhenThePortIsTaken() {
        int taken = endpoint.uri().getPort();
        assertThatThrownBy(() -> new RegistryEndpoint(taken)).isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("port " + taken).hasMessageContaining("choose another");
    }

    @Test
    void shouldNotAnswerAnyMoreOnceClosed() {
        URI uri = endpoint.uri();
        endpoint.close();
        assertThatThrownBy(() -> send("GET", uri, "/subjects", "")).isInstanceOf(ConnectException.class);
    }

    private HttpResponse<String> send(String method, URI base, String path, String body) throws IOException, InterruptedException {
        boolean bodiless = method.equals("GET") || method.equals("HEAD");
        return http.send(HttpRequest.newBuilder(URI.create(base + path))
                .method(method, bodiless ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }
}
