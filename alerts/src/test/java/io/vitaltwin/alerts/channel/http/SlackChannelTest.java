package io.vitaltwin.alerts.channel.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitaltwin.alerts.channel.Address;
import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.ChannelSettingException;
import io.vitaltwin.alerts.channel.Delivery;
import io.vitaltwin.alerts.message.Message;
import io.vitaltwin.alerts.message.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SlackChannelTest {

    @TempDir
    private Path folder;

    private Delivery send(Message message, HttpReceiver receiver) {
        try (Channel channel = HttpChannels.channel("slack", "url.file", HttpChannels.secret(folder, receiver.url() + "/services/T0/B0/token"))) {
            return channel.send(message, Address.of("ward-3"));
        }
    }

    @Test
    void shouldPostWhatSaysNeitherWhoNorWhat() {
        try (HttpReceiver receiver = new HttpReceiver(HttpReceiver.answer(200, "ok"))) {
            assertThat(send(Samples.call(), receiver)).isEqualTo(new Delivery.Delivered(""));
            JsonNode post = HttpChannels.json(receiver.only().body());
            assertThat(post.path("text").asText()).isEqualTo("HIGH: first call, a patient of your list. No primary alarm. https://alerts.example.org/alerts/" + Samples.ALERT
                    + "\n" + Samples.call().notice());
            assertThat(post.path("unfurl_links").asBoolean(true)).isFalse();
            assertThat(receiver.only().path()).isEqualTo("/services/T0/B0/token");
            assertThat(receiver.only().body()).doesNotContain(Samples.PATIENT, "84", "SPO2");
        }
    }

    @Test
    void shouldEscapeWhatSlackReadsAsItsOwn() {
        Message odd = Samples.saying("<!channel> & \"x\"");
        try (HttpReceiver receiver = new HttpReceiver(HttpReceiver.answer(200, "ok"))) {
            send(odd, receiver);
            assertThat(HttpChannels.json(receiver.only().body()).path("text").asText()).startsWith("&lt;!channel&gt; &amp; \"x\"\n");
        }
    }

    @Test
    void shouldGiveUpWhereTheRoomIsGoneAndTryAgainWhereTheReceiverHangsUp() {
        try (HttpReceiver gone = new HttpReceiver(HttpReceiver.answer(404, "no_service")); HttpReceiver drops = new HttpReceiver(HttpReceiver.DROPS)) {
            assertThat(send(Samples.call(), gone)).isEqualTo(new Delivery.Permanent("the receiver answers 404"));
            assertThat(send(Samples.call(), drops)).isInstanceOf(Delivery.Transient.class);
        }
    }

    /** Who knows the URL may post. */
    @Test
    void shouldTakeTheUrlAsASecretOnly() {
        assertThatThrownBy(() -> HttpChannels.channel("slack", "url", "https://hooks.example.org/token")).isInstanceOf(ChannelSettingException.class)
                .hasMessageContaining("url").hasMessageNotContaining("token");
        assertThatThrownBy(() -> HttpChannels.channel("slack", "url.file", HttpChannels.secret(folder, "http://hooks.example.org/token")))
                .isInstanceOf(ChannelSettingException.class).hasMessageContaining("https").hasMessageNotContaining("token");
        assertThatThrownBy(() -> HttpChannels.channel("slack", "url.file", HttpChannels.secret(folder, "token token")))
                .isInstanceOf(ChannelSettingException.class).hasMessageContaining("is no URL").hasMessageNotContaining("token");
    }
}
