package io.vitaltwin.alerts;

import io.vitaltwin.schemas.Topics;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AlertsConfigTest {

    private final AlertsConfig config = AlertsConfig.of("host:9092", Topics.defaults(), Path.of("state"));

    @ParameterizedTest
    @ValueSource(strings = {StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.APPLICATION_ID_CONFIG, StreamsConfig.STATE_DIR_CONFIG})
    void shouldRefuseASettingThatItsPromisesRestOn(String name) {
        assertThatThrownBy(() -> config.withKafka(Map.of(name, "x"))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(name);
    }

    @Test
    void shouldNeedAThread() {
        assertThatThrownBy(() -> config.withThreads(0)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("alerts.threads");
    }

    @Test
    void shouldRunExactlyOnceUnderAnIdOfItsOwn() {
        assertThat(config.withThreads(2).withApplicationId("other").withKafka(Map.of("session.timeout.ms", "6000")).streamsProperties())
                .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2)
                .containsEntry(StreamsConfig.APPLICATION_ID_CONFIG, "other")
                .containsEntry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2)
                .containsEntry("session.timeout.ms", "6000");
        assertThat(config.applicationId()).isEqualTo("vitaltwin-alerts");
        assertThat(config.catchUp()).isTrue();
        assertThat(config.withoutCatchUp().catchUp()).isFalse();
    }
}
