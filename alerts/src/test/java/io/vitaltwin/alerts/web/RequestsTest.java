package io.vitaltwin.alerts.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitaltwin.alerts.console.Role;
import io.vitaltwin.alerts.console.Visitor;
import io.vitaltwin.alerts.console.Wards;
import io.vitaltwin.alerts.web.WebBench.Browser;
import io.vitaltwin.schemas.AlertAction;
import io.vitaltwin.schemas.WorkflowEventType;
import io.vitaltwin.schemas.WorkflowState;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class RequestsTest {

    private static final String ID = "00000000-0000-4000-8000-00000000000";

    @AutoClose
    private final WebBench bench = new WebBench();

    private Browser as(Role role) {
        return bench.as(new Visitor("user-" + role, role, role.cares() ? Set.of("t1") : Set.of(), role == Role.PATIENT ? "p1" : ""));
    }

    @ParameterizedTest
    @CsvSource({"NURSE, 200, 200, 404, 200, 200, 403, 403, 200", "PHYSICIAN, 200, 200, 404, 200, 200, 403, 403, 200",
            "PATIENT, 403, 200, 404, 200, 200, 200, 403, 200", "AUDITOR, 403, 403, 403, 403, 403, 403, 200, 200",
            "OPS, 403, 403, 403, 403, 403, 403, 200, 403"})
    void shouldShowEachRoleItsOwn(Role role, int worklist, int own, int foreign, int alerts, int alert, int export, int ops, int disclosures) {
        Browser browser = as(role);
        assertThat(browser.get("/v1/worklist").statusCode()).isEqualTo(worklist);
        assertThat(browser.get("/v1/patients/p1").statusCode()).isEqualTo(own);
        assertThat(browser.get("/v1/patients/p3").statusCode()).isEqualTo(foreign);
        assertThat(browser.get("/v1/patients/p1/alerts").statusCode()).isEqualTo(alerts);
        assertThat(browser.get("/v1/alerts/a1?patient=p1").statusCode()).isEqualTo(alert);
        assertThat(browser.get("/v1/patients/p1/export").statusCode()).isEqualTo(export);
        assertThat(browser.get("/v1/ops").statusCode()).isEqualTo(ops);
        assertThat(browser.get("/v1/patients/p1/disclosures").statusCode()).isEqualTo(disclosures);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/trend", "/alerts", "/consents", "/disclosures"})
    void shouldAnswerTheSameForAForeignPatientAndForNobody(String what) {
        Browser nurse = as(Role.NURSE);
        HttpResponse<String> foreign = nurse.get("/v1/patients/p3" + what);
        HttpResponse<String> nobody = nurse.get("/v1/patients/nobody" + what);
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.body()).isEqualTo(nobody.body()).doesNotContain("p3");
        assertThat(foreign.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/worklist", "/v1/stream", "/v1/patients/p1", "/v1/alerts/a1?patient=p1", "/v1/ops", "/v1/session", "/v1/patients/p1/export"})
    void shouldShowNothingToWhoIsNotSignedIn(String path) {
        assertThat(bench.get(path).statusCode()).isEqualTo(401);
    }

    @Test
    void shouldLeadFromTheLinkOfAMessageToItsAlert() {
        HttpResponse<String> answer = bench.get("/alerts/a%201");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).hasValueSatisfying(place -> assertThat(place).endsWith("/#/alert/a%201"));
    }

    @Test
    void shouldShowTheWorklistAsTheContractSays() {
        JsonNode body = WebBench.json(as(Role.NURSE).get("/v1/worklist"));
        assertThat(body.get("asOf").asText()).isEqualTo("2026-11-22T09:30:00.000Z");
        assertThat(body.get("position").asText()).matches("run-\\d+");
        JsonNode row = body.get("patients").get(0);
        assertThat(row.get("patientId").asText()).isEqualTo("p1");
        assertThat(row.get("alerts").get(0).get("raised").asText()).isEqualTo("2026-11-22T09:30:00.000Z");
        assertThat(row.get("alerts").get(0).has("acknowledgedBy")).isFalse();
        assertThat(row.get("spark").get("points").get(0).get(0).asLong()).isEqualTo(Wards.T0.toEpochMilli());
        assertThat(as(Role.NURSE).get("/v1/worklist?priority=LOW").body()).contains("\"patients\":[]");
        assertThat(as(Role.NURSE).get("/v1/worklist?priority=urgent").statusCode()).isEqualTo(422);
    }

    @Test
    void shouldShowNothingWhileTheLogsAreReadOrTheGateDoesNotAnswer() {
        Browser nurse = as(Role.NURSE);
        bench.ready = false;
        assertThat(bench.get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(bench.get("/health/live").statusCode()).isEqualTo(200);
        HttpResponse<String> early = nurse.get("/v1/worklist");
        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.headers().firstValue("Retry-After")).isPresent();
        bench.ready = true;
        assertThat(bench.get("/health/ready").statusCode()).isEqualTo(200);
        bench.gate.broken = true;
        assertThat(nurse.get("/v1/worklist").statusCode()).isEqualTo(503);
    }

    @Test
    void shouldNotShowPointsThatConsentDenies() {
        Browser nurse = as(Role.NURSE);
        JsonNode trend = WebBench.json(nurse.get("/v1/patients/p1/trend?from=2026-11-22T08:00:00Z&to=2026-11-22T10:00:00Z&vitals=spo2&points=10"));
        assertThat(trend.get("vitals").get(0).get("points")).hasSize(1);
        assertThat(trend.get("markers")).hasSize(1);
        bench.gate.denied.add("p1/spo2");
        trend = WebBench.json(nurse.get("/v1/patients/p1/trend"));
        assertThat(trend.get("vitals")).isEmpty();
        assertThat(trend.get("markers")).isEmpty();
        assertThat(nurse.get("/v1/patients/p1/trend?points=0").statusCode()).isEqualTo(422);
        assertThat(nurse.get("/v1/patients/p1/trend?vitals=mood").statusCode()).isEqualTo(422);
        assertThat(nurse.get("/v1/patients/p1/trend?from=yesterday").statusCode()).isEqualTo(422);
    }

    @Test
    void shouldSayThatThereAreNoPastReadings() {
        try (WebBench without = new WebBench(Optional.empty(), false, WebBench.NO_ACCOUNTS)) {
            assertThat(without.as(Wards.NURSE).get("/v1/patients/p1/trend").statusCode()).isEqualTo(501);
        }
    }

    private static String action(int id, String more) {
        return "{\"patient\":\"p1\",\"actionId\":\"" + ID + id + "\"," + more + "}";
    }

    @Test
    void shouldActAsTheUserOfTheSessionAndSayWhatBecameOfIt() {
        Browser nurse = as(Role.NURSE);
        bench.workflow = action -> Optional.of(Wards.step("p1", "a1", action.getActionId(), WorkflowEventType.ACKNOWLEDGED, WorkflowState.ACKNOWLEDGED));
        HttpResponse<String> done = nurse.call("POST", "/v1/alerts/a1/actions", action(1, "\"kind\":\"ACKNOWLEDGE\",\"seenPriority\":\"HIGH\""));
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(WebBench.json(done).get("event").get("state").asText()).isEqualTo("ACKNOWLEDGED");
        assertThat(bench.actions).singleElement().extracting(AlertAction::getActor).isEqualTo("user-NURSE");
        assertThat(nurse.call("POST", "/v1/alerts/a1/actions", action(1, "\"kind\":\"ACKNOWLEDGE\"")).statusCode()).isEqualTo(200);
        assertThat(bench.actions).as("the same action is not sent again").hasSize(1);
    }

    @Test
    void shouldTellARefusalFromSilence() {
        Browser nurse = as(Role.NURSE);
        HttpResponse<String> silent = nurse.call("POST", "/v1/alerts/a1/actions", action(1, "\"kind\":\"ACKNOWLEDGE\""));
        assertThat(silent.statusCode()).isEqualTo(202);
        bench.workflow = action -> {
            var refused = Wards.step("p1", "a1", action.getActionId(), WorkflowEventType.REFUSED, WorkflowState.OPEN);
            refused.setRefusal("CHANGED_SINCE_SEEN");
            return Optional.of(refused);
        };
        HttpResponse<String> refused = nurse.call("POST", "/v1/alerts/a1/actions", action(2, "\"kind\":\"ACKNOWLEDGE\""));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(WebBench.json(refused).get("reason").asText()).isEqualTo("CHANGED_SINCE_SEEN");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"\"kind\":\"SNOOZE\",\"text\":\"x\"|/until", "\"kind\":\"SNOOZE\",\"until\":\"soon\",\"text\":\"x\"|/until",
            "\"kind\":\"ASSIGN\"|/assignee", "\"kind\":\"COMMENT\"|/text", "\"kind\":\"UNDO\"|/undoes", "\"kind\":\"HEAL\"|/kind",
            "\"kind\":\"RESOLVE\",\"outcome\":\"MAYBE\"|/outcome", "\"kind\":\"ACKNOWLEDGE\",\"actor\":\"boss\"|/actor"})
    void shouldSayWhatIsWrongWithAnAction(String more, String pointer) {
        HttpResponse<String> wrong = as(Role.NURSE).call("POST", "/v1/alerts/a1/actions", action(1, more));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(WebBench.json(wrong).get("errors").findValuesAsText("pointer")).contains(pointer);
        assertThat(bench.actions).isEmpty();
    }

    @Test
    void shouldAnswerEachActionOfManyInOrder() {
        bench.workflow = action -> action.getActionId().endsWith("2") ? Optional.empty()
                : Optional.of(Wards.step("p1", "a1", action.getActionId(), WorkflowEventType.COMMENTED, WorkflowState.OPEN));
        String body = "{\"actions\":[" + action(1, "\"alertId\":\"a1\",\"kind\":\"COMMENT\",\"text\":\"x\"") + ","
                + action(2, "\"alertId\":\"a1\",\"kind\":\"ACKNOWLEDGE\"") + "]}";
        JsonNode results = WebBench.json(as(Role.NURSE).call("POST", "/v1/actions", body)).get("results");
        assertThat(results.findValuesAsText("actionId")).startsWith(ID + 1).contains(ID + 2);
        assertThat(results.get(0).get("applied").asBoolean()).isTrue();
        assertThat(results.get(1).path("applied").isMissingNode() || results.get(1).get("applied").isNull()).isTrue();
        assertThat(as(Role.NURSE).call("POST", "/v1/actions", "{\"actions\":[]}").statusCode()).isEqualTo(422);
    }

    @Test
    void shouldRefuseActionsOfWhoMayNot() {
        String body = action(1, "\"kind\":\"ACKNOWLEDGE\"");
        for (Role role : new Role[] {Role.PATIENT, Role.OPS, Role.AUDITOR}) {
            assertThat(as(role).call("POST", "/v1/alerts/a1/actions", body).statusCode()).isEqualTo(403);
        }
        Browser nurse = as(Role.NURSE);
        assertThat(nurse.call("POST", "/v1/alerts/a3/actions", body.replace("p1", "p3")).statusCode()).isEqualTo(404);
        assertThat(nurse.call("POST", "/v1/alerts/unknown/actions", body).statusCode()).isEqualTo(404);
        HttpRequest.Builder withoutToken = nurse.request("/v1/alerts/a1/actions").header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        assertThat(bench.send(withoutToken).statusCode()).isEqualTo(403);
        HttpRequest.Builder elsewhere = nurse.request("/v1/alerts/a1/actions").header("X-CSRF-Token", nurse.csrf).header("Origin", "https://evil.example")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        assertThat(bench.send(elsewhere).statusCode()).isEqualTo(403);
        assertThat(bench.actions).isEmpty();
    }

    @Test
    void shouldSetTheHeadersThatKeepAPageToItself() {
        for (String path : new String[] {"/v1/session/methods", "/no-such-file.js", "/v1/worklist", "/health/live"}) {
            HttpResponse<String> response = bench.get(path);
            assertThat(response.headers().firstValue("Content-Security-Policy")).as(path).hasValueSatisfying(policy -> assertThat(policy)
                    .startsWith("default-src 'none'; script-src 'self'; style-src 'self';").endsWith("frame-ancestors 'none'").doesNotContain("unsafe"));
            assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(response.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(response.headers().firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
            assertThat(response.headers().firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
            assertThat(response.headers().firstValue("Server")).isEmpty();
        }
        assertThat(bench.get("/v1/session/methods").headers().firstValue("Cache-Control")).contains("no-store");
        String cookie = as(Role.NURSE).signIn.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).endsWith("; Path=/; HttpOnly; SameSite=Strict");
        HttpRequest.Builder byProxy = HttpRequest.newBuilder(bench.uri("/v1/session")).header("X-Forwarded-Proto", "https")
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString("{\"code\":\"" + bench.server.oneTimeCode(Wards.NURSE) + "\"}"));
        assertThat(bench.send(byProxy).headers().firstValue("Set-Cookie").orElseThrow()).endsWith("; Secure");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 200", "localhost:1234, 200", "console.ward.example, 200", "evil.example, 421", "127.0.0.1.evil.example, 421"})
    void shouldAnswerOnlyUnderItsOwnNames(String host, int status) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", bench.server.uri().getPort())) {
            socket.getOutputStream().write(("GET /v1/session/methods HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    void shouldServeOnlyFilesOfThePage() {
        HttpResponse<String> document = bench.get("/v1/openapi.yaml");
        assertThat(document.statusCode()).isEqualTo(200);
        assertThat(document.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("application/yaml"));
        String etag = document.headers().firstValue("ETag").orElseThrow();
        assertThat(bench.send(HttpRequest.newBuilder(bench.uri("/v1/openapi.yaml")).header("If-None-Match", etag)).statusCode()).isEqualTo(304);
        assertThat(bench.get("/../logback.xml").statusCode()).isIn(400, 404);
        assertThat(bench.get("/%2e%2e/logback.xml").statusCode()).isIn(400, 404);
        assertThat(bench.get("/v1/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldTakeNoEndlessBody() {
        HttpResponse<String> large = as(Role.NURSE).call("POST", "/v1/actions", "x".repeat(2_000_000));
        assertThat(large.statusCode()).isEqualTo(413);
    }
}
