package io.vitaltwin.schemas;

import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An HTTP server that answers what a test tells it, to show what the client makes of registries that misbehave. */
final class FakeRegistry implements AutoCloseable {

    private record Answer(int status, String body) {}

    final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    final List<String> logins = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Answer> answers = Collections.synchronizedMap(new HashMap<>());
    private final HttpServer server;

    FakeRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
                requests.add(request);
                logins.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
                Answer answer = answers.getOrDefault(request, new Answer(404, "{\"error_code\":40403,\"message\":\"not found\"}"));
                byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    void answer(String request, int status, String body) {
        answers.put(request, new Answer(status, body));
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
