package io.vitaltwin.alerts.web;

import io.vitaltwin.alerts.console.Visitor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is signed in. In memory: a restart signs everybody out. An id is 256 random bits, of which only the hash is kept. A session ends 30 minutes after its
 * last use and 12 hours after its beginning; project defaults, no source. Safe for several threads.
 */
final class Sessions {

    static final Duration IDLE = Duration.ofMinutes(30);
    static final Duration LONGEST = Duration.ofHours(12);
    private static final Duration CODE_LIFE = Duration.ofHours(1);
    /** Project default, no source. */
    private static final int AT_MOST = 10_000;

    private final InstantSource clock;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Map<String, Code> codes = new ConcurrentHashMap<>();

    private record Code(Visitor visitor, Instant until) {
    }

    /** One person in one browser, or one program. */
    static final class Session {

        private final Visitor visitor;
        private final String csrf;
        private final Instant began;
        private final boolean ofToken;
        private final Set<String> shown = ConcurrentHashMap.newKeySet();
        private volatile Instant used;
        private volatile boolean mustChange;

        private Session(Visitor visitor, Instant began, boolean mustChange, boolean ofToken) {
            this.visitor = visitor;
            this.csrf = Passwords.random();
            this.began = began;
            this.used = began;
            this.mustChange = mustChange;
            this.ofToken = ofToken;
        }

        Visitor visitor() {
            return visitor;
        }

        String csrf() {
            return csrf;
        }

        boolean mustChange() {
            return mustChange;
        }

        /** Whether a program came with a token: no browser sends that by itself. */
        boolean isOfToken() {
            return ofToken;
        }

        /** Patients whose rows were sent: of those it may be said that they are gone. */
        Set<String> shown() {
            return shown;
        }

        Instant expires() {
            Instant idle = used.plus(IDLE);
            Instant longest = began.plus(LONGEST);
            return idle.isBefore(longest) ? idle : longest;
        }

        boolean isCsrf(String token) {
            return MessageDigest.isEqual(csrf.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
        }
    }

    Sessions(InstantSource clock) {
        this.clock = clock;
    }

    /** A new session. @return its id, which only the browser keeps */
    String open(Visitor visitor, boolean mustChange) {
        sweep();
        String id = Passwords.random();
        sessions.put(Passwords.sha256(id), new Session(visitor, clock.instant(), mustChange, false));
        return id;
    }

    /** Empty: there is none, or it is over. What is asked counts as use. */
    Optional<Session> use(String id) {
        Optional<Session> found = look(Passwords.sha256(id));
        found.ifPresent(session -> session.used = clock.instant());
        return found;
    }

    /** Of a program: lives as long as its requests come. @param hash of the token */
    Session ofToken(String hash, Visitor visitor) {
        Session session = look("token " + hash).filter(found -> found.visitor.equals(visitor)).orElseGet(() -> {
            sweep();
            Session fresh = new Session(visitor, clock.instant(), false, true);
            sessions.put("token " + hash, fresh);
            return fresh;
        });
        session.used = clock.instant();
        return session;
    }

    /** Whether it still holds; nobody uses it by asking. */
    boolean holds(Session session) {
        return session.expires().isAfter(clock.instant()) && sessions.containsValue(session);
    }

    private Optional<Session> look(String hash) {
        return Optional.ofNullable(sessions.get(hash)).filter(session -> session.expires().isAfter(clock.instant()));
    }

    void close(String id) {
        sessions.remove(Passwords.sha256(id));
    }

    /** After a new password: the session goes on, all others of the user end. */
    void changed(Session kept) {
        kept.mustChange = false;
        sessions.values().removeIf(session -> session != kept && session.visitor.user().equals(kept.visitor.user()));
    }

    /** A code that signs in once, within an hour. */
    String code(Visitor visitor) {
        String code = Passwords.random();
        codes.put(Passwords.sha256(code), new Code(visitor, clock.instant().plus(CODE_LIFE)));
        return code;
    }

    Optional<Visitor> redeem(String code) {
        return Optional.ofNullable(codes.remove(Passwords.sha256(code))).filter(found -> found.until().isAfter(clock.instant())).map(Code::visitor);
    }

    private void sweep() {
        Instant now = clock.instant();
        sessions.values().removeIf(session -> !session.expires().isAfter(now));
        if (sessions.size() >= AT_MOST) {
            throw Problem.unavailable("too many people are signed in");
        }
    }
}
