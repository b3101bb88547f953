package io.vitaltwin.alerts.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.alerts.console.Console;
import io.vitaltwin.alerts.console.PatientRecords;
import io.vitaltwin.alerts.console.Trend;
import io.vitaltwin.alerts.console.TrendSource;
import io.vitaltwin.alerts.console.ViewGate;
import io.vitaltwin.alerts.console.Visitor;
import io.vitaltwin.alerts.console.Ward;
import io.vitaltwin.alerts.console.Wards;
import io.vitaltwin.alerts.core.Basis;
import io.vitaltwin.schemas.AlertAction;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.Verdict;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** The real server on a free port, over a ward in memory, a gate and a workflow that do as a test says. */
final class WebBench implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final Trend.Series SERIES = new Trend.Series("spo2", "%", List.of(new Trend.Point(Wards.T0.toEpochMilli(), 84.0, 84.0, 84.0, Verdict.ACCEPT)),
            180_000, new Trend.Limits(88.0, null), new Trend.Personal(94, 96, 98));

    final Ward ward = Wards.ward();
    final Wards.FakeGate gate = new Wards.FakeGate();
    final AtomicReference<Instant> clock = new AtomicReference<>(Wards.T0);
    final List<AlertAction> actions = new CopyOnWriteArrayList<>();
    /** What the workflow says to an action; empty: nothing. */
    volatile Function<AlertAction, Optional<AlertWorkflowEvent>> workflow = action -> Optional.empty();
    volatile boolean ready = true;
    final Path accounts;
    final Optional<String> first;
    final ConsoleServer server;
    final HttpClient client = HttpClient.newHttpClient();

    /** Nobody: hashing a first password for each test would take longer than the tests. */
    static final String NO_ACCOUNTS = "accounts: []\n";

    WebBench() {
        this(Optional.empty(), true, NO_ACCOUNTS);
    }

    /** @param accountsText empty: there is no file */
    WebBench(Optional<OidcSettings> oidc, boolean withTrend, String accountsText) {
        try {
            accounts = Files.createTempDirectory("console-test-").resolve("accounts.yaml");
            if (!accountsText.isEmpty()) {
                Files.writeString(accounts, accountsText);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Console console = new Console(ward, gate, "run");
        server = new ConsoleServer(new ServerSettings("127.0.0.1", 0, Set.of("console.ward.example"), true, accounts, oidc),
                new ConsoleServer.Parts(console, this::send, new Records(), withTrend ? Optional.of(new Past()) : Optional.empty(),
                        () -> ward.counts().view(List.of(), 3), () -> ready, clock::get, Duration.ofMillis(300), Duration.ofMillis(100)));
        first = server.start();
    }

    private void send(List<AlertAction> sent) {
        actions.addAll(sent);
        sent.forEach(action -> workflow.apply(action).ifPresent(event -> ward.workflow(action.getPatientId(), event)));
    }

    /** One reading, which is asked for at the gate. */
    private final class Past implements TrendSource {

        @Override
        public Trend trend(Visitor visitor, String patient, Instant from, Instant to, List<String> vitals, int points) {
            if (vitals.contains("mood")) {
                throw new IllegalArgumentException("a vital that is asked for is not known");
            }
            long at = SERIES.points().getFirst().t();
            boolean shown = gate.ask(visitor, ViewGate.Way.API, List.of(new ViewGate.Thing(patient, at, List.of(new Basis("", "spo2", at))))).getFirst();
            return new Trend(from, to, shown ? List.of(SERIES) : List.of(), List.of(
                    new Trend.Marker(Wards.T0.toEpochMilli(), "alert", "SPO2_CRIT", "a1", null)));
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    private static final class Records implements PatientRecords {

        @Override
        public List<Consent> consents(String patient) {
            return List.of(new Consent("c/1", "ACTIVE", List.of("TREAT"), List.of(), new Period(Wards.T0, null), Wards.T0));
        }

        @Override
        public List<Disclosed> disclosures(String patient) {
            return List.of(new Disclosed(Wards.T0, "api", "nurse-anna", "nurse", "TREAT", List.of("spo2")));
        }

        @Override
        public void export(String patient, OutputStream zip) throws IOException {
            zip.write(("zip of " + patient).getBytes(StandardCharsets.UTF_8));
        }
    }

    URI uri(String path) {
        return server.uri().resolve(path);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    HttpResponse<String> post(String path, String body) {
        return send(HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Signed in by a one-time code. */
    Browser as(Visitor visitor) {
        return new Browser(post("/v1/session", "{\"code\":\"" + server.oneTimeCode(visitor) + "\"}"));
    }

    /** Somebody with a cookie and the session's token. */
    final class Browser {

        final HttpResponse<String> signIn;
        final String cookie;
        final String csrf;

        Browser(HttpResponse<String> signIn) {
            this.signIn = signIn;
            this.cookie = signIn.headers().firstValue("Set-Cookie").orElse("").replaceFirst(";.*", "");
            this.csrf = json(signIn).path("csrf").asText();
        }

        HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(uri(path)).header("Cookie", cookie);
        }

        HttpResponse<String> get(String path) {
            return send(request(path));
        }

        HttpResponse<String> call(String method, String path, String body) {
            return send(request(path).header("X-CSRF-Token", csrf).header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body)));
        }
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
