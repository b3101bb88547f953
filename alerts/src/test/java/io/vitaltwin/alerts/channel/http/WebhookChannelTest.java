package io.vitaltwin.alerts.channel.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitaltwin.alerts.channel.Address;
import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.ChannelSettingException;
import io.vitaltwin.alerts.channel.ChannelSettings;
import io.vitaltwin.alerts.channel.Delivery;
import io.vitaltwin.alerts.channel.Secret;
import io.vitaltwin.alerts.channel.Together;
import io.vitaltwin.alerts.message.Message;
import io.vitaltwin.alerts.message.Samples;
import io.vitaltwin.schemas.WorkflowEventType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;

import javax.net.ssl.SSLContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WebhookChannelTest {

    private static final String OLD = "whsec_" + Base64.getEncoder().encodeToString("0123456789abcdefghijklmn".getBytes(StandardCharsets.UTF_8));
    private static final String NEW = "whsec_" + Base64.getEncoder().encodeToString("the-newer-secret-of-32-bytes-xyz".getBytes(StandardCharsets.UTF_8));
    private static final Address TO = Address.of("ward-3");
    private static final Instant NOW = Instant.parse("2026-11-22T09:30:05.700Z");

    @TempDir
    private Path folder;

    private static Secret secret(String text) {
        return new ChannelSettings("webhook", Map.of("s.env", "X"), name -> text).secret("s");
    }

    /** HMAC after RFC 2104, from nothing but SHA-256: for keys of at most 64 bytes. */
    private static byte[] hmac(byte[] key, byte[] text) throws Exception {
        byte[] inner = new byte[64];
        byte[] outer = new byte[64];
        for (int i = 0; i < 64; i++) {
            byte of = i < key.length ? key[i] : 0;
            inner[i] = (byte) (of ^ 0x36);
            outer[i] = (byte) (of ^ 0x5c);
        }
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        sha.update(inner);
        byte[] first = sha.digest(text);
        sha.update(outer);
        return sha.digest(first);
    }

    private static String expected(String whsec, String id, String timestamp, String body) throws Exception {
        byte[] key = Base64.getDecoder().decode(whsec.substring("whsec_".length()));
        return "v1," + Base64.getEncoder().encodeToString(hmac(key, (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8)));
    }

    /** The example that the libraries of Standard Webhooks agree on. */
    @Test
    void shouldSignAsPublished() {
        assertThat(WebhookSignature.of(secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).of("msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1614265330), "{\"test\": 2432232314}")).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void shouldSignWhatItSendsWithEverySecret() throws Exception {
        Message message = Samples.call();
        HttpReceiver.Request request;
        try (HttpReceiver receiver = new HttpReceiver(HttpReceiver.status(204));
                Channel channel = new WebhookChannel(URI.create(receiver.url() + "/hook?a=b"), WebhookSignature.of(secret(OLD + "\n " + NEW)),
                        new HttpSend(Duration.ofSeconds(5), SSLContext.getDefault(), InstantSource.system()), InstantSource.fixed(NOW))) {
            assertThat(channel.send(message, TO)).isEqualTo(new Delivery.Delivered(""));
            request = receiver.only();
        }
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/hook?a=b");
        assertThat(request.headers()).containsEntry("webhook-id", message.id()).containsEntry("webhook-timestamp", "1795339805")
                .containsEntry("content-type", "application/json");
        assertThat(request.headers().get("webhook-signature").split(" "))
                .containsExactly(expected(OLD, message.id(), "1795339805", request.body()), expected(NEW, message.id(), "1795339805", request.body()));
    }

    @Test
    void shouldSendTheWholeMessage() {
        JsonNode event = sent(Samples.call());
        assertThat(event.fieldNames()).toIterable().containsExactly("type", "timestamp", "data");
        assertThat(event.path("type").asText()).isEqualTo("alert.call");
        assertThat(event.path("timestamp").asText()).isEqualTo("2026-11-22T09:30:00Z");
        JsonNode data = event.path("data");
        assertThat(data.path("notificationId").asText()).isEqualTo(Samples.call().id());
        assertThat(data.path("alertId").asText()).isEqualTo(Samples.ALERT);
        assertThat(data.path("patientId").asText()).isEqualTo(Samples.PATIENT);
        assertThat(data.path("recipient").asText()).isEqualTo("ward-3");
        assertThat(data.path("priority").asText()).isEqualTo("HIGH");
        assertThat(data.path("body").asText()).isEqualTo(Samples.call().body()).contains("not a primary alarm");
        assertThat(data.path("detail").path("text").asText()).isEqualTo(Samples.TEXT);
        assertThat(data.path("detail").path("vitals")).extracting(JsonNode::asText).containsExactly("spo2", "heart_rate");
        assertThat(data.path("detail").path("holds").asBoolean()).isTrue();
    }

    @Test
    void shouldSayNothingOfWhatIsWithheld() {
        JsonNode event = sent(Samples.withheld());
        assertThat(event.path("data").has("detail")).isFalse();
        assertThat(event.toString()).doesNotContain("84", "spo2", "SPO2");
    }

    @Test
    void shouldTellChanges() {
        assertThat(sent(Samples.change(WorkflowEventType.ACKNOWLEDGED)).path("type").asText()).isEqualTo("alert.acknowledged");
        assertThat(sent(Samples.change(WorkflowEventType.RESOLVED)).path("type").asText()).isEqualTo("alert.resolved");
    }

    /** Receivers drop doubles by the id. */
    @Test
    void shouldSendTheSameAgain() {
        try (HttpReceiver receiver = new HttpReceiver(HttpReceiver.status(503, "retry-after: 3"), HttpReceiver.status(200)); Channel channel = to(receiver)) {
            assertThat(channel.send(Samples.call(), TO)).isInstanceOf(Delivery.Transient.class);
            assertThat(channel.send(Samples.call(), TO)).isInstanceOf(Delivery.Delivered.class);
            assertThat(receiver.requests()).hasSize(2);
            assertThat(receiver.requests()).extracting(HttpReceiver.Request::body).containsOnly(receiver.requests().getFirst().body());
            assertThat(receiver.requests()).extracting(request -> request.headers().get("webhook-id")).containsOnly(Samples.call().id());
        }
    }

    @Test
    void shouldSendManyAtTheSameTime() throws Exception {
        try (HttpReceiver receiver = new HttpReceiver(HttpReceiver.status(200)); Channel channel = to(receiver)) {
            assertThat(Together.send(channel, TO)).hasSize(Together.ids().size()).containsOnly(new Delivery.Delivered(""));
            for (HttpReceiver.Request request : receiver.requests()) {
                String id = request.headers().get("webhook-id");
                assertThat(request.body()).contains("\"" + id + "\"");
                assertThat(request.headers().get("webhook-signature")).isEqualTo(expected(OLD, id, request.headers().get("webhook-timestamp"), request.body()));
            }
            assertThat(receiver.requests()).extracting(request -> request.headers().get("webhook-id"))
                    .containsExactlyInAnyOrderElementsOf(Together.ids());
        }
    }

    @Test
    void shouldRefuseAnIdThatCannotBeAHeader() {
        Message odd = Samples.named("a\r\nx: y");
        try (HttpReceiver receiver = new HttpReceiver(HttpReceiver.status(200)); Channel channel = to(receiver)) {
            assertThat(channel.send(odd, TO)).isInstanceOf(Delivery.Permanent.class);
            assertThat(receiver.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_c2hvcnQ=", "whsec_no base64!", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw whsec_c2hvcnQ=",
        "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1"})
    void shouldRefuseASecretThatIsNone(String secret) {
        assertThatThrownBy(() -> HttpChannels.channel("webhook", "url", "https://example.org/", "secrets.file", HttpChannels.secret(folder, secret)))
                .isInstanceOf(ChannelSettingException.class).hasMessageContaining("secrets").hasMessageContaining("24 to 64 bytes")
                .hasMessageNotContaining(secret.substring(7)).hasNoCause();
    }

    private Channel to(HttpReceiver receiver) {
        return HttpChannels.channel("webhook", "url", receiver.url() + "/hook", "secrets.file", HttpChannels.secret(folder, OLD));
    }

    private JsonNode sent(Message message) {
        try (HttpReceiver receiver = new HttpReceiver(HttpReceiver.status(200)); Channel channel = to(receiver)) {
            assertThat(channel.send(message, TO)).isEqualTo(new Delivery.Delivered(""));
            return HttpChannels.json(receiver.only().body());
        }
    }
}
