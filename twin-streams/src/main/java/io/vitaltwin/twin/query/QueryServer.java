package io.vitaltwin.twin.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.vitaltwin.twin.adapter.disclosure.Item;
import io.vitaltwin.twin.core.disclosure.Viewer;
import io.vitaltwin.twin.query.Peers.Relayed;
import io.vitaltwin.twin.topology.StoredTwins.Told;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The query API over HTTP, as openapi.yaml describes it. Any instance answers for any patient. */
final class QueryServer implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(QueryServer.class);
    private static final String DESCRIPTION = "/io/vitaltwin/twin/query/openapi.yaml";
    private static final String JSON = "application/json";
    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST_ROWS = 500;
    private static final int DEFAULT_POINTS = 500;
    private static final Duration DEFAULT_SPAN = Duration.ofDays(1);
    private static final Duration LONGEST_SPAN = Duration.ofDays(31);

    private final QuerySettings settings;
    private final Access access;
    private final TwinQueries queries;
    private final Histories histories;
    private final EventStreams streams;
    private final Peers peers = new Peers();
    private final Cursor cursor;
    private final Javalin server;

    QueryServer(QuerySettings settings, Access access, TwinQueries queries, Histories histories) {
        this.settings = settings;
        this.access = access;
        this.queries = queries;
        this.histories = histories;
        this.streams = new EventStreams(queries);
        this.cursor = new Cursor(access.secret("cursor"));
        this.server = Javalin.create(this::configure);
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.defaultContentType = JSON;
        config.routes.before(context -> context.header("Cache-Control", "no-store").header("X-Content-Type-Options", "nosniff"));
        routes().forEach(config.routes::get);
        config.routes.exception(Problem.class, (problem, context) -> write(context, problem));
        config.routes.exception(HistoryUnavailable.class, (failed, context) -> write(context, Problem.later("the readings cannot be read from the log")));
        config.routes.exception(HttpResponseException.class, (refused, context) -> write(context, Problem.noSuchPath()));
        config.routes.exception(Exception.class, (fault, context) -> {
            // Its message could hold what was asked for.
            LOGGER.atError().addKeyValue("reason", fault.getClass().getSimpleName()).log("a question could not be answered");
            write(context, Problem.bug());
        });
    }

    /** What may be asked, all with GET; as openapi.yaml says. */
    Map<String, Handler> routes() {
        return Map.of("/v1/openapi.yaml", context -> context.contentType("application/yaml").result(description()),
                "/v1/twins", this::list, "/v1/twins/{patient}", this::twin, "/v1/twins/{patient}/history", this::history,
                "/v1/twins/{patient}/stream", this::stream, "/v1/peers/twins", this::part);
    }

    void start() {
        server.start(settings.host(), settings.port());
    }

    int port() {
        return server.port();
    }

    private void twin(Context context) {
        Viewer viewer = viewer(context);
        String patient = context.pathParam("patient");
        Relayed answer = queries.route(patient, asked(context), here -> {
            Told told = queries.tell(here);
            queries.requireShown(viewer, patient, told);
            return json(TwinJson.twin(patient, told, queries.self(), here.role()));
        }, (instance, role) -> peers.ask(instance, pathAndQuery(context), context.header("Authorization"), role));
        write(context, answer);
    }

    private void history(Context context) {
        Viewer viewer = viewer(context);
        String patient = context.pathParam("patient");
        List<String> vitals = vitals(context);
        Relayed answer = queries.route(patient, asked(context), here -> {
            Instant to = time(context, "to").orElseGet(() -> Instant.ofEpochMilli(queries.tell(here).nowMillis() + 1));
            Instant from = time(context, "from").orElse(to.minus(DEFAULT_SPAN));
            if (Duration.between(from, to).compareTo(LONGEST_SPAN) > 0) {
                throw Problem.wrong("from", "the span must be at most " + LONGEST_SPAN.toDays() + " days: readings are kept no longer");
            }
            Trend trend = trend(context, patient, vitals, from, to, viewer);
            if (trend.shown() == 0 && trend.withheld() > 0) {
                throw Problem.denied();
            }
            return json(TwinJson.trend(patient, trend, queries.self()));
        }, (instance, role) -> peers.ask(instance, pathAndQuery(context), context.header("Authorization"), role));
        write(context, answer);
    }

    private Trend trend(Context context, String patient, List<String> vitals, Instant from, Instant to, Viewer viewer) {
        Histories.Gate gate = new Histories.Gate() {
            @Override
            public <T> List<T> pass(List<Item<T>> items) {
                return queries.pass(viewer, GateDesk.Lane.BULK, items);
            }
        };
        Optional<Duration> resolution = Optional.ofNullable(context.queryParam("resolution")).map(QueryServer::span);
        try {
            return resolution.isPresent() ? histories.everySpan(patient, vitals, from, to, resolution.get().toMillis(), gate)
                    : histories.trend(patient, vitals, from, to, number(context, "points", DEFAULT_POINTS, Histories.MOST_POINTS), gate);
        } catch (IllegalArgumentException e) {
            throw Problem.wrong(resolution.isPresent() ? "resolution" : "vital", String.valueOf(e.getMessage()));
        }
    }

    private void stream(Context context) {
        Viewer viewer = viewer(context);
        String patient = context.pathParam("patient");
        if (!String.valueOf(context.header("Accept")).contains("text/event-stream")) {
            throw Problem.wrong("Accept", "a stream is sent as text/event-stream: ask for that");
        }
        String last = context.header("Last-Event-ID");
        queries.route(patient, asked(context), here -> {
            streams.follow(context, viewer, here, last);
            return true;
        }, (instance, role) -> peers.follow(instance, pathAndQuery(context), context.header("Authorization"), role, last).map(answer -> relay(context, answer)));
    }

    private boolean relay(Context context, HttpResponse<InputStream> answer) {
        if (answer.statusCode() == 200) {
            streams.relay(context, answer.body());
            return true;
        }
        try (InputStream body = answer.body()) {
            write(context, new Relayed(answer.statusCode(), answer.headers().firstValue("Content-Type").orElse(JSON), body.readAllBytes()));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("another instance broke off", e);
        }
    }

    private void list(Context context) {
        Viewer viewer = viewer(context);
        int limit = number(context, "limit", DEFAULT_LIMIT, MOST_ROWS);
        String after = Optional.ofNullable(context.queryParam("after")).map(cursor::open).orElse("");
        String filter = Optional.ofNullable(context.queryParam("filter")).orElse("");
        Listing.Page page = Listing.merge(queries.parts(after, limit, filter, access.peer().orElse(null), peers), limit);
        List<Item<ObjectNode>> offered = new ArrayList<>();
        for (Listing.Hit hit : page.hits()) {
            String patient = queries.name(hit.patient());
            Told told = queries.tell(hit.patient(), hit.partition(), hit.stored(), hit.streamMillis());
            offered.add(TwinQueries.item(patient, told, TwinJson.twin(patient, told, queries.self(), TwinJson.Role.ACTIVE)));
        }
        List<ObjectNode> shown = queries.pass(viewer, offered);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode twins = answer.putArray("twins");
        shown.forEach(twins::add);
        answer.put("withheld", offered.size() - shown.size());
        page.next().ifPresent(name -> answer.put("next", cursor.seal(name)));
        write(context, json(answer));
    }

    /** For another instance, which asks consent before it shows any of it. */
    private void part(Context context) {
        if (!access.isPeer(context.header(Peers.PEER))) {
            throw Problem.notSignedIn();
        }
        String after = Optional.ofNullable(context.queryParam("after")).orElse("");
        String filter = Optional.ofNullable(context.queryParam("filter")).orElse("");
        write(context, json(Listing.json(queries.part(after, number(context, "most", DEFAULT_LIMIT, MOST_ROWS), filter))));
    }

    private Viewer viewer(Context context) {
        return access.viewer(context.header("Authorization"));
    }

    private static Optional<TwinJson.Role> asked(Context context) {
        return Optional.ofNullable(context.header(Peers.HOP)).map(word -> "STANDBY".equals(word) ? TwinJson.Role.STANDBY : TwinJson.Role.ACTIVE);
    }

    private static String pathAndQuery(Context context) {
        String query = context.queryString();
        return context.req().getRequestURI() + (query == null ? "" : "?" + query);
    }

    private static List<String> vitals(Context context) {
        List<String> vitals = new ArrayList<>();
        context.queryParams("vital").forEach(text -> vitals.addAll(List.of(text.split(","))));
        return vitals.stream().map(String::strip).filter(id -> !id.isEmpty()).toList();
    }

    private static Optional<Instant> time(Context context, String name) {
        try {
            return Optional.ofNullable(context.queryParam(name)).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw Problem.wrong(name, name + " must be a time such as 2026-03-02T08:00:00Z");
        }
    }

    private static Duration span(String text) {
        try {
            Duration span = Duration.parse(text);
            if (span.isPositive()) {
                return span;
            }
        } catch (DateTimeParseException e) {
            throw Problem.wrong("resolution", "resolution must be a span such as PT5M");
        }
        throw Problem.wrong("resolution", "resolution must be longer than zero");
    }

    private static int number(Context context, String name, int otherwise, int most) {
        String text = context.queryParam(name);
        try {
            int number = text == null ? otherwise : Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw Problem.wrong(name, name + " must be a whole number");
        }
        throw Problem.wrong(name, name + " must be 1 to " + most);
    }

    private static Relayed json(ObjectNode answer) {
        return new Relayed(200, JSON, answer.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Context context, Relayed answer) {
        context.status(answer.status()).contentType(answer.contentType()).result(answer.body());
    }

    private static void write(Context context, Problem problem) {
        problem.retryAfterSeconds().ifPresent(seconds -> context.header("Retry-After", Integer.toString(seconds)));
        if (problem.status() == 401) {
            context.header("WWW-Authenticate", "Bearer");
        }
        context.status(problem.status()).contentType("application/problem+json").result(TwinJson.problem(problem).toString());
    }

    private static byte[] description() {
        try (InputStream in = QueryServer.class.getResourceAsStream(DESCRIPTION)) {
            if (in == null) {
                throw new IllegalStateException("the program comes without " + DESCRIPTION);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        streams.close();
        server.stop();
        peers.close();
    }
}
