package io.vitaltwin.alerts.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.vitaltwin.alerts.console.Visitor;
import io.vitaltwin.alerts.web.Sessions.Session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;

/** Signing in and out. */
final class SessionRoutes {

    /** Sign-ins whose hashes are computed at once: each takes a core for a while. Project default, no source. */
    private final Semaphore hashing = new Semaphore(2);
    private final Guard guard;
    private final Sessions sessions;
    private final Accounts accounts;
    private final Attempts attempts;
    private final boolean oidc;

    SessionRoutes(Guard guard, Sessions sessions, Accounts accounts, Attempts attempts, boolean oidc) {
        this.guard = guard;
        this.sessions = sessions;
        this.accounts = accounts;
        this.attempts = attempts;
        this.oidc = oidc;
    }

    /** A form of another site cannot send JSON, so nobody is signed in as somebody else behind the back. */
    void signIn(Context request) throws InterruptedException {
        if (!Optional.ofNullable(request.contentType()).orElse("").startsWith("application/json")) {
            throw Problem.invalid("", "the body must be application/json");
        }
        ObjectNode body = Json.object(request.bodyAsBytes());
        if (body.path("code").isTextual()) {
            byCode(request, body.get("code").textValue());
        } else if (body.path("user").isTextual() && body.path("password").isTextual()) {
            byPassword(request, body.get("user").textValue(), body.get("password").textValue());
        } else {
            throw Problem.invalid("/user", "give user and password, or a code");
        }
    }

    private void byCode(Context request, String code) {
        mayTry("", request);
        Visitor visitor = sessions.redeem(code).orElseThrow(() -> {
            attempts.failed("", request.ip());
            return Problem.wrongSignIn();
        });
        opened(request, visitor, false);
    }

    private void byPassword(Context request, String user, String password) throws InterruptedException {
        mayTry(user, request);
        Optional<Account> account = accounts.find(user);
        hashing.acquire();
        boolean right;
        try {
            right = account.map(found -> Passwords.isRight(password, found.password())).orElseGet(() -> {
                Passwords.waste(password);
                return false;
            });
        } finally {
            hashing.release();
        }
        if (!right || account.isEmpty()) {
            attempts.failed(user, request.ip());
            throw Problem.wrongSignIn();
        }
        attempts.succeeded(user, request.ip());
        opened(request, account.get().visitor(), account.get().mustChange());
    }

    private void mayTry(String user, Context request) {
        attempts.wait(user, request.ip()).ifPresent(seconds -> {
            throw Problem.tooMany(seconds);
        });
    }

    private void opened(Context request, Visitor visitor, boolean mustChange) {
        guard.cookie(request).ifPresent(sessions::close);
        String id = sessions.open(visitor, mustChange);
        guard.setCookie(request, id);
        sessions.use(id).ifPresent(session -> answer(request, session));
    }

    void show(Context request) {
        answer(request, guard.anySession(request));
    }

    private static void answer(Context request, Session session) {
        Visitor visitor = session.visitor();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("user", visitor.user());
        body.put("role", visitor.role());
        body.put("csrf", session.csrf());
        body.put("expires", session.expires());
        body.put("teams", List.copyOf(new TreeSet<>(visitor.teams())));
        body.put("patient", visitor.patient().isEmpty() ? null : visitor.patient());
        body.put("mustChangePassword", session.mustChange());
        Answer.json(request, 200, body);
    }

    void signOut(Context request) {
        guard.anySession(request);
        guard.cookie(request).ifPresent(sessions::close);
        guard.dropCookie(request);
        request.status(204);
    }

    void methods(Context request) {
        Answer.json(request, 200, Map.of("local", true, "oidc", oidc));
    }

    void changePassword(Context request) throws InterruptedException {
        Session session = guard.anySession(request);
        ObjectNode body = Json.object(request.bodyAsBytes());
        String old = body.path("old").asText("");
        String fresh = body.path("new").asText("");
        String user = session.visitor().user();
        if (!Passwords.isLongEnough(fresh) || fresh.equals(old)) {
            throw Problem.invalid("/new", "a new password has at least " + Passwords.SHORTEST + " characters and is not the old one");
        }
        mayTry(user, request);
        Account account = accounts.find(user).orElseThrow(() -> Problem.forbidden("who signs in elsewhere changes the password there"));
        hashing.acquire();
        try {
            if (!Passwords.isRight(old, account.password())) {
                attempts.failed(user, request.ip());
                throw Problem.invalid("/old", "the old password is wrong");
            }
            accounts.changePassword(user, fresh);
        } finally {
            hashing.release();
        }
        sessions.changed(session);
        answer(request, session);
    }
}
