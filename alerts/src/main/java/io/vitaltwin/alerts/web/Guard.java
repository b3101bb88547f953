package io.vitaltwin.alerts.web;

import io.javalin.http.Context;
import io.vitaltwin.alerts.console.Role;
import io.vitaltwin.alerts.web.Sessions.Session;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Stands before every request: headers, names of the host, who asks, and whether the page itself asks. */
final class Guard {

    static final String COOKIE = "vt_session";
    private static final String BEARER = "Bearer ";
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
            + "font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final ServerSettings settings;
    private final Sessions sessions;
    private final Accounts accounts;

    Guard(ServerSettings settings, Sessions sessions, Accounts accounts) {
        this.settings = settings;
        this.sessions = sessions;
        this.accounts = accounts;
    }

    /** @throws Problem 421 for a host that this server is not, 403 for a page of another origin */
    void before(Context request) {
        request.header("Content-Security-Policy", POLICY);
        request.header("X-Content-Type-Options", "nosniff");
        request.header("Referrer-Policy", "no-referrer");
        request.header("Cross-Origin-Opener-Policy", "same-origin");
        request.header("Cross-Origin-Resource-Policy", "same-origin");
        if (request.path().startsWith("/v1/")) {
            request.header("Cache-Control", "no-store");
        }
        if (!settings.isAllowed(name(Optional.ofNullable(request.header("Host")).orElse("")))) {
            throw Problem.misdirected();
        }
        if (!SAFE.contains(request.method().toString())) {
            Optional.ofNullable(request.header("Origin")).filter(origin -> !isOurs(origin)).ifPresent(origin -> {
                throw Problem.forbidden("this page is not of this server");
            });
        }
    }

    private static String name(String host) {
        return host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
    }

    private boolean isOurs(String origin) {
        try {
            String host = new URI(origin).getHost();
            return host != null && settings.isAllowed(host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Who asks; a request that changes something also shows that the page itself sent it. @throws Problem 401, 403 */
    Session session(Context request) {
        Session session = anySession(request);
        if (session.mustChange()) {
            throw Problem.forbidden("change the first password first: PUT /v1/session/password");
        }
        return session;
    }

    /** The same, also for who has still to change the first password. */
    Session anySession(Context request) {
        Session session = find(request).orElseThrow(Problem::signIn);
        boolean safe = SAFE.contains(request.method().toString());
        if (!safe && !session.isOfToken() && !session.isCsrf(Optional.ofNullable(request.header("X-CSRF-Token")).orElse(""))) {
            throw Problem.forbidden("the header X-CSRF-Token must have the token of the session");
        }
        return session;
    }

    private Optional<Session> find(Context request) {
        String authorization = Optional.ofNullable(request.header("Authorization")).orElse("");
        if (authorization.startsWith(BEARER)) {
            String hash = Passwords.sha256(authorization.substring(BEARER.length()).strip());
            return accounts.ofToken(hash).map(account -> sessions.ofToken(hash, account.visitor()));
        }
        return Optional.ofNullable(request.cookie(COOKIE)).flatMap(sessions::use);
    }

    /** @throws Problem 401, 403 */
    Session session(Context request, Role... roles) {
        Session session = session(request);
        if (!Arrays.asList(roles).contains(session.visitor().role())) {
            throw Problem.forbidden("this is not for your role");
        }
        return session;
    }

    void setCookie(Context request, String id) {
        request.res().addHeader("Set-Cookie", COOKIE + "=" + id + "; Path=/; HttpOnly; SameSite=Strict" + secure(request));
    }

    void dropCookie(Context request) {
        request.res().addHeader("Set-Cookie", COOKIE + "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0" + secure(request));
    }

    String secure(Context request) {
        boolean tls = request.req().isSecure()
                || settings.trustForwardedProto() && "https".equalsIgnoreCase(Optional.ofNullable(request.header("X-Forwarded-Proto")).orElse(""));
        return tls ? "; Secure" : "";
    }

    Optional<String> cookie(Context request) {
        return Optional.ofNullable(request.cookie(COOKIE));
    }
}
