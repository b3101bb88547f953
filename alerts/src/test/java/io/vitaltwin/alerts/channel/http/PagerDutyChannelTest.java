package io.vitaltwin.alerts.channel.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitaltwin.alerts.channel.Address;
import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.ChannelSettingException;
import io.vitaltwin.alerts.channel.Delivery;
import io.vitaltwin.alerts.message.Message;
import io.vitaltwin.alerts.message.Samples;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorkflowEventType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PagerDutyChannelTest {

    private static final String KEY = "R0123456789ABCDEFR0123456789ABCD";
    private static final HttpReceiver.Reply TAKEN = HttpReceiver.answer(202, "{\"status\":\"success\",\"dedup_key\":\"" + Samples.ALERT + "\"}");

    @TempDir
    private Path folder;

    private Delivery send(Message message, HttpReceiver receiver) {
        try (Channel channel = HttpChannels.channel("pagerduty", "url", receiver.url() + "/v2/enqueue", "routing-key.file", HttpChannels.secret(folder, KEY))) {
            return channel.send(message, Address.of("on-call"));
        }
    }

    private JsonNode sent(Message message) {
        try (HttpReceiver receiver = new HttpReceiver(TAKEN)) {
            assertThat(send(message, receiver)).isEqualTo(new Delivery.Delivered(Samples.ALERT));
            return HttpChannels.json(receiver.only().body());
        }
    }

    @Test
    void shouldTriggerOneIncidentForEachAlert() {
        JsonNode event = sent(Samples.call());
        assertThat(event.path("routing_key").asText()).isEqualTo(KEY);
        assertThat(event.path("event_action").asText()).isEqualTo("trigger");
        assertThat(event.path("dedup_key").asText()).isEqualTo(Samples.ALERT);
        assertThat(event.path("payload").path("summary").asText()).isEqualTo("HIGH: first call, a patient of your list");
        assertThat(event.path("payload").path("source").asText()).isEqualTo("vitaltwin");
        assertThat(event.path("payload").path("timestamp").asText()).isEqualTo("2026-11-22T09:30:00Z");
        assertThat(event.path("payload").path("custom_details").path("notification_id").asText()).isEqualTo(Samples.call().id());
        assertThat(event.path("payload").path("custom_details").path("notice").asText()).contains("not a primary alarm");
        assertThat(event.path("links").path(0).path("href").asText()).isEqualTo("https://alerts.example.org/alerts/" + Samples.ALERT);
    }

    /** It leaves the house. */
    @Test
    void shouldSayNeitherWhoNorWhat() {
        assertThat(sent(Samples.call()).toString()).doesNotContain(Samples.PATIENT, "84", "SPO2", "spo2");
    }

    @ParameterizedTest
    @CsvSource({"HIGH, critical", "MEDIUM, error", "LOW, warning", "INFO, info"})
    void shouldSayHowBadItIs(Priority priority, String severity) {
        assertThat(sent(Samples.call("FIRST_CONTACT", priority)).path("payload").path("severity").asText()).isEqualTo(severity);
    }

    @ParameterizedTest
    @CsvSource({"ACKNOWLEDGED, acknowledge", "RESOLVED, resolve"})
    void shouldDoToTheIncidentWhatWasDoneToTheAlert(WorkflowEventType type, String action) {
        JsonNode event = sent(Samples.change(type));
        assertThat(event.path("event_action").asText()).isEqualTo(action);
        assertThat(event.path("dedup_key").asText()).isEqualTo(Samples.ALERT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "not json", "{\"dedup_key\":{}}"})
    void shouldHaveDeliveredWhateverTheAnswerSays(String body) {
        try (HttpReceiver receiver = new HttpReceiver(HttpReceiver.answer(202, body))) {
            assertThat(send(Samples.call(), receiver)).isEqualTo(new Delivery.Delivered(""));
        }
    }

    @Test
    void shouldWaitWhereItIsAskedToAndGiveUpWhereItIsRefused() {
        try (HttpReceiver busy = new HttpReceiver(HttpReceiver.status(429, "retry-after: 60"));
                HttpReceiver strict = new HttpReceiver(HttpReceiver.answer(400, "{\"errors\":[\"" + KEY + "\"]}"))) {
            assertThat(send(Samples.call(), busy)).isEqualTo(new Delivery.Transient("the receiver answers 429", Optional.of(Duration.ofMinutes(1))));
            assertThat(send(Samples.call(), strict)).isEqualTo(new Delivery.Permanent("the receiver answers 400"));
        }
    }

    @Test
    void shouldRefuseToStartWithoutAKey() {
        assertThatThrownBy(() -> HttpChannels.channel("pagerduty")).isInstanceOf(ChannelSettingException.class)
                .hasMessageContaining("routing-key").hasMessageContaining("routing-key.file");
        assertThatThrownBy(() -> HttpChannels.channel("pagerduty", "routing-key", KEY)).isInstanceOf(ChannelSettingException.class)
                .hasMessageContaining("is a secret").hasMessageNotContaining(KEY);
    }
}
