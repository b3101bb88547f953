package io.vitaltwin.alerts.web;

import io.javalin.http.Context;

/** Writes answers. */
final class Answer {

    private Answer() {
    }

    static void json(Context request, int status, Object body) {
        request.status(status).contentType("application/json; charset=utf-8").result(Json.bytes(body));
    }

    static void problem(Context request, Problem problem) {
        if (problem.retryAfterSeconds() > 0) {
            request.header("Retry-After", String.valueOf(problem.retryAfterSeconds()));
        }
        request.status(problem.status()).contentType(Problem.MEDIA_TYPE).result(Json.bytes(problem.body()));
    }
}
