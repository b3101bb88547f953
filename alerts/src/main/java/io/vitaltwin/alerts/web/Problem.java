package io.vitaltwin.alerts.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An answer that is no success, as RFC 9457 writes it. Says nothing about a patient. */
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;
    static final String MEDIA_TYPE = "application/problem+json";

    /** One thing that is wrong in a body. @param pointer JSON pointer */
    record Fault(String pointer, String detail) {
    }

    private final int status;
    private final String title;
    private final int retryAfterSeconds;
    private final transient List<Fault> faults;

    private Problem(int status, String title, String detail, int retryAfterSeconds, List<Fault> faults) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.retryAfterSeconds = retryAfterSeconds;
        this.faults = List.copyOf(faults);
    }

    static Problem signIn() {
        return new Problem(401, "Not signed in", "sign in first: POST /v1/session", 0, List.of());
    }

    static Problem wrongSignIn() {
        return new Problem(401, "Sign-in failed", "user or password is wrong, or the code was used before", 0, List.of());
    }

    static Problem forbidden(String detail) {
        return new Problem(403, "Not for you", detail, 0, List.of());
    }

    static Problem notFound() {
        return new Problem(404, "Not found", "there is nothing here for you", 0, List.of());
    }

    static Problem notAllowed() {
        return new Problem(405, "Not so", "this path does not take this method", 0, List.of());
    }

    static Problem misdirected() {
        return new Problem(421, "Wrong host", "this server is not called so: set console.allowed-hosts", 0, List.of());
    }

    static Problem tooLarge() {
        return new Problem(413, "Too large", "the request is larger than the server takes", 0, List.of());
    }

    static Problem tooMany(int retryAfterSeconds) {
        return new Problem(429, "Too many attempts", "wait before you try again", retryAfterSeconds, List.of());
    }

    static Problem invalid(String pointer, String detail) {
        return invalid(List.of(new Fault(pointer, detail)));
    }

    static Problem invalid(List<Fault> faults) {
        return new Problem(422, "Bad input", faults.getFirst().detail(), 0, faults);
    }

    static Problem notBuiltIn(String detail) {
        return new Problem(501, "Not here", detail, 0, List.of());
    }

    static Problem unavailable(String detail) {
        return new Problem(503, "Not now", detail, 2, List.of());
    }

    static Problem bug() {
        return new Problem(500, "Failed", "the server failed; its log says where", 0, List.of());
    }

    int status() {
        return status;
    }

    /** 0: not said. */
    int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", title);
        body.put("status", status);
        body.put("detail", String.valueOf(getMessage()));
        if (!faults.isEmpty()) {
            body.put("errors", faults);
        }
        return body;
    }
}
