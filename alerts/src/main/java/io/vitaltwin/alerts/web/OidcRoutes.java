package io.vitaltwin.alerts.web;

import io.javalin.http.Context;
import io.vitaltwin.alerts.console.Visitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** The way to a provider and back. A cookie ties it to one browser, so nobody is signed in by a link that somebody else has begun. */
final class OidcRoutes {

    private static final Logger LOGGER = LoggerFactory.getLogger(OidcRoutes.class);
    private static final String COOKIE = "vt_oidc";

    private final Optional<Oidc> oidc;
    private final Guard guard;
    private final Sessions sessions;

    OidcRoutes(Optional<Oidc> oidc, Guard guard, Sessions sessions) {
        this.oidc = oidc;
        this.guard = guard;
        this.sessions = sessions;
    }

    void begin(Context request) {
        Oidc provider = oidc.orElseThrow(Problem::notFound);
        try {
            Oidc.Start start = provider.begin();
            // Lax: the browser must bring it when the provider sends it back.
            cookie(request, start.state(), 600);
            request.redirect(start.where().toString());
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    void callback(Context request) {
        Oidc provider = oidc.orElseThrow(Problem::notFound);
        String state = Optional.ofNullable(request.cookie(COOKIE)).orElse("");
        cookie(request, "", 0);
        String query = Optional.ofNullable(request.queryString()).orElse("");
        try {
            Visitor visitor = provider.finish(URI.create("http://callback/?" + query), state).orElseThrow(Problem::wrongSignIn);
            guard.setCookie(request, sessions.open(visitor, false));
            request.redirect("/");
        } catch (IOException e) {
            throw unreachable(e);
        } catch (IllegalArgumentException e) {
            throw Problem.wrongSignIn();
        }
    }

    private void cookie(Context request, String value, int seconds) {
        request.res().addHeader("Set-Cookie", COOKIE + "=" + value + "; Path=/v1/session/oidc; HttpOnly; SameSite=Lax; Max-Age=" + seconds
                + guard.secure(request));
    }

    private static Problem unreachable(IOException problem) {
        LOGGER.atError().addKeyValue("reason", String.valueOf(problem.getMessage())).log("the sign-in provider cannot be used");
        return Problem.unavailable("the sign-in provider cannot be used now");
    }
}
