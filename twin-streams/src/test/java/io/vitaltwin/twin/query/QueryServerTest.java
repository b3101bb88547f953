package io.vitaltwin.twin.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.schemas.ViolationStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Two instances over HTTP. */
@Timeout(60)
class QueryServerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] NURSE = {"Authorization", "Bearer token-of-a-nurse-1"};
    private static final String[] MARKETING = {"Authorization", "Bearer token-of-somebody-else"};

    @TempDir
    private Path folder;

    private FakeCluster cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = new FakeCluster(Files.writeString(folder.resolve("tokens.yaml"), """
                peer: known-to-instances-only
                tokens:
                  - {token: token-of-a-nurse-1, actor: anna, role: nurse, purpose: TREAT}
                  - {token: token-of-somebody-else, actor: ads, purpose: HMARKT}
                """));
        cluster.twins.put("ann", Twins.spo2(96));
        cluster.twins.put("ben", Twins.spo2(86));
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError("not JSON", e);
        }
    }

    private static String contentType(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
    }

    @ParameterizedTest
    @CsvSource({"0, ann", "1, ann", "0, ben", "1, ben"})
    void shouldAnswerForAnyPatientFromAnyInstance(int number, String patient) {
        HttpResponse<String> answer = cluster.get(number, "/v1/twins/" + patient, NURSE);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        JsonNode twin = json(answer);
        assertThat(twin.get("patientId").asText()).isEqualTo(patient);
        assertThat(twin.get("source").toString()).isEqualTo("{\"instance\":\"" + cluster.instance(patient.equals("ann") ? 0 : 1)
                + "\",\"role\":\"ACTIVE\",\"stale\":false,\"provisional\":true}");
        assertThat(twin.at("/vitals/0/value").asDouble()).isEqualTo(patient.equals("ann") ? 96 : 86);
        assertThat(twin.get("asOf").asText()).isEqualTo("2026-03-01T08:00:30Z");
        assertThat(twin.at("/vitals/0/ageSeconds").asInt()).isEqualTo(32);
        assertThat(twin.get("appendTime").asText()).isEqualTo("2026-03-01T08:00:00Z");
        assertThat(twin.at("/openEpisodes/0/rule").asText()).isEqualTo(patient.equals("ann") ? "" : "SPO2_CRIT");
        assertThat(cluster.disclosures).singleElement().satisfies(entry -> {
            assertThat(entry.getEgress()).isEqualTo("query-api");
            assertThat(List.of(entry.getPatientId(), entry.getActor(), entry.getRole(), entry.getPurpose())).containsExactly(patient, "anna", "nurse", "TREAT");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/twins", "/v1/twins/ann", "/v1/twins/ann/history", "/v1/twins/ann/stream", "/v1/peers/twins"})
    void shouldGiveNobodyAnAnswerWithoutAToken(String path) {
        for (String[] headers : List.of(new String[0], new String[] {"Authorization", "Bearer guessed-guessed-1"}, new String[] {"Vitaltwin-Peer", "guessed"})) {
            HttpResponse<String> answer = cluster.get(0, path, headers);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertThat(answer.body()).doesNotContain("ann").doesNotContain("96");
        }
        assertThat(cluster.disclosures).isEmpty();
    }

    @Test
    void shouldShowNothingThatNoConsentCoversAndWriteTheViolation() {
        cluster.denied.add("ben");
        for (String[] viewer : List.of(NURSE, MARKETING)) {
            HttpResponse<String> answer = cluster.get(0, "/v1/twins/ben", viewer);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(contentType(answer)).isEqualTo("application/problem+json");
            assertThat(answer.body()).doesNotContain("86").doesNotContain("oximeter");
        }
        assertThat(cluster.get(0, "/v1/twins/ann", MARKETING).statusCode()).isEqualTo(403);
        assertThat(cluster.disclosures).isEmpty();
        assertThat(cluster.violations).hasSize(3).allSatisfy(violation -> assertThat(violation.getStage()).isEqualTo(ViolationStage.DISCLOSE));
        assertThat(cluster.violations.getLast().getReason()).isEqualTo(ViolationReason.PURPOSE_DENIED);
    }

    @Test
    void shouldShowNothingWhereConsentCannotBeAskedAndRecover() {
        assertThat(cluster.get(0, "/v1/twins/ann", NURSE).statusCode()).isEqualTo(200);
        cluster.consentsFail = true;
        HttpResponse<String> answer = cluster.get(0, "/v1/twins/ann", NURSE);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).doesNotContain("96");
        cluster.consentsFail = false;
        assertThat(cluster.get(0, "/v1/twins/ann", NURSE).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldSayThatItKnowsNobodyOfThatName() {
        assertThat(cluster.get(0, "/v1/twins/bob", NURSE).statusCode()).isEqualTo(404);
        assertThat(cluster.get(0, "/v1/nothing", NURSE).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldAskToComeBackWhilePartitionsMoveOrAreRestored() {
        cluster.restoring.add(1);
        for (int number = 0; number < 2; number++) {
            HttpResponse<String> answer = cluster.get(number, "/v1/twins/ben", NURSE);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            assertThat(cluster.get(number, "/v1/twins", NURSE).statusCode()).isEqualTo(503);
        }
        assertThat(cluster.get(1, "/v1/twins/ann", NURSE).statusCode()).isEqualTo(200);
        cluster.starting = true;
        assertThat(cluster.get(1, "/v1/twins/ann", NURSE).statusCode()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldLetAStandbyAnswerAndSaySo(boolean dead) {
        cluster.standbys = true;
        if (dead) {
            cluster.stop(1);
        } else {
            cluster.restoring.add(1);
        }
        JsonNode twin = json(cluster.get(0, "/v1/twins/ben", NURSE));
        assertThat(twin.get("source").toString()).isEqualTo("{\"instance\":\"" + cluster.instance(0) + "\",\"role\":\"STANDBY\",\"stale\":true,\"provisional\":false}");
        assertThat(twin.get("asOf").asText()).as("a standby knows no stream time").isEqualTo("2026-03-01T08:00:00Z");
        if (!dead) {
            assertThat(json(cluster.get(1, "/v1/twins/ben", NURSE)).at("/source/role").asText()).as("the active instance asks the standby").isEqualTo("STANDBY");
        }
    }

    @Test
    void shouldForwardOnceAndNotAgain() {
        HttpResponse<String> answer = cluster.get(0, "/v1/twins/ben", "Authorization", NURSE[1], "Vitaltwin-Hop", "ACTIVE");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(cluster.asked).containsOnlyKeys(0);
    }

    @Test
    void shouldListEverybodyOfAllInstancesPageByPage() {
        for (int i = 0; i < 7; i++) {
            cluster.twins.put("a" + i, Twins.spo2(96));
            cluster.twins.put("b" + i, Twins.spo2(i % 2 == 0 ? 96 : 85));
        }
        cluster.denied.add("b2");
        List<String> names = new ArrayList<>();
        int withheld = 0;
        String path = "/v1/twins?limit=4";
        for (int page = 0; ; page++) {
            JsonNode answer = json(cluster.get(page % 2, path, NURSE));
            answer.get("twins").forEach(twin -> names.add(twin.get("patientId").asText()));
            withheld += answer.get("withheld").asInt();
            if (!answer.has("next")) {
                break;
            }
            assertThat(answer.get("next").asText()).doesNotContain("b2");
            path = "/v1/twins?limit=4&after=" + answer.get("next").asText();
        }
        assertThat(names).containsExactly("a0", "a1", "a2", "a3", "a4", "a5", "a6", "ann", "b0", "b1", "b3", "b4", "b5", "b6", "ben");
        assertThat(withheld).isEqualTo(1);
        assertThat(cluster.disclosures).hasSize(15);
        List<String> ill = new ArrayList<>();
        json(cluster.get(0, "/v1/twins?filter=priority:HIGH", NURSE)).get("twins").forEach(twin -> ill.add(twin.get("patientId").asText()));
        assertThat(ill).containsExactly("b1", "b3", "b5", "ben");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/v1/twins?limit=0|limit", "/v1/twins?limit=501|limit", "/v1/twins?limit=x|limit", "/v1/twins?after=x|after",
        "/v1/twins?filter=x|filter", "/v1/twins/ann/history?from=yesterday|from", "/v1/twins/ann/history?resolution=5|resolution",
        "/v1/twins/ann/history?resolution=PT0S|resolution", "/v1/twins/ann/history?points=5001|points", "/v1/twins/ann/history?vital=nothing|vital",
        "/v1/twins/ann/history?from=2026-01-01T00:00:00Z&to=2026-02-02T00:00:00Z|from", "/v1/twins/ann/stream|Accept"})
    void shouldNameTheParameterThatItCannotUse(String path, String parameter) {
        HttpResponse<String> answer = cluster.get(0, path, NURSE);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(json(answer).at("/errors/0/pointer").asText()).isEqualTo(parameter);
    }

    @Test
    void shouldSayThatTheLogCannotBeRead() {
        assertThat(cluster.get(1, "/v1/twins/ann/history?vital=spo2", NURSE).statusCode()).isEqualTo(503);
    }

    @Test
    void shouldAnswerAsDescribedAndDescribeWhatItAnswers() throws IOException {
        Description description = new Description(cluster.get(0, "/v1/openapi.yaml").body());
        assertThat(description.version()).startsWith("3.1");
        assertThat(description.paths()).isEqualTo(cluster.server(0).routes().keySet());
        cluster.denied.add("bad");
        cluster.twins.put("bad", Twins.spo2(96));
        cluster.twins.put("a-old", Twins.spo2(80, Twins.T0.minusSeconds(3600)));
        for (String[] call : new String[][] {{"/v1/twins", "/v1/twins"}, {"/v1/twins", "/v1/twins?limit=1"}, {"/v1/twins", "/v1/twins?limit=0"},
            {"/v1/twins/{patient}", "/v1/twins/ann"}, {"/v1/twins/{patient}", "/v1/twins/ben"}, {"/v1/twins/{patient}", "/v1/twins/a-old"},
            {"/v1/twins/{patient}", "/v1/twins/nobody"}, {"/v1/twins/{patient}", "/v1/twins/bad"}, {"/v1/twins/{patient}/history", "/v1/twins/ann/history"},
            {"/v1/twins/{patient}/history", "/v1/twins/ann/history?points=0"}, {"/v1/twins/{patient}/stream", "/v1/twins/ann/stream"},
            {"/v1/peers/twins", "/v1/peers/twins"}}) {
            for (String[] viewer : List.of(NURSE, new String[0])) {
                HttpResponse<String> answer = cluster.get(0, call[1], viewer);
                assertThat(description.faults(call[0], answer.statusCode(), contentType(answer), json(answer)))
                        .as(call[1] + " " + answer.statusCode()).isEmpty();
            }
        }
        assertThat(description.faults("/v1/twins", 200, "application/json", JSON.readTree("{\"twins\":[],\"withheld\":\"1\",\"more\":1}"))).as("the check can fail").hasSize(2);
    }

    /** Events of a stream, one a line: name, id, and the value of the first vital. */
    private static List<String> events(HttpResponse<InputStream> answer, int count) throws IOException {
        List<String> events = new ArrayList<>();
        BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        String name = "";
        String id = "";
        String data = "";
        for (String line = lines.readLine(); line != null && events.size() < count; line = lines.readLine()) {
            if (line.startsWith("event:")) {
                name = line.substring(6).strip();
            } else if (line.startsWith("id:")) {
                id = line.substring(3).strip();
            } else if (line.startsWith("data:")) {
                data = line.substring(5).strip();
            } else if (line.isEmpty() && !name.isEmpty()) {
                events.add(name + " " + id + " " + JSON.readTree(data).at("/vitals/0/value").asText());
                name = "";
                id = "";
                if (events.size() == count) {
                    break;
                }
            }
        }
        return events;
    }

    private HttpResponse<InputStream> stream(int number, String patient, String... more) {
        List<String> headers = new ArrayList<>(List.of("Accept", "text/event-stream", NURSE[0], NURSE[1]));
        headers.addAll(List.of(more));
        return cluster.send(number, "/v1/twins/" + patient + "/stream", HttpResponse.BodyHandlers.ofInputStream(), headers.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldTellATwinAsItChangesAndResume(int number) throws IOException {
        String first;
        HttpResponse<InputStream> answer = stream(number, "ann");
        try (InputStream open = answer.body()) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            List<String> events = events(answer, 1);
            assertThat(events).singleElement().asString().startsWith("twin ").endsWith(" 96.0");
            first = events.getFirst().split(" ")[1];
            assertThat(first).isEqualTo(EventStreams.id(cluster.twins.get("ann")));
            cluster.twins.put("ann", Twins.spo2(95));
            assertThat(events(answer, 1)).singleElement().asString().endsWith(" 95.0");
            assertThat(open).isNotNull();
        }
        // The client that missed the change gets it at once; the one that has it waits for the next.
        HttpResponse<InputStream> behind = stream(number, "ann", "Last-Event-ID", first);
        try (InputStream open = behind.body()) {
            assertThat(events(behind, 1)).singleElement().asString().endsWith(" 95.0");
            assertThat(open).isNotNull();
        }
        int shown = cluster.disclosures.size();
        HttpResponse<InputStream> upToDate = stream(number, "ann", "Last-Event-ID", EventStreams.id(cluster.twins.get("ann")));
        try (InputStream open = upToDate.body()) {
            assertThat(cluster.disclosures).hasSize(shown);
            cluster.twins.put("ann", Twins.spo2(94));
            assertThat(events(upToDate, 1)).singleElement().asString().endsWith(" 94.0");
            assertThat(open).isNotNull();
        }
    }

    @Test
    void shouldEndAStreamWhenConsentEndsOrThePatientIsForgotten() throws IOException {
        HttpResponse<InputStream> withdrawn = stream(1, "ann");
        HttpResponse<InputStream> forgotten = stream(1, "ben");
        assertThat(events(withdrawn, 1)).hasSize(1);
        assertThat(events(forgotten, 1)).hasSize(1);
        cluster.denied.add("ann");
        cluster.twins.put("ann", Twins.spo2(95));
        cluster.twins.remove("ben");
        assertThat(events(withdrawn, 9)).singleElement().asString().startsWith("withheld ").doesNotContain("95");
        assertThat(events(forgotten, 9)).singleElement().asString().startsWith("gone ");
        assertThat(stream(1, "ann").statusCode()).isEqualTo(403);
        assertThat(stream(0, "ben").statusCode()).isEqualTo(404);
    }

    /** A relay that lags behind would pile up events: the last of several changes must be there within the time of a few. */
    @Test
    void shouldHandOnEventsAsFastAsTheyCome() throws IOException {
        HttpResponse<InputStream> stream = stream(1, "ann");
        try (InputStream open = stream.body()) {
            assertThat(events(stream, 1)).hasSize(1);
            long begin = System.nanoTime();
            for (int percent = 95; percent > 91; percent--) {
                cluster.twins.put("ann", Twins.spo2(percent));
                assertThat(events(stream, 1)).singleElement().asString().endsWith(" " + percent + ".0");
            }
            assertThat(java.time.Duration.ofNanos(System.nanoTime() - begin)).as("four looks of a second each").isLessThan(java.time.Duration.ofSeconds(14));
            assertThat(open).isNotNull();
        }
    }

    @Test
    void shouldSendWhoFollowsElsewhereWhenThePartitionMoves() throws IOException {
        HttpResponse<InputStream> stream = stream(0, "ben");
        assertThat(events(stream, 1)).hasSize(1);
        cluster.restoring.add(1);
        assertThat(events(stream, 9)).singleElement().asString().startsWith("moved ");
    }
}
