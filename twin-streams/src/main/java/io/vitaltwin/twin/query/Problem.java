package io.vitaltwin.twin.query;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** Why there is no answer, as RFC 9457 says it. Its texts name no patient and no value. */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int RETRY_SECONDS = 1;

    private final int status;
    private final String title;
    private final @Nullable String parameter;

    private Problem(int status, String title, String detail, @Nullable String parameter) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.parameter = parameter;
    }

    static Problem notSignedIn() {
        return new Problem(401, "Unauthorized", "send a bearer token that the settings of this server name", null);
    }

    static Problem denied() {
        return new Problem(403, "Forbidden", "no consent covers showing this to this actor for this purpose; the topic of violations says why", null);
    }

    static Problem unknown() {
        return new Problem(404, "Not Found", "no twin of this patient is known; check the pseudonym", null);
    }

    static Problem noSuchPath() {
        return new Problem(404, "Not Found", "there is no such path; GET /v1/openapi.yaml lists those there are", null);
    }

    static Problem wrong(String parameter, String detail) {
        return new Problem(422, "Unprocessable Content", detail, parameter);
    }

    static Problem later(String detail) {
        return new Problem(503, "Service Unavailable", detail, null);
    }

    static Problem bug() {
        return new Problem(500, "Internal Server Error", "a fault of this program: its log says which", null);
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    /** The parameter that cannot be used. */
    Optional<String> parameter() {
        return Optional.ofNullable(parameter);
    }

    /** Seconds; empty where asking again helps nothing. */
    Optional<Integer> retryAfterSeconds() {
        return status == 503 ? Optional.of(RETRY_SECONDS) : Optional.empty();
    }
}
