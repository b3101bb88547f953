package io.vitaltwin.schemas;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vitaltwin.schemas.SchemaProblem.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What the client makes of registries that fail. Those that work: testbench, RegistryContract. */
class RegistrySchemaIdsTest {

    private static final String SUBJECT = "vt.ticks.v1-value";
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private FakeRegistry registry;
    private Instant now = T0;

    @BeforeEach
    void start() throws IOException {
        registry = new FakeRegistry();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private RegistrySchemaIds ids(URI uri) {
        InstantSource clock = () -> now;
        return new RegistrySchemaIds(uri, Duration.ofSeconds(20), clock);
    }

    private static SchemaProblem problemOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        SchemaProblem problem = catchThrowableOfType(SchemaProblem.class, call);
        assertThat(problem).as("a problem").isNotNull();
        assertThat(problem.getMessage()).doesNotContain("\n");
        return problem;
    }

    @Test
    void shouldNameARegistryThatIsNotThereAndWhatToDo() throws IOException {
        URI nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        try (var ids = ids(nobody)) {
            SchemaProblem problem = problemOf(() -> ids.idOf(SUBJECT, Tick.SCHEMA$));
            assertThat(problem.kind()).isEqualTo(Kind.REGISTRY_UNREACHABLE);
            assertThat(problem).hasMessageContaining(nobody.toString()).hasMessageContaining("start it or correct its URL");
        }
    }

    @Test
    void shouldGiveUpOnARegistryThatTakesTheCallAndSaysNothing() throws IOException {
        try (var silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
                var ids = new RegistrySchemaIds(URI.create("http://127.0.0.1:" + silent.getLocalPort()), Duration.ofMillis(50), () -> now)) {
            assertThat(problemOf(() -> ids.schemaOf(1)).kind()).isEqualTo(Kind.REGISTRY_UNREACHABLE);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "200 | <html>login</html>                          | REGISTRY_UNREACHABLE | check the URL",
            "500 | oops                                        | REGISTRY_UNREACHABLE | status 500",
            "503 | {}                                          | REGISTRY_UNREACHABLE | status 503",
            "401 | {\"error_code\":40101,\"message\":\"who?\"} | REGISTRY_REFUSED     | user and password",
            "403 | nginx                                       | REGISTRY_REFUSED     | user and password",
            "403 | {\"error_code\":40301,\"message\":\"not you\"} | REGISTRY_REFUSED  | not you",
            "302 | ''                                          | REGISTRY_REFUSED     | status 302",
            "404 | whatever                                    | NOT_REGISTERED       | topics apply"})
    void shouldSayWhatItsAnswerMeans(int status, String body, Kind kind, String hint) {
        registry.answer("POST /subjects/" + SUBJECT, status, body);
        try (var ids = ids(registry.uri())) {
            SchemaProblem problem = problemOf(() -> ids.idOf(SUBJECT, Tick.SCHEMA$));
            assertThat(problem.kind()).isEqualTo(kind);
            assertThat(problem).hasMessageContaining(hint).hasMessageContaining(registry.uri().toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8081", "ftp://localhost", "http:///subjects", "registry", ""})
    void shouldRefuseWhatIsNoUrlOfARegistry(String url) {
        assertThat(problemOf(() -> ids(URI.create(url)))).hasMessageContaining("http://localhost:8081");
    }

    @Test
    void shouldLogInWithTheUrlsUserAndNeverShowThePassword() {
        URI withLogin = URI.create(registry.uri().toString().replace("http://", "http://nurse:s3cret@"));
        try (var ids = ids(withLogin)) {
            assertThat(problemOf(() -> ids.schemaOf(7))).hasMessageNotContaining("s3cret").hasMessageNotContaining("nurse");
            assertThat(registry.logins).containsExactly("Basic bnVyc2U6czNjcmV0");
        }
    }

    @Test
    void shouldFindASchemaThatWasRegisteredWithOtherDocs() {
        // Given: the lookup by text fails, the second version has our fields, the third is of another kind
        registry.answer("GET /subjects/" + SUBJECT + "/versions", 200, "[1,2,3]");
        registry.answer("GET /subjects/" + SUBJECT + "/versions/3", 200, "{\"id\":93,\"version\":3,\"schema\":\"message Tick {}\"}");
        registry.answer("GET /subjects/" + SUBJECT + "/versions/2", 200, held(92, SchemaText.essence(Tick.SCHEMA$)));
        registry.answer("GET /subjects/" + SUBJECT + "/versions/1", 200, held(91, "\"string\""));
        // When, Then
        try (var ids = ids(registry.uri())) {
            assertThat(ids.idOf(SUBJECT, Tick.SCHEMA$)).isEqualTo(92);
        }
    }

    private static String held(int id, String schema) {
        return JsonNodeFactory.instance.objectNode().put("id", id).put("version", 2).put("schema", schema).toString();
    }

    @Test
    void shouldAskOnceForASchemaThatIsThere() {
        registry.answer("GET /schemas/ids/70000", 200, held(70000, SchemaText.published(Tick.SCHEMA$)));
        try (var ids = ids(registry.uri())) {
            assertThat(ids.schemaOf(70000)).isSameAs(ids.schemaOf(70000));
            assertThat(registry.requests).containsExactly("GET /schemas/ids/70000");
        }
    }

    @Test
    void shouldAskForAnUnknownIdAgainOnlyAfterAWhile() {
        try (var ids = ids(registry.uri())) {
            assertThat(problemOf(() -> ids.schemaOf(7)).kind()).isEqualTo(Kind.UNKNOWN_ID);
            now = T0.plus(RegistrySchemaIds.FAILURE_KEPT).minusMillis(1);
            assertThat(problemOf(() -> ids.schemaOf(7)).kind()).isEqualTo(Kind.UNKNOWN_ID);
            assertThat(registry.requests).hasSize(1);
            now = T0.plus(RegistrySchemaIds.FAILURE_KEPT);
            registry.answer("GET /schemas/ids/7", 200, held(7, SchemaText.published(Tick.SCHEMA$)));
            assertThat(ids.schemaOf(7).getName()).isEqualTo("Tick");
        }
    }

    @Test
    void shouldLeaveARegistryThatFailsAloneForAWhile() {
        registry.answer("GET /schemas/ids/7", 500, "");
        registry.answer("GET /schemas/ids/8", 200, held(8, SchemaText.published(Tick.SCHEMA$)));
        try (var ids = ids(registry.uri())) {
            assertThat(problemOf(() -> ids.schemaOf(7)).kind()).isEqualTo(Kind.REGISTRY_UNREACHABLE);
            now = T0.plus(RegistrySchemaIds.FAILURE_KEPT).minusMillis(1);
            assertThat(problemOf(() -> ids.schemaOf(8)).kind()).isEqualTo(Kind.REGISTRY_UNREACHABLE);
            assertThat(registry.requests).hasSize(1);
            now = T0.plus(RegistrySchemaIds.FAILURE_KEPT);
            assertThat(ids.schemaOf(8).getName()).isEqualTo("Tick");
        }
    }

    @Test
    void shouldTakeASchemaOfAnotherKindForAnUnknownId() {
        registry.answer("GET /schemas/ids/7", 200, held(7, "message Tick {}"));
        try (var ids = ids(registry.uri())) {
            assertThat(problemOf(() -> ids.schemaOf(7)).kind()).isEqualTo(Kind.UNKNOWN_ID);
        }
    }
}
