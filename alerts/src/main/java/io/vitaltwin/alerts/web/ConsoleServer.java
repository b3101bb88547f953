package io.vitaltwin.alerts.web;

import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.vitaltwin.alerts.console.ActionSink;
import io.vitaltwin.alerts.console.Console;
import io.vitaltwin.alerts.console.OpsView;
import io.vitaltwin.alerts.console.PatientRecords;
import io.vitaltwin.alerts.console.Role;
import io.vitaltwin.alerts.console.TrendSource;
import io.vitaltwin.alerts.console.ViewGate;
import io.vitaltwin.alerts.console.Visitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The server of the console: one origin for page, API and stream. Start once, close once. */
public final class ConsoleServer implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(ConsoleServer.class);
    private static final long LARGEST_BODY = 1 << 20;

    private final ServerSettings settings;
    private final Parts parts;
    private final Accounts accounts;
    private final Sessions sessions;
    private final StreamRoute stream;
    private final List<String> routes = new ArrayList<>();
    private final Javalin javalin;

    /**
     * What the server is made of.
     *
     * @param ops counts for who runs the system
     * @param trends empty: there are no past readings to show
     * @param ready whether the logs are read
     * @param clock of sessions
     * @param patience how long the workflow's answer to an action is waited for
     * @param beat how often a stream shows that it lives
     */
    public record Parts(
            Console console, ActionSink actions, PatientRecords records, Optional<TrendSource> trends, Supplier<OpsView> ops, BooleanSupplier ready,
            InstantSource clock, Duration patience, Duration beat) {

        /** With the defaults: 5 s and 10 s. */
        public static Parts of(Console console, ActionSink actions, PatientRecords records, Optional<TrendSource> trends, Supplier<OpsView> ops,
                BooleanSupplier ready) {
            return new Parts(console, actions, records, trends, ops, ready, InstantSource.system(), Duration.ofSeconds(5), StreamRoute.BEAT);
        }
    }

    public ConsoleServer(ServerSettings settings, Parts parts) {
        this.settings = settings;
        this.parts = parts;
        this.accounts = new Accounts(settings.accounts());
        this.sessions = new Sessions(parts.clock());
        Guard guard = new Guard(settings, sessions, accounts);
        ViewRoutes views = new ViewRoutes(guard, parts.console(), parts.trends(), parts.records(), parts.ready());
        this.stream = new StreamRoute(guard, sessions, parts.console(), parts.ops(), parts.beat(), views::requireReady);
        this.javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.concurrency.useVirtualThreads = true;
            config.http.maxRequestSize = LARGEST_BODY;
            config.http.prefer405over404 = true;
            config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
            config.routes.before(guard::before);
            sessionRoutes(config.routes, guard);
            viewRoutes(config.routes, guard, views);
            files(config.routes);
            problems(config.routes);
        });
    }

    /**
     * Makes the file of accounts where there is none, and listens.
     *
     * @return the first password of {@code admin}, to be shown once; empty: the file was there
     * @throws Accounts.AccountsProblem if the accounts cannot be used
     * @throws IllegalStateException if the port is taken; the message says what to do
     */
    public Optional<String> start() {
        Optional<String> first = accounts.makeIfMissing();
        try {
            javalin.start(settings.host(), settings.port());
        } catch (RuntimeException e) {
            throw new IllegalStateException("the console cannot listen at " + settings.host() + ":" + settings.port() + "; give another --console-port", e);
        }
        return first;
    }

    /** Where it answers. */
    public URI uri() {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return URI.create("http://" + host + ":" + javalin.port() + "/");
    }

    /** A code that signs this visitor in once, within an hour. */
    public String oneTimeCode(Visitor visitor) {
        return sessions.code(visitor);
    }

    /** {@code METHOD /path} of the API, with parameters in braces. */
    public List<String> routes() {
        return List.copyOf(routes);
    }

    private void sessionRoutes(RoutesConfig to, Guard guard) {
        Optional<Oidc> oidc = settings.oidc().map(provider -> new Oidc(provider, parts.clock()));
        var session = new SessionRoutes(guard, sessions, accounts, new Attempts(parts.clock()), oidc.isPresent());
        add(to, HandlerType.POST, "/v1/session", session::signIn);
        add(to, HandlerType.GET, "/v1/session", session::show);
        add(to, HandlerType.DELETE, "/v1/session", session::signOut);
        add(to, HandlerType.GET, "/v1/session/methods", session::methods);
        add(to, HandlerType.PUT, "/v1/session/password", session::changePassword);
        var provider = new OidcRoutes(oidc, guard, sessions);
        add(to, HandlerType.GET, "/v1/session/oidc", provider::begin);
        add(to, HandlerType.GET, "/v1/session/oidc/callback", provider::callback);
    }

    private void viewRoutes(RoutesConfig to, Guard guard, ViewRoutes views) {
        var actions = new ActionRoutes(guard, parts.console(), parts.actions(), parts.patience(), views::requireReady);
        add(to, HandlerType.GET, "/v1/worklist", views::worklist);
        add(to, HandlerType.GET, "/v1/alerts/{alertId}", views::alert);
        add(to, HandlerType.POST, "/v1/alerts/{alertId}/actions", actions::one);
        add(to, HandlerType.POST, "/v1/actions", actions::many);
        add(to, HandlerType.GET, "/v1/stream", stream::follow);
        add(to, HandlerType.GET, "/v1/patients/{id}", views::patient);
        add(to, HandlerType.GET, "/v1/patients/{id}/trend", views::trend);
        add(to, HandlerType.GET, "/v1/patients/{id}/alerts", views::alerts);
        add(to, HandlerType.GET, "/v1/patients/{id}/consents", views::consents);
        add(to, HandlerType.GET, "/v1/patients/{id}/disclosures", views::disclosures);
        add(to, HandlerType.GET, "/v1/patients/{id}/export", views::export);
        add(to, HandlerType.GET, "/v1/ops", request -> {
            guard.session(request, Role.OPS, Role.AUDITOR);
            views.requireReady();
            Answer.json(request, 200, parts.ops().get());
        });
        add(to, HandlerType.GET, "/health/live", request -> Answer.json(request, 200, Map.of("status", "UP")));
        add(to, HandlerType.GET, "/health/ready", request -> {
            views.requireReady();
            Answer.json(request, 200, Map.of("status", "UP"));
        });
    }

    private void files(RoutesConfig to) {
        var files = new PageFiles();
        add(to, HandlerType.GET, "/v1/openapi.yaml", request -> files.serve(request, "openapi.yaml"));
        add(to, HandlerType.GET, "/v1/asyncapi.yaml", request -> files.serveDocument(request, "/asyncapi.yaml"));
        // Where messages link to. The page's own address stands behind the #, and a relative one holds behind a proxy's path, too.
        to.get("/alerts/{alertId}", request -> request.redirect("../#/alert/" + URLEncoder.encode(request.pathParam("alertId"), StandardCharsets.UTF_8).replace("+", "%20")));
        to.get("/", files::serve);
        to.get("/<path>", files::serve);
    }

    private void add(RoutesConfig to, HandlerType method, String path, Handler handler) {
        routes.add(method + " " + path);
        to.addHttpHandler(method, path, handler);
    }

    private static void problems(RoutesConfig to) {
        to.exception(Problem.class, (problem, request) -> Answer.problem(request, problem));
        to.exception(ViewGate.Unavailable.class, (problem, request) -> {
            LOGGER.atError().addKeyValue("reason", problem.getClass().getSimpleName()).log("the gate does not answer: nothing is shown");
            Answer.problem(request, Problem.unavailable("consent cannot be asked now, so nothing is shown"));
        });
        to.exception(HttpResponseException.class, (problem, request) ->
            Answer.problem(request, problem.getStatus() == 413 ? Problem.tooLarge() : problem.getStatus() == 404 ? Problem.notFound() : Problem.notAllowed()));
        to.exception(Exception.class, ConsoleServer::failed);
    }

    /** The log learns the kind of the failure and its place, never what was asked for. */
    private static void failed(Exception problem, Context request) {
        StackTraceElement[] trace = problem.getStackTrace();
        LOGGER.atError().addKeyValue("reason", problem.getClass().getSimpleName()).addKeyValue("place", trace.length == 0 ? "" : trace[0].toString())
                .log("a request to the console failed");
        Answer.problem(request, Problem.bug());
    }

    @Override
    public void close() {
        stream.close();
        javalin.stop();
    }
}
