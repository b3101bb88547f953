package io.vitaltwin.alerts.web;

import io.vitaltwin.alerts.console.Role;
import io.vitaltwin.alerts.console.Wards;
import io.vitaltwin.alerts.web.WebBench.Browser;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class SignInTest {

    @AutoClose
    private final WebBench bench = new WebBench();

    private HttpResponse<String> signIn(String user, String password) {
        return signIn(bench, user, password);
    }

    private static HttpResponse<String> signIn(WebBench bench, String user, String password) {
        return bench.post("/v1/session", "{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}");
    }

    @Test
    void shouldLetTheFirstAccountChangeItsPasswordAndNothingElse() throws Exception {
        try (WebBench fresh = new WebBench(Optional.empty(), true, "")) {
            shouldChangeTheFirstPassword(fresh);
        }
    }

    private static void shouldChangeTheFirstPassword(WebBench bench) throws Exception {
        // Given
        String first = bench.first.orElseThrow();
        assertThat(Files.readString(bench.accounts)).contains("admin").doesNotContain(first);
        assertThat(Files.getPosixFilePermissions(bench.accounts)).containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        Browser admin = bench.new Browser(signIn(bench, "admin", first));
        // Then
        assertThat(WebBench.json(admin.signIn).get("mustChangePassword").asBoolean()).isTrue();
        assertThat(admin.get("/v1/ops").statusCode()).isEqualTo(403);
        assertThat(admin.call("PUT", "/v1/session/password", "{\"old\":\"" + first + "\",\"new\":\"short\"}").statusCode()).isEqualTo(422);
        assertThat(admin.call("PUT", "/v1/session/password", "{\"old\":\"wrong\",\"new\":\"a long new password\"}").statusCode()).isEqualTo(422);
        assertThat(admin.call("PUT", "/v1/session/password", "{\"old\":\"" + first + "\",\"new\":\"a long new password\"}").statusCode()).isEqualTo(200);
        assertThat(admin.get("/v1/ops").statusCode()).isEqualTo(200);
        assertThat(signIn(bench, "admin", first).statusCode()).isEqualTo(401);
        assertThat(WebBench.json(signIn(bench, "admin", "a long new password")).get("role").asText()).isEqualTo("OPS");
    }

    @Test
    void shouldHoldBackAfterFiveWrongPasswordsUntilFiveMinutesAreOver() {
        new Accounts(bench.accounts).add("anna", Role.NURSE, Set.of("t1"), "", Optional.of("correct horse battery"));
        for (int i = 0; i < 5; i++) {
            assertThat(signIn("anna", "wrong").statusCode()).isEqualTo(401);
        }
        HttpResponse<String> held = signIn("anna", "correct horse battery");
        assertThat(held.statusCode()).isEqualTo(429);
        assertThat(held.headers().firstValue("Retry-After")).contains("300");
        bench.clock.set(Wards.T0.plus(Duration.ofMinutes(5)));
        assertThat(signIn("anna", "correct horse battery").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldTakeACodeOnceAndWithinAnHour() {
        String code = bench.server.oneTimeCode(Wards.NURSE);
        String late = bench.server.oneTimeCode(Wards.NURSE);
        assertThat(bench.post("/v1/session", "{\"code\":\"" + code + "\"}").statusCode()).isEqualTo(200);
        assertThat(bench.post("/v1/session", "{\"code\":\"" + code + "\"}").statusCode()).isEqualTo(401);
        bench.clock.set(Wards.T0.plus(Duration.ofHours(1)));
        assertThat(bench.post("/v1/session", "{\"code\":\"" + late + "\"}").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldEndAfterThirtyIdleMinutesAndAfterTwelveHoursOfUse() {
        Browser nurse = bench.as(Wards.NURSE);
        bench.clock.set(Wards.T0.plus(Sessions.IDLE).minusMillis(1));
        assertThat(nurse.get("/v1/session").statusCode()).isEqualTo(200);
        for (int i = 1; i * 29 < 12 * 60; i++) {
            bench.clock.set(Wards.T0.plus(Duration.ofMinutes(29L * i)));
            assertThat(nurse.get("/v1/session").statusCode()).isEqualTo(200);
        }
        bench.clock.set(Wards.T0.plus(Sessions.LONGEST));
        assertThat(nurse.get("/v1/session").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldEndAnIdleSession() {
        Browser nurse = bench.as(Wards.NURSE);
        bench.clock.set(Wards.T0.plus(Sessions.IDLE));
        assertThat(nurse.get("/v1/session").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldSignOutForGood() {
        Browser nurse = bench.as(Wards.NURSE);
        assertThat(bench.send(nurse.request("/v1/session").DELETE()).statusCode()).isEqualTo(403);
        assertThat(nurse.call("DELETE", "/v1/session", "").statusCode()).isEqualTo(204);
        assertThat(nurse.get("/v1/session").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldLetAProgramInByItsTokenWithoutTheTokenOfAPage() {
        Accounts accounts = new Accounts(bench.accounts);
        accounts.add("board", Role.NURSE, Set.of("t1"), "", Optional.empty());
        String token = accounts.addToken("board").orElseThrow();
        HttpRequest.Builder request = HttpRequest.newBuilder(bench.uri("/v1/worklist")).header("Authorization", "Bearer " + token);
        assertThat(bench.send(request).statusCode()).isEqualTo(200);
        assertThat(bench.send(HttpRequest.newBuilder(bench.uri("/v1/worklist")).header("Authorization", "Bearer " + token + "x")).statusCode()).isEqualTo(401);
        assertThat(accounts.addToken("nobody")).isEmpty();
    }

    @Test
    void shouldRefuseAFormAndWhatIsNoSignIn() {
        HttpRequest.Builder form = HttpRequest.newBuilder(bench.uri("/v1/session")).header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{\"code\":\"x\"}"));
        assertThat(bench.send(form).statusCode()).isEqualTo(422);
        assertThat(bench.post("/v1/session", "[]").statusCode()).isEqualTo(422);
        assertThat(bench.post("/v1/session", "{").statusCode()).isEqualTo(422);
        assertThat(bench.post("/v1/session", "{\"user\":1}").statusCode()).isEqualTo(422);
        assertThat(bench.get("/v1/session/oidc").statusCode()).isEqualTo(404);
        assertThat(bench.get("/v1/session/methods").body()).contains("\"local\":true", "\"oidc\":false");
    }
}
