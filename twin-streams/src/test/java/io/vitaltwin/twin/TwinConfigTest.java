package io.vitaltwin.twin;

import io.vitaltwin.schemas.Topics;
import io.vitaltwin.twin.adapter.BoundedRocksDb;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TwinConfigTest {

    private static final TwinConfig CONFIG = TwinConfig.of("localhost:9092", Topics.defaults(), Path.of("state"));

    @Test
    void shouldRunExactlyOnceInBoundedMemory() {
        Properties properties = CONFIG.streamsProperties();

        assertThat(properties).containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2)
                .containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100)
                .containsEntry(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class)
                .containsEntry(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.APPLICATION_ID_CONFIG, StreamsConfig.STATE_DIR_CONFIG,
        StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG})
    void shouldRefuseASettingThatItsPromisesRestOn(String name) {
        assertThatThrownBy(() -> CONFIG.withKafka(Map.of(name, "other")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(name).hasMessageContaining("leave it out");
    }

    @Test
    void shouldLetKafkaSettingsOverrideDefaults() {
        Properties properties = CONFIG.withKafka(Map.of(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "250", "security.protocol", "SSL")).streamsProperties();

        assertThat(properties).containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "250").containsEntry("security.protocol", "SSL");
    }

    @Test
    void shouldReadFromTheBeginningAndBeMissedSoon() {
        Properties properties = CONFIG.streamsProperties();

        assertThat(properties)
                .containsEntry(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest")
                .containsEntry(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
    }

    @Test
    void shouldNeedAThread() {
        assertThatThrownBy(() -> CONFIG.withThreads(0)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("found 0");
    }

    @Test
    void shouldChangeOneThingAtATime() {
        TwinConfig changed = CONFIG.withThreads(2).withTickInterval(Duration.ZERO).withApplicationId("shadow").withRuleSet(Path.of("r.yaml"));

        assertThat(changed).usingRecursiveComparison().ignoringFields("threads", "tickInterval", "applicationId", "ruleSet").isEqualTo(CONFIG);
        assertThat(changed.streamsProperties()).containsEntry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2)
                .containsEntry(StreamsConfig.APPLICATION_ID_CONFIG, "shadow");
    }
}
