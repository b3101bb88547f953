package io.vitaltwin.testbench.apicurio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.BundledSchemas;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.RegistrySchemaIds;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.SchemaRegistration;
import io.vitaltwin.schemas.Tick;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.schemas.ViolationStage;
import io.vitaltwin.schemas.VitaltwinAvroDeserializer;
import io.vitaltwin.schemas.VitaltwinAvroSerializer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What we expect of a registry, and what clients that nobody here wrote expect: the same for the embedded one and for a real one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RegistryContract {

    static final Topics TOPICS = Topics.defaults();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private RegistrySchemaIds ids;

    abstract URI registry();

    static List<Topic<? extends SpecificRecord>> topics() {
        return TOPICS.avro();
    }

    @BeforeAll
    void registerEverything() {
        try (var registration = new SchemaRegistration(registry())) {
            assertThat(registration.apply(TOPICS)).hasSize(TOPICS.avro().size()).allSatisfy(result -> assertThat(result.id()).isPositive());
        }
        ids = new RegistrySchemaIds(registry());
    }

    @AfterAll
    void closeClient() {
        ids.close();
        http.close();
    }

    @Test
    void shouldHaveNothingToDoTheSecondTime() {
        try (var registration = new SchemaRegistration(registry())) {
            assertThat(registration.plan(TOPICS)).hasSize(TOPICS.avro().size()).noneMatch(SchemaRegistration.Result::changed);
            assertThat(registration.apply(TOPICS)).isEqualTo(registration.plan(TOPICS));
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void shouldGiveTheIdOfASchemaAndTheSchemaOfAnId(Topic<?> topic) {
        Schema schema = SpecificData.get().getSchema(topic.type());
        int id = ids.idOf(topic.subject(), schema);
        assertThat(SchemaNormalization.parsingFingerprint64(ids.schemaOf(id))).isEqualTo(SchemaNormalization.parsingFingerprint64(schema));
    }

    @ParameterizedTest
    @MethodSource("topics")
    void shouldHoldEachSubjectToItsLevel(Topic<?> topic) throws IOException, InterruptedException {
        JsonNode level = json(get("/config/" + topic.subject()));
        assertThat(level.path("compatibilityLevel").asText()).isEqualTo(topic.compatibility().name());
    }

    @Test
    void shouldReadWhatItWroteUnderTheRegistrysId() {
        var serde = new AvroSerde<>(TOPICS.violations(), ids);
        ConsentViolation violation = violation();
        byte[] bytes = serde.serialize("any", violation);
        assertThat(ByteBuffer.wrap(bytes).getInt(1)).isEqualTo(ids.idOf(TOPICS.violations().subject(), ConsentViolation.SCHEMA$));
        assertThat(serde.deserialize("any", bytes)).isEqualTo(violation);
    }

    @Test
    void shouldServeClientsThatNameTheSerializerByClass() {
        try (var serializer = new VitaltwinAvroSerializer(); var deserializer = new VitaltwinAvroDeserializer()) {
            Map<String, Object> settings = Map.of("schema.registry.url", registry().toString());
            serializer.configure(settings, false);
            deserializer.configure(settings, false);
            byte[] bytes = serializer.serialize(TOPICS.violations().name(), violation());
            assertThat(deserializer.deserialize("any", bytes)).isEqualTo(violation());
        }
    }

    /** The calls of clients in other languages: subjects, versions, the newest version, its schema by id. */
    @Test
    void shouldLeadFromASubjectToItsSchema() throws IOException, InterruptedException {
        String subject = TOPICS.alerts().subject();
        List<String> subjects = JSON.convertValue(json(get("/subjects")), JSON.getTypeFactory().constructCollectionType(List.class, String.class));
        assertThat(subjects).contains(subject).contains(TOPICS.avro().stream().map(Topic::subject).toArray(String[]::new));
        int newest = BundledSchemas.of(subject).size();
        assertThat(json(get("/subjects/" + subject + "/versions"))).hasSize(newest);
        JsonNode latest = json(get("/subjects/" + subject + "/versions/latest"));
        assertThat(latest.path("subject").asText()).isEqualTo(subject);
        assertThat(latest.path("version").asInt()).isEqualTo(newest);
        assertThat(json(get("/subjects/" + subject + "/versions/" + newest))).isEqualTo(latest);
        JsonNode byId = json(get("/schemas/ids/" + latest.path("id").asInt()));
        assertThat(byId.path("schema").asText()).isEqualTo(BundledSchemas.of(subject).getLast().text());
        assertThat(json(get("/schemas/types")).toString()).contains("\"AVRO\"");
    }

    @Test
    void shouldFindASchemaThatIsRegisteredAgainWithoutMakingAVersion() throws IOException, InterruptedException {
        String subject = TOPICS.readings().subject();
        String body = JsonNodeFactory.instance.objectNode().put("schema", BundledSchemas.of(subject).getLast().text()).toString();
        int looked = json(post("/subjects/" + subject, body)).path("id").asInt();
        int registered = json(post("/subjects/" + subject + "/versions", body)).path("id").asInt();
        assertThat(registered).isEqualTo(looked).isPositive();
        assertThat(json(get("/subjects/" + subject + "/versions"))).hasSize(BundledSchemas.of(subject).size());
    }

    @Test
    void shouldRefuseASchemaThatBreaksTheReleasedOnes() throws IOException, InterruptedException {
        String subject = TOPICS.ticks().subject();
        String broken = JsonNodeFactory.instance.objectNode().put("schema", strangeTick().toString()).toString();
        HttpResponse<String> response = post("/subjects/" + subject + "/versions", broken);
        assertThat(response.statusCode()).isBetween(400, 499);
        assertThat(JSON.readTree(response.body()).path("error_code").asInt()).isPositive();
        int newest = BundledSchemas.of(subject).size();
        assertThat(json(get("/subjects/" + subject + "/versions"))).hasSize(newest);
    }

    @Test
    void shouldNameAnIdThatNobodyGave() {
        assertThatThrownBy(() -> ids.schemaOf(123_456_789)).isInstanceOfSatisfying(SchemaProblem.class,
                problem -> assertThat(problem.kind()).isEqualTo(SchemaProblem.Kind.UNKNOWN_ID)).hasMessageContaining("123456789");
    }

    @Test
    void shouldLookUpAndNeverRegister() throws IOException, InterruptedException {
        String known = TOPICS.ticks().subject();
        for (String subject : List.of(known, "vt.nobody.v1-value")) {
            assertThatThrownBy(() -> ids.idOf(subject, strangeTick())).isInstanceOfSatisfying(SchemaProblem.class,
                    problem -> assertThat(problem.kind()).isEqualTo(SchemaProblem.Kind.NOT_REGISTERED)).hasMessageContaining(subject);
        }
        assertThat(json(get("/subjects/" + known + "/versions")).toString()).isEqualTo("[1]");
        assertThat(get("/subjects/vt.nobody.v1-value/versions").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldGiveTheApisErrorCodes() throws IOException, InterruptedException {
        String subject = TOPICS.ticks().subject();
        assertThat(errorCode(get("/subjects/vt.nobody.v1-value/versions/latest"))).isEqualTo(40401);
        assertThat(errorCode(get("/subjects/" + subject + "/versions/99"))).isEqualTo(40402);
        assertThat(errorCode(get("/schemas/ids/123456789"))).isEqualTo(40403);
        assertThat(errorCode(post("/subjects/" + subject, "{\"schema\":" + JsonNodeFactory.instance.textNode(strangeTick().toString()) + "}")))
                .isEqualTo(40403);
    }

    static ConsentViolation violation() {
        return ConsentViolation.newBuilder().setPatientId("p-1").setDeviceHash("h").setVital("spo2").setPurpose("TREAT").setActor("twin")
                .setStage(ViolationStage.COLLECT).setReason(ViolationReason.WITHDRAWN).setFirstTime(Instant.ofEpochMilli(1))
                .setLastTime(Instant.ofEpochMilli(2)).setCount(3).build();
    }

    private static Schema strangeTick() {
        return SchemaBuilder.record("Tick").namespace(Tick.SCHEMA$.getNamespace()).fields().requiredString("partition").requiredString("new").endRecord();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(registry() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(registry() + path)).header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).as(response.uri() + " " + response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).contains("json");
        return JSON.readTree(response.body());
    }

    private static int errorCode(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body()).path("error_code").asInt();
    }
}
