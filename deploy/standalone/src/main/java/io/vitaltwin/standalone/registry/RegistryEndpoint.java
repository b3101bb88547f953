package io.vitaltwin.standalone.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vitaltwin.schemas.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Serves the bundled schemas on 127.0.0.1 at the paths of the Confluent REST API, so that any Kafka client finds the schemas of the
 * embedded broker. Read-only: a client that registers a schema which is there gets its id, any other schema is refused.
 */
public final class RegistryEndpoint implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(RegistryEndpoint.class);
    private static final String TYPE = "application/vnd.schemaregistry.v1+json";
    /** Our largest schema is a fraction of this. */
    private static final int LARGEST_BODY = 1 << 20;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final RegistryApi api;

    /**
     * Takes the port; answers from {@link #start()} on. Subjects are those of the default topics.
     *
     * @param port 0: any that is free
     * @throws UncheckedIOException when the port is taken
     */
    public RegistryEndpoint(int port) {
        this(port, Topics.defaults());
    }

    /** @param topics give the subjects their prefix */
    public RegistryEndpoint(int port, Topics topics) {
        this.api = new RegistryApi(topics);
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("schema registry: port " + port + " of 127.0.0.1 cannot be used; choose another, or 0 for any", e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    public RegistryEndpoint start() {
        server.start();
        return this;
    }

    /** Where it answers, such as {@code http://127.0.0.1:8081}. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            RegistryAnswer answer = answer(exchange);
            byte[] body = answer.body().toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", TYPE);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private RegistryAnswer answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            return RegistryAnswer.error(413, 41301, "The request is larger than " + LARGEST_BODY + " bytes");
        }
        try {
            return api.answer(exchange.getRequestMethod(), segments(exchange.getRequestURI()), body);
        } catch (RuntimeException e) {
            // A bug of ours; without this the client would wait for an answer for ever.
            LOGGER.error("schema registry request failed", e);
            return RegistryAnswer.error(500, 50001, "Error in the backend data store");
        }
    }

    private static List<String> segments(URI uri) {
        return Stream.of(uri.getRawPath().split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
    }

    /** Status and JSON of one answer. */
    record RegistryAnswer(int status, JsonNode body) {

        static RegistryAnswer ok(JsonNode body) {
            return new RegistryAnswer(200, body);
        }

        static RegistryAnswer error(int status, int code, String message) {
            return new RegistryAnswer(status, RegistryApi.JSON.objectNode().put("error_code", code).put("message", message));
        }
    }
}
