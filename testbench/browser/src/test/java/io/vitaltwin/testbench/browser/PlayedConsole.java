package io.vitaltwin.testbench.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Plays the console's server: the page from the class path, with the headers of the real one, and answers that keep to its contract. A test can make
 * things happen. Its clock begins at a fixed instant and runs.
 */
final class PlayedConsole implements AutoCloseable {

    static final String PASSWORD = "a-good-password";
    static final Instant BEGIN = Instant.parse("2026-11-22T09:30:00Z");
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
            + "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8", "js", "text/javascript; charset=utf-8", "css", "text/css; charset=utf-8",
            "json", "application/json", "svg", "image/svg+xml", "webmanifest", "application/manifest+json");
    private static final Map<String, String> ROLES = Map.of("nurse1", "NURSE", "first", "NURSE", "doctor1", "PHYSICIAN", "ops1", "OPS", "audit1", "AUDITOR", "p0002", "PATIENT");

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final long begun = System.nanoTime();
    private final Map<String, ObjectNode> rows = new LinkedHashMap<>();
    private final Map<String, String> sessions = new LinkedHashMap<>();
    private final List<String> codes = new ArrayList<>(List.of("ONCE-1", "ONCE-2"));
    private final Workflow workflow = new Workflow();
    private final Events events = new Events(() -> "event: beat\ndata: {\"now\":\"" + now() + "\"}\n\n", 1_000);
    private final PatientAnswers patients = new PatientAnswers(BEGIN);
    private final Ward ward;
    private boolean firstPasswordChanged;
    private volatile boolean down;

    /** @param port 0: any that is free */
    PlayedConsole(int port, int alerting, int all) {
        ward = new Ward(7, BEGIN);
        for (int i = 0; i < all; i++) {
            ObjectNode row = i < alerting ? ward.alerting(i, i, Duration.ofMinutes(2 + 7L * i % 170)) : ward.quiet(i);
            rows.put(row.get("patientId").textValue(), row);
        }
        vary(alerting, all);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("no port for the played console", e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** What a list of real patients holds besides alerts and quiet. */
    private void vary(int alerting, int all) {
        if (all < alerting + 4) {
            return;
        }
        rows.get(Ward.id(alerting)).put("state", "NO_CONSENT").putArray("vitals");
        ObjectNode silent = rows.get(Ward.id(alerting + 1));
        silent.put("state", "NO_DATA").put("newestReading", BEGIN.minus(Duration.ofHours(9)).toString());
        withhold(rows.get(Ward.id(alerting + 2)));
        if (alerting > 4) {
            ward.addAlert(rows.get(Ward.id(0)), 6, Duration.ofMinutes(50));
            rows.get(Ward.id(0)).put("state", "ALERT");
            ObjectNode answered = (ObjectNode) rows.get(Ward.id(2)).withArray("alerts").get(0);
            answered.put("state", "ACKNOWLEDGED").put("acknowledgedBy", "nurse2").put("acknowledgedAt", BEGIN.minusSeconds(300).toString()).put("assignee", "nurse2");
            Rows.settle(rows.get(Ward.id(2)));
            ((ObjectNode) rows.get(Ward.id(1)).withArray("alerts").get(0)).put("state", "ESCALATED").put("step", "SECOND_CONTACT");
        }
    }

    private static void withhold(ObjectNode row) {
        row.put("state", "WITHHELD").remove(List.of("spark", "newestReading"));
        row.putArray("vitals");
        row.withArray("alerts").forEach(alert -> ((ObjectNode) alert).put("text", "").putArray("tags"));
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    Instant now() {
        return BEGIN.plusNanos(System.nanoTime() - begun).truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    }

    /** Something happens to a patient; everybody is told. */
    synchronized void change(String patient, Consumer<ObjectNode> change) {
        ObjectNode row = rows.get(patient);
        change.accept(row);
        Rows.settle(row);
        tell(row);
    }

    synchronized String raise(String patient, int story) {
        ObjectNode row = rows.get(patient);
        ObjectNode alert = ward.addAlert(row, story, Duration.between(now(), BEGIN));
        row.put("state", row.get("state").textValue().equals("NO_DATA") ? "NO_DATA" : "ALERT");
        tell(row);
        return alert.get("alertId").textValue();
    }

    synchronized void withdrawConsent(String patient) {
        change(patient, PlayedConsole::withhold);
    }

    synchronized void worsen(String patient, String text) {
        change(patient, row -> {
            ObjectNode alert = (ObjectNode) row.withArray("alerts").get(0);
            alert.put("priority", "HIGH").put("highest", "HIGH").put("state", "OPEN").put("text", text).put("updated", now().toString()).remove(List.of("snoozedBy", "snoozedUntil"));
            workflow.tell(alert.get("alertId").textValue(), "BROKEN_THROUGH", "SNOOZED", "OPEN", "", now(), "");
        });
    }

    synchronized ObjectNode row(String patient) {
        return rows.get(patient).deepCopy();
    }

    /** Cuts every live connection; while down, nothing is answered. */
    void down(boolean is) {
        down = is;
        if (is) {
            events.cut();
        }
    }

    private void tell(ObjectNode row) {
        events.tell("row", row.deepCopy());
        row.withArray("alerts").forEach(alert -> events.tell("alert",
                json.createObjectNode().put("patientId", row.get("patientId").textValue()).put("alertId", alert.get("alertId").textValue())));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (down) {
                return;
            }
            if (path.startsWith("/v1/")) {
                api(exchange, exchange.getRequestMethod() + " " + path);
            } else {
                file(exchange, path.equals("/") ? "/index.html" : path);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void file(HttpExchange exchange, String path) throws IOException {
        try (InputStream in = PlayedConsole.class.getResourceAsStream("/console" + path)) {
            if (in == null || path.contains("..")) {
                send(exchange, 404, problem(404, "no such file"));
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream"));
            write(exchange, 200, in.readAllBytes());
        }
    }

    private void api(HttpExchange exchange, String call) throws IOException, InterruptedException {
        @Nullable String user = user(exchange);
        JsonNode body = exchange.getRequestMethod().equals("GET") ? json.createObjectNode() : json.readTree(exchange.getRequestBody());
        switch (call) {
            case "GET /v1/session/methods" -> send(exchange, 200, json.createObjectNode().put("local", true).put("oidc", true));
            case "POST /v1/session" -> signIn(exchange, body);
            case "GET /v1/session" -> sendSession(exchange, user);
            case "DELETE /v1/session" -> signOut(exchange);
            default -> {
                if (user == null) {
                    send(exchange, 401, problem(401, "no session"));
                } else if (!exchange.getRequestMethod().equals("GET") && !("csrf-" + user).equals(exchange.getRequestHeaders().getFirst("X-CSRF-Token"))) {
                    send(exchange, 403, problem(403, "the CSRF token is missing or not of this session"));
                } else {
                    signedIn(exchange, call, user, body);
                }
            }
        }
    }

    private void signedIn(HttpExchange exchange, String call, String user, JsonNode body) throws IOException, InterruptedException {
        String role = ROLES.getOrDefault(user, "NURSE");
        boolean care = role.equals("NURSE") || role.equals("PHYSICIAN");
        String[] parts = call.substring(call.indexOf(' ') + 2).split("/");
        if (call.equals("GET /v1/stream")) {
            stream(exchange, care);
        } else if (call.equals("GET /v1/ops") && (role.equals("OPS") || role.equals("AUDITOR"))) {
            send(exchange, 200, patients.ops());
        } else if (call.equals("PUT /v1/session/password")) {
            firstPasswordChanged = true;
            write(exchange, 204, new byte[0]);
        } else if (call.equals("GET /v1/worklist") && care) {
            send(exchange, 200, worklist());
        } else if (parts.length == 4 && parts[1].equals("alerts") && care) {
            Result result = act(user, ((ObjectNode) body).put("alertId", parts[2]));
            send(exchange, result.status, result.body);
        } else if (call.equals("POST /v1/actions") && care) {
            ArrayNode results = json.createArrayNode();
            body.get("actions").forEach(action -> results.add(act(user, action).body));
            send(exchange, 200, json.createObjectNode().set("results", results));
        } else if (parts.length == 3 && parts[1].equals("alerts") && care) {
            alert(exchange, parts[2]);
        } else if (parts.length > 2 && parts[1].equals("patients") && (care || parts[2].equals(user) || role.equals("AUDITOR") && call.endsWith("disclosures"))) {
            patient(exchange, parts);
        } else {
            send(exchange, 403, problem(403, "the role does not include this"));
        }
    }

    private void stream(HttpExchange exchange, boolean care) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, 0);
        @Nullable String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        events.serve(exchange.getResponseBody(), care ? last : null);
    }

    private synchronized ObjectNode worklist() {
        ObjectNode list = json.createObjectNode().put("asOf", now().toString()).put("position", events.position());
        rows.values().stream().sorted(Rows.ORDER).forEach(list.putArray("patients")::add);
        return list;
    }

    private record Result(int status, ObjectNode body) {
    }

    private synchronized Result act(String user, JsonNode action) {
        ObjectNode row = rows.getOrDefault(action.path("patient").asText(), json.createObjectNode());
        String id = action.path("alertId").asText();
        for (JsonNode one : row.path("alerts")) {
            if (one.get("alertId").textValue().equals(id)) {
                ObjectNode alert = (ObjectNode) one;
                Workflow.Result result = workflow.act(alert, action, user, now());
                if (result.refusal() != null) {
                    return new Result(409, problem(409, "the action cannot be done").put("reason", result.refusal()));
                }
                Rows.settle(row);
                tell(row);
                ObjectNode body = json.createObjectNode().put("actionId", action.get("actionId").textValue()).put("applied", true);
                return new Result(200, body.set("event", result.event().deepCopy()));
            }
        }
        return new Result(404, problem(404, "unknown, or not in your care"));
    }

    private synchronized void alert(HttpExchange exchange, String id) throws IOException {
        for (ObjectNode row : rows.values()) {
            for (JsonNode alert : row.path("alerts")) {
                if (alert.get("alertId").textValue().equals(id)) {
                    send(exchange, 200, patients.alert((ObjectNode) alert, row, workflow.history(id)));
                    return;
                }
            }
        }
        send(exchange, 404, problem(404, "unknown, or not in your care"));
    }

    private synchronized void patient(HttpExchange exchange, String[] parts) throws IOException {
        @Nullable ObjectNode row = rows.get(parts[2]);
        if (row == null) {
            send(exchange, 404, problem(404, "unknown, or not in your care"));
            return;
        }
        Map<String, String> asked = query(exchange);
        send(exchange, 200, switch (parts.length > 3 ? parts[3] : "") {
            case "trend" -> patients.trend(row, Instant.parse(asked.get("from")), Instant.parse(asked.get("to")));
            case "alerts" -> patients.past(row);
            case "consents" -> patients.consents();
            case "disclosures" -> patients.disclosures();
            default -> patients.patient(row, now());
        });
    }

    private void signIn(HttpExchange exchange, JsonNode body) throws IOException {
        @Nullable String user = body.has("code") ? codes.remove(body.get("code").textValue()) ? "nurse1" : null
                : ROLES.containsKey(body.path("user").asText()) && PASSWORD.equals(body.path("password").asText()) ? body.get("user").textValue() : null;
        if (user == null) {
            send(exchange, 401, problem(401, "user or password is not right"));
            return;
        }
        String token = "s" + (sessions.size() + 1) + "-" + user;
        sessions.put(token, user);
        exchange.getResponseHeaders().add("Set-Cookie", "vt_session=" + token + "; HttpOnly; SameSite=Strict; Path=/");
        sendSession(exchange, user);
    }

    private void signOut(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Set-Cookie", "vt_session=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0");
        write(exchange, 204, new byte[0]);
    }

    private void sendSession(HttpExchange exchange, @Nullable String user) throws IOException {
        if (user == null) {
            send(exchange, 401, problem(401, "no session"));
            return;
        }
        ObjectNode session = json.createObjectNode().put("user", user).put("role", ROLES.get(user)).put("csrf", "csrf-" + user).put("expires", now().plusSeconds(28_800).toString())
                .put("mustChangePassword", user.equals("first") && !firstPasswordChanged);
        session.putArray("teams").add("heart").add("lung");
        if (ROLES.get(user).equals("PATIENT")) {
            session.put("patient", user);
        }
        send(exchange, 200, session);
    }

    private @Nullable String user(HttpExchange exchange) {
        String cookies = String.join(";", exchange.getRequestHeaders().getOrDefault("Cookie", List.of()));
        for (String cookie : cookies.split("; *")) {
            if (cookie.startsWith("vt_session=")) {
                return sessions.get(cookie.substring("vt_session=".length()));
            }
        }
        return null;
    }

    /** All sessions end, as after a restart of the server. */
    void endSessions() {
        sessions.clear();
        events.cut();
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> pairs = new LinkedHashMap<>();
        @Nullable String query = exchange.getRequestURI().getRawQuery();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            int at = pair.indexOf('=');
            pairs.put(pair.substring(0, at), URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
        }
        return pairs;
    }

    private ObjectNode problem(int status, String detail) {
        return json.createObjectNode().put("type", "about:blank").put("title", detail).put("status", status).put("detail", detail);
    }

    private void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", status < 400 ? "application/json" : "application/problem+json");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        write(exchange, status, json.writeValueAsBytes(body));
    }

    private static void write(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        exchange.getResponseHeaders().set("Cross-Origin-Opener-Policy", "same-origin");
        exchange.getResponseHeaders().set("Cross-Origin-Resource-Policy", "same-origin");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        events.close();
        server.stop(0);
        threads.shutdownNow();
    }

    /** For looking at the page by hand: port, patients with an alert, patients. */
    public static void main(String[] arguments) throws InterruptedException {
        try (PlayedConsole console = new PlayedConsole(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]))) {
            System.out.println(console.address() + "#code=ONCE-1");
            Thread.currentThread().join();
        }
    }
}
