package io.vitaltwin.testbench.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.RegisteredDevice;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.BrokerSettings;
import io.vitaltwin.standalone.EmbeddedBroker;
import io.vitaltwin.standalone.TopicAdmin;
import io.vitaltwin.testbench.kafka.Clients;
import io.vitaltwin.twin.TwinApp;
import io.vitaltwin.twin.TwinConfig;
import io.vitaltwin.twin.query.QueryService;
import io.vitaltwin.twin.query.QuerySettings;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two instances of one application at a real broker: each answers for every patient, one takes over what the other had, and readings come from the log. */
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QueryApiIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int PATIENTS = 8;
    private static final int READINGS = 30;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Topics topics = new Topics("asked.", Topics.DEFAULT_PARTITIONS);
    private final SchemaIds ids = new BundledSchemaIds();
    private final Instant begin = Instant.now().minus(Duration.ofMinutes(READINGS + 5)).truncatedTo(ChronoUnit.SECONDS);
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private record Node(TwinApp app, QueryService service) implements AutoCloseable {

        @Override
        public void close() {
            service.close();
            app.close();
        }
    }

    @Test
    void shouldAnswerForEverybodyFromAnyInstance() throws Exception {
        Path tokens = Files.writeString(folder.resolve("tokens.yaml"), """
                peer: known-to-instances-only
                tokens:
                  - {token: token-of-a-nurse-1, actor: anna, role: nurse, purpose: TREAT}
                  - {token: token-of-somebody-else, actor: ads, purpose: HMARKT}
                """);
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(folder.resolve("broker")));
                Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
                Producer<String, byte[]> producer = Clients.writer(broker.bootstrapServers())) {
            new TopicAdmin(admin, topics, TopicAdmin.Clock.BROKER).apply();
            for (int patient = 0; patient < PATIENTS; patient++) {
                write(producer, patient);
            }
            Node first = node(broker, tokens, "first");
            try (Node second = node(broker, tokens, "second")) {
                await().atMost(LIMIT).until(() -> isSpread(first, second));
                for (int patient = 0; patient < PATIENTS; patient++) {
                    assertAnswers(first, second, "p" + patient);
                }
                assertHistory(second);
                assertList(first, second);
                first.close();
                await().atMost(LIMIT).untilAsserted(() -> {
                    for (int patient = 0; patient < PATIENTS; patient++) {
                        JsonNode twin = json(get(second, "/v1/twins/p" + patient, "token-of-a-nurse-1"));
                        assertThat(twin.at("/source/instance").asText()).isEqualTo("127.0.0.1:" + second.service().port());
                        assertThat(twin.at("/readings/applied").asInt() + twin.at("/readings/late").asInt()).isEqualTo(2 * READINGS);
                    }
                });
                assertThat(get(second, "/v1/twins/p0", "token-of-somebody-else").statusCode()).isEqualTo(403);
            } finally {
                first.close();
            }
        }
    }

    /** Both have some of the partitions, and everybody's readings are in. */
    private boolean isSpread(Node first, Node second) throws IOException {
        Set<String> instances = new HashSet<>();
        for (int patient = 0; patient < PATIENTS; patient++) {
            HttpResponse<String> answer = get(patient % 2 == 0 ? first : second, "/v1/twins/p" + patient, "token-of-a-nurse-1");
            if (answer.statusCode() != 200) {
                return false;
            }
            JsonNode twin = json(answer);
            if (twin.at("/readings/applied").asInt() + twin.at("/readings/late").asInt() < 2 * READINGS) {
                return false;
            }
            instances.add(twin.at("/source/instance").asText());
        }
        return instances.size() == 2;
    }

    private void assertAnswers(Node first, Node second, String patient) throws IOException {
        JsonNode one = json(get(first, "/v1/twins/" + patient, "token-of-a-nurse-1"));
        JsonNode other = json(get(second, "/v1/twins/" + patient, "token-of-a-nurse-1"));
        assertThat(one.at("/source/instance")).isEqualTo(other.at("/source/instance"));
        assertThat(one.get("appendTime")).isEqualTo(other.get("appendTime"));
        assertThat(one.get("vitals")).hasSize(2);
        assertThat(one.at("/consent/version").asText()).isEqualTo("consent/1");
        assertThat(one.at("/source/provisional").asBoolean()).isTrue();
        HttpResponse<String> denied = get(first, "/v1/twins/" + patient, "token-of-somebody-else");
        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(denied.body()).doesNotContain("heart_rate");
    }

    private void assertHistory(Node node) throws IOException {
        String span = "?vital=heart_rate,spo2&from=" + begin + "&to=" + begin.plus(Duration.ofMinutes(READINGS));
        JsonNode whole = json(get(node, "/v1/twins/p0/history" + span, "token-of-a-nurse-1"));
        assertThat(whole.get("readings").asInt()).as(whole.toString()).isEqualTo(2 * READINGS);
        JsonNode pulse = whole.at("/vitals/0");
        assertThat(pulse.get("vital").asText()).isEqualTo("heart_rate");
        assertThat(pulse.get("points")).hasSize(READINGS);
        assertThat(pulse.at("/points/0/t").asText()).isEqualTo(begin.toString());
        assertThat(pulse.at("/points/7/verdict").asText()).as("a pulse of 400").isEqualTo("REJECT");
        assertThat(pulse.at("/points/8/verdict").asText()).isEqualTo("ACCEPT");
        assertThat(pulse.get("limits").toString()).isEqualTo("{\"low\":40.0,\"high\":131.0}");
        assertThat(pulse.get("gapAfterMillis").asLong()).isEqualTo(180_000);
        JsonNode folded = json(get(node, "/v1/twins/p0/history" + span + "&resolution=PT10M", "token-of-a-nurse-1")).at("/vitals/0");
        assertThat(folded.get("points")).hasSize(3);
        assertThat(folded.at("/points/0/count").asInt()).as("the rejected one set aside").isEqualTo(9);
        assertThat(folded.at("/points/0/max").asDouble()).isLessThan(100);
        HttpResponse<String> denied = get(node, "/v1/twins/p0/history" + span, "token-of-somebody-else");
        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(json(get(node, "/v1/twins/p0/history?from=" + begin.minus(Duration.ofDays(3)) + "&to=" + begin, "token-of-a-nurse-1")).get("readings").asInt()).isZero();
    }

    private void assertList(Node first, Node second) throws IOException {
        List<String> names = new ArrayList<>();
        String path = "/v1/twins?limit=3";
        Node asked = first;
        while (true) {
            JsonNode page = json(get(asked, path, "token-of-a-nurse-1"));
            page.get("twins").forEach(twin -> names.add(twin.get("patientId").asText()));
            if (!page.has("next")) {
                break;
            }
            path = "/v1/twins?limit=3&after=" + page.get("next").asText();
            asked = asked == first ? second : first;
        }
        assertThat(names).containsExactly("p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7");
    }

    private Node node(EmbeddedBroker broker, Path tokens, String name) throws IOException {
        QuerySettings settings = QuerySettings.on(freePort(), tokens);
        TwinConfig config = settings.over(TwinConfig.of(broker.bootstrapServers(), topics, folder.resolve(name)).withApplicationId("asked-twin")
                .withTickInterval(Duration.ofMillis(200)).withKafka(Map.of("num.standby.replicas", "1")));
        TwinApp app = new TwinApp(config, ids);
        QueryService service = QueryService.start(app, config, ids, settings);
        assertThat(get(new Node(app, service), "/v1/twins/p0", "token-of-a-nurse-1").statusCode()).as("nothing runs yet").isEqualTo(503);
        app.start();
        return new Node(app, service);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private HttpResponse<String> get(Node node, String path, String token) throws IOException {
        try {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.service().port() + path)).header("Authorization", "Bearer " + token).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private void write(Producer<String, byte[]> producer, int number) throws ExecutionException, InterruptedException {
        String patient = "p" + number;
        RegisteredDevice device = RegisteredDevice.newBuilder().setDeviceId("watch").setKind("patch").setGrade(DeviceGrade.MEDICAL_HOME).setIntervalMillis(60_000L)
                .setVitals(List.of("heart_rate", "spo2")).build();
        write(producer, topics.patients(), patient, PatientContext.newBuilder().setPatientId(patient).setNews2(false).setDevices(List.of(device)).build());
        write(producer, topics.consents(), patient, ConsentRecord.newBuilder().setPatientId(patient).setConsentId("consent").setVersionId("1")
                .setStatus(ConsentStatus.ACTIVE).setEffectiveTime(begin.minusSeconds(60))
                .setProvisions(List.of(Provision.newBuilder().setType(ProvisionType.PERMIT).setPurposes(List.of("TREAT")).build())).build());
        for (int minute = 0; minute < READINGS; minute++) {
            Instant at = begin.plus(Duration.ofMinutes(minute));
            write(producer, topics.readings(), patient, ReadingBatch.newBuilder().setBatchId("b" + minute).setDeviceId("watch").setSentAt(at).setSequence(minute)
                    .setReadings(List.of(reading("heart_rate", at, minute == 7 ? 400.0 : 70.0 + minute % 5, "/min"), reading("spo2", at, 96.0 + minute % 2, "%"))).build());
        }
    }

    private static Reading reading(String vital, Instant at, double value, String unit) {
        return Reading.newBuilder().setVital(vital).setEffectiveTime(at).setValue(value).setUnit(unit).build();
    }

    private <T extends SpecificRecord> void write(Producer<String, byte[]> producer, Topic<T> topic, String patient, T value)
            throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(topic.name(), patient, new AvroSerde<>(topic, ids).serialize(topic.name(), value))).get();
    }
}
