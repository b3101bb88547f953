package io.vitaltwin.ingest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ProducerSettingsTest {

    @Test
    void shouldFixWhatKeepsReadingsFromBeingLostOrDoubled() {
        var settings = ProducerSettings.complete(Map.of("bootstrap.servers", "127.0.0.1:1", "linger.ms", "50"));

        assertThat(settings).containsEntry("enable.idempotence", "true").containsEntry("acks", "all")
                .containsEntry("partitioner.ignore.keys", "false")
                .containsEntry("linger.ms", "50").containsEntry("compression.type", "lz4");
    }

    @Test
    void shouldLetTheCallerChooseTheCompression() {
        assertThat(ProducerSettings.complete(Map.of("compression.type", "zstd"))).containsEntry("compression.type", "zstd");
    }

    @ParameterizedTest
    @CsvSource({"acks, 1", "acks, 0", "enable.idempotence, false", "partitioner.ignore.keys, true"})
    void shouldRefuseToChangeWhatIsFixed(String key, String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> ProducerSettings.complete(Map.of(key, value)))
                .withMessageContaining(key).withMessageContaining(value).withMessageContaining("remove it");
    }

    @ParameterizedTest
    @CsvSource({"acks, all", "acks, -1", "enable.idempotence, TRUE"})
    void shouldAcceptTheFixedValueSaidAgain(String key, String value) {
        assertThat(ProducerSettings.complete(Map.of(key, value))).containsEntry("acks", "all").containsEntry("enable.idempotence", "true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key.serializer", "value.serializer", "partitioner.class", "transactional.id"})
    void shouldRefuseSettingsThatItOwnsWithoutShowingTheirValue(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> ProducerSettings.complete(Map.of(key, "found-value")))
                .withMessageContaining(key).withMessageNotContaining("found-value");
    }

    @Test
    void shouldGiveSettingsThatKafkaTakes() {
        try (var producer = ProducerSettings.open(Map.of("bootstrap.servers", "127.0.0.1:1"))) {
            assertThat(producer.metrics()).isNotEmpty();
        }
    }
}
