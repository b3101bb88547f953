package io.vitaltwin.alerts.channel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ChannelsTest {

    static List<String> names() {
        return Channels.installed().names();
    }

    @Test
    void shouldFindEveryChannel() {
        assertThat(names()).containsExactly("email", "fhir", "hl7", "pagerduty", "slack", "sms", "webhook");
    }

    @Test
    void shouldSayWhichChannelsThereAre() {
        assertThatThrownBy(() -> Channels.installed().create("pigeon", Map.of())).isInstanceOf(ChannelSettingException.class)
                .hasMessageContaining("channel pigeon").hasMessageContaining("webhook");
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldNameTheSettingThatIsMissing(String name) {
        assertThatThrownBy(() -> Channels.installed().create(name, Map.of())).isInstanceOf(ChannelSettingException.class)
                .hasMessageStartingWith("channel " + name + ", setting ").hasMessageContaining("missing");
    }

    @Test
    void shouldRefuseASettingThatTheChannelDoesNotKnow() {
        assertThatThrownBy(() -> Channels.installed().create("fhir", Map.of("url", "https://fhir.example.org", "patient-sistem", "x")))
                .isInstanceOf(ChannelSettingException.class).hasMessageContaining("setting patient-sistem: is unknown").hasMessageContaining("patient-system");
    }

    @Test
    void shouldNameEachChannelAsItsFactory() {
        try (Channel channel = Channels.installed().create("fhir", Map.of("url", "https://fhir.example.org"))) {
            assertThat(channel.name()).isEqualTo("fhir");
        }
    }

    /** What may end up in a log. */
    @Test
    void shouldPrintNoAddress() {
        assertThat(new Address("nurse-anna", "anna@example.org").toString()).doesNotContain("anna");
    }
}
