package io.vitaltwin.alerts.channel.http;

import io.vitaltwin.alerts.channel.Certificates;
import io.vitaltwin.alerts.channel.ChannelSettings;
import io.vitaltwin.alerts.channel.Delivery;
import io.vitaltwin.alerts.channel.Receiver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

import javax.net.ssl.SSLContext;

import static org.assertj.core.api.Assertions.assertThat;

class HttpSendTest {

    private static final Instant NOW = Instant.parse("2026-11-22T09:30:00Z");

    private static Delivery send(String url, Duration timeout) throws Exception {
        try (HttpSend http = new HttpSend(timeout, SSLContext.getDefault(), InstantSource.fixed(NOW))) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofString("ann 84 %")).build();
            return http.send(request, answer -> new String(answer.body(), StandardCharsets.UTF_8));
        }
    }

    private static Delivery to(HttpReceiver.Reply reply) throws Exception {
        try (HttpReceiver receiver = new HttpReceiver(reply)) {
            return send(receiver.url(), Duration.ofSeconds(5));
        }
    }

    private static Delivery impatientlyTo(HttpReceiver.Reply reply) throws Exception {
        try (HttpReceiver receiver = new HttpReceiver(reply)) {
            return send(receiver.url(), Duration.ofMillis(300));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 299})
    void shouldHaveDelivered(int status) throws Exception {
        assertThat(to(HttpReceiver.answer(status, "ref-1"))).isEqualTo(new Delivery.Delivered("ref-1"));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 599})
    void shouldTryAgainLater(int status) throws Exception {
        assertThat(to(HttpReceiver.answer(status, "ann 84 %"))).isEqualTo(new Delivery.Transient("the receiver answers " + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 412, 422})
    void shouldNotTryAgain(int status) throws Exception {
        assertThat(to(HttpReceiver.answer(status, "ann 84 %"))).isEqualTo(new Delivery.Permanent("the receiver answers " + status));
    }

    /** What is sent is for the configured receiver only. */
    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void shouldFollowNoRedirect(int status) throws Exception {
        try (HttpReceiver other = new HttpReceiver(HttpReceiver.status(200));
                HttpReceiver receiver = new HttpReceiver(HttpReceiver.status(status, "location: " + other.url() + "/there"))) {
            assertThat(send(receiver.url(), Duration.ofSeconds(5)))
                    .isEqualTo(new Delivery.Permanent("the receiver answers " + status + ", a redirect, which is not followed"));
            assertThat(other.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "7, 7", "86400, 86400", "86401, 86400", "999999999, 86400", "'Sun, 22 Nov 2026 09:31:30 GMT', 90", "'Sun, 22 Nov 2026 09:00:00 GMT', 0",
        "'Tue, 01 Dec 2026 00:00:00 GMT', 86400"})
    void shouldPassOnHowLongToWait(String header, long seconds) throws Exception {
        assertThat(to(HttpReceiver.status(503, "Retry-After: " + header)))
                .isEqualTo(new Delivery.Transient("the receiver answers 503", Optional.of(Duration.ofSeconds(seconds))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "1.5", "9999999999999", "Sun, 22 Nov 2026", "Mon, 22 Nov 2026 09:31:30 GMT"})
    void shouldNotMakeUpHowLongToWait(String header) throws Exception {
        assertThat(to(HttpReceiver.status(429, "Retry-After: " + header))).isEqualTo(new Delivery.Transient("the receiver answers 429"));
    }

    @Test
    void shouldNotWaitForEver() throws Exception {
        assertThat(impatientlyTo(HttpReceiver.HANGS)).isEqualTo(new Delivery.Transient("the receiver did not answer in time"));
    }

    /** The timeout is of the whole answer, not of its beginning. */
    @Test
    void shouldNotWaitForEverForTheRestOfAnAnswer() throws Exception {
        assertThat(impatientlyTo(HttpReceiver.STALLS)).isEqualTo(new Delivery.Transient("the receiver did not answer in time"));
    }

    @Test
    void shouldTryAgainWhereTheReceiverHangsUpOrSpeaksSomethingElse() throws Exception {
        Delivery expected = new Delivery.Transient("the receiver hung up or does not speak HTTP");
        assertThat(to(HttpReceiver.DROPS)).isEqualTo(expected);
        assertThat(to(HttpReceiver.GARBAGE)).isEqualTo(expected);
    }

    @Test
    void shouldTryAgainWhereNobodyListens() throws Exception {
        assertThat(send("http://127.0.0.1:" + Receiver.deadPort(), Duration.ofSeconds(5))).isEqualTo(new Delivery.Transient("the receiver cannot be reached"));
    }

    @Test
    void shouldReadNoMoreThanItMust() throws Exception {
        try (HttpReceiver receiver = new HttpReceiver(HttpReceiver.ENDLESS);
                HttpSend http = new HttpSend(Duration.ofSeconds(5), SSLContext.getDefault(), InstantSource.fixed(NOW))) {
            int[] length = new int[1];
            Delivery delivery = http.send(HttpRequest.newBuilder(URI.create(receiver.url())).build(), answer -> {
                length[0] = answer.body().length;
                return "";
            });
            assertThat(delivery).isEqualTo(new Delivery.Delivered(""));
            assertThat(length[0]).isEqualTo(HttpSend.MOST_BYTES);
        }
    }

    @Test
    void shouldStayInterrupted() throws Exception {
        Thread.currentThread().interrupt();
        Delivery delivery = impatientlyTo(HttpReceiver.HANGS);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(delivery).isEqualTo(new Delivery.Transient("interrupted while waiting for the receiver"));
    }

    @Test
    void shouldTrustWhomItIsToldToTrust(@TempDir Path folder) throws Exception {
        Certificates certificates = Certificates.in(folder);
        try (HttpReceiver receiver = new HttpReceiver(certificates.sockets(), HttpReceiver.answer(200, "ref"))) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(receiver.tlsUrl())).build();
            ChannelSettings trusting = new ChannelSettings("test", Map.of("trust.file", certificates.pem().toString()), name -> null);
            ChannelSettings other = new ChannelSettings("test", Map.of(), name -> null);
            try (HttpSend http = HttpSend.of(trusting); HttpSend stranger = HttpSend.of(other)) {
                assertThat(http.send(request, answer -> "ok")).isEqualTo(new Delivery.Delivered("ok"));
                assertThat(stranger.send(request, answer -> "ok"))
                        .isEqualTo(new Delivery.Transient("the receiver cannot be reached with TLS, or is not trusted"));
            }
        }
    }

    @Test
    void shouldKeepNoMoreOfAReferenceThanALine() {
        assertThat(new Delivery.Delivered("a\r\nb" + "x".repeat(500)).reference()).hasSize(200).startsWith("abx");
    }
}
