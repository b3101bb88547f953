package io.vitaltwin.twin.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The other instances of the application, over plain HTTP. Safe for several threads. */
final class Peers implements AutoCloseable {

    /** Says that another instance asks, and which of its stores: who gets it forwards no more. */
    static final String HOP = "Vitaltwin-Hop";
    static final String PEER = "Vitaltwin-Peer";
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(45);
    private static final int UNAVAILABLE = 503;
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
    private final ObjectMapper json = new ObjectMapper();

    /** An answer as it came. */
    record Relayed(int status, String contentType, byte[] body) {
    }

    /** @param pathAndQuery as it was asked here @return empty: nobody answers there, or not yet */
    Optional<Relayed> ask(Instance to, String pathAndQuery, @Nullable String authorization, TwinJson.Role role) {
        return send(request(to, pathAndQuery, authorization, role).timeout(ANSWER).build(), HttpResponse.BodyHandlers.ofByteArray())
                .filter(answer -> answer.statusCode() != UNAVAILABLE)
                .map(answer -> new Relayed(answer.statusCode(), answer.headers().firstValue("Content-Type").orElse("application/json"), answer.body()));
    }

    /** As {@link #ask}, and the answer goes on until it is closed. @param lastEventId null: from now */
    Optional<HttpResponse<InputStream>> follow(
            Instance to, String pathAndQuery, @Nullable String authorization, TwinJson.Role role, @Nullable String lastEventId) {
        HttpRequest.Builder request = request(to, pathAndQuery, authorization, role).header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        return send(request.build(), HttpResponse.BodyHandlers.ofInputStream()).filter(answer -> answer.statusCode() != UNAVAILABLE);
    }

    /** @return empty: nobody answers there, or not yet */
    Optional<Listing.Part> list(Instance to, String secret, String after, int most, String filter) {
        String path = "/v1/peers/twins?most=" + most + "&after=" + encoded(after) + "&filter=" + encoded(filter);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + to + path)).header(PEER, secret).timeout(ANSWER).build();
        return send(request, HttpResponse.BodyHandlers.ofByteArray()).filter(answer -> answer.statusCode() == OK).map(answer -> Listing.part(read(answer.body())));
    }

    private static HttpRequest.Builder request(Instance to, String pathAndQuery, @Nullable String authorization, TwinJson.Role role) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + to + pathAndQuery)).header(HOP, role.name());
        return authorization == null ? request : request.header("Authorization", authorization);
    }

    private <T> Optional<HttpResponse<T>> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return Optional.of(client.send(request, handler));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private JsonNode read(byte[] body) {
        try {
            return json.readTree(body);
        } catch (IOException e) {
            throw new IllegalStateException("another instance answered what is no list; do all run the same version?", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
