package io.vitaltwin.alerts.channel.http;

import io.vitaltwin.alerts.channel.ChannelSettings;
import io.vitaltwin.alerts.channel.Delivery;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * Sends one HTTP request and judges the answer: 2xx is delivered; 408, 425, 429 and 5xx may succeed later; everything else will not. Redirects are not
 * followed, because what is sent is for the configured receiver only. Of an answer at most {@link #MOST_BYTES} are read. Safe for several threads.
 */
final class HttpSend implements AutoCloseable {

    static final int MOST_BYTES = 65_536;

    private final HttpClient client;
    private final Duration timeout;
    private final InstantSource clock;

    /** @param timeout for connecting, sending and the whole answer together */
    HttpSend(Duration timeout, SSLContext trust, InstantSource clock) {
        this.timeout = timeout;
        this.clock = clock;
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER).sslContext(trust)
                .connectTimeout(timeout).build();
    }

    /** With the settings {@code timeout} and {@code trust.file}. */
    static HttpSend of(ChannelSettings settings) {
        return new HttpSend(settings.timeout(), settings.trust(), InstantSource.system());
    }

    /** @param reference what the receiver calls the message, from its answer; empty: nothing. Must not fail, whatever the answer holds */
    Delivery send(HttpRequest request, Function<HttpAnswer, String> reference) {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, info -> new BoundedBody(MOST_BYTES));
        try {
            return judge(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS), reference);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Delivery.Transient("the receiver did not answer in time");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new Delivery.Transient("interrupted while waiting for the receiver");
        } catch (ExecutionException e) {
            return new Delivery.Transient(sentence(e.getCause()));
        }
    }

    private Delivery judge(HttpResponse<byte[]> answer, Function<HttpAnswer, String> reference) {
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return new Delivery.Delivered(reference.apply(new HttpAnswer(answer.headers().firstValue("location"), answer.body())));
        }
        if (status == 408 || status == 425 || status == 429 || status / 100 == 5) {
            Optional<Duration> wait = answer.headers().firstValue("retry-after").flatMap(header -> RetryAfter.of(header, clock.instant()));
            return new Delivery.Transient("the receiver answers " + status, wait);
        }
        if (status / 100 == 3) {
            return new Delivery.Permanent("the receiver answers " + status + ", a redirect, which is not followed");
        }
        return new Delivery.Permanent("the receiver answers " + status);
    }

    private static String sentence(Throwable failure) {
        return switch (failure) {
            case HttpTimeoutException timedOut -> "the receiver did not answer in time";
            case ConnectException refused -> "the receiver cannot be reached";
            case SSLException tls -> "the receiver cannot be reached with TLS, or is not trusted";
            default -> "the receiver hung up or does not speak HTTP";
        };
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
