package io.vitaltwin.schemas;

import io.vitaltwin.schemas.SchemaProblem.Kind;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The serializer and deserializer as a Kafka client makes them: by name, from settings. */
class ByClassNameTest {

    private static final Tick TICK = new Tick(1, Instant.EPOCH);

    private static Serializer<Object> serializer(Map<String, ?> settings) throws ClassNotFoundException {
        @SuppressWarnings("unchecked")
        Serializer<Object> made = Utils.newInstance("io.vitaltwin.schemas.VitaltwinAvroSerializer", Serializer.class);
        made.configure(settings, false);
        return made;
    }

    private static Deserializer<?> deserializer(Map<String, ?> settings) throws ClassNotFoundException {
        Deserializer<?> made = Utils.newInstance("io.vitaltwin.schemas.VitaltwinAvroDeserializer", Deserializer.class);
        made.configure(settings, false);
        return made;
    }

    @ParameterizedTest
    @ValueSource(strings = {"vt.", "", "vt.shadow.trial."})
    void shouldNeedNoSettingsWhateverThePrefix(String prefix) throws ClassNotFoundException {
        Topics topics = new Topics(prefix, 1);
        byte[] bytes = serializer(Map.of()).serialize(topics.ticks().name(), TICK);
        assertThat(bytes).isEqualTo(new AvroSerde<>(Topics.defaults().ticks(), new BundledSchemaIds()).serialize("any", TICK));
        assertThat(deserializer(Map.of()).deserialize("any", bytes)).isEqualTo(TICK);
    }

    @Test
    void shouldWriteTheRecordsOfSeveralTopics() throws ClassNotFoundException {
        var serializer = serializer(Map.of());
        var deserializer = deserializer(Map.of());
        var samples = new Samples(5);
        for (var topic : Topics.defaults().avro()) {
            var value = samples.any(topic.type());
            assertThat(deserializer.deserialize("any", serializer.serialize(topic.name(), value))).isEqualTo(value);
        }
    }

    @Test
    void shouldPassTombstones() throws ClassNotFoundException {
        assertThat(serializer(Map.of()).serialize("vt.patients.v1", null)).isNull();
        assertThat(deserializer(Map.of()).deserialize("vt.patients.v1", null)).isNull();
    }

    @Test
    void shouldRefuseARecordOnATopicOfAnother() throws ClassNotFoundException {
        var serializer = serializer(Map.of());
        assertThat(serializer.serialize("vt.ticks.v1", TICK)).isNotNull();
        assertThatThrownBy(() -> serializer.serialize("vt.alerts.v1", TICK)).isInstanceOfSatisfying(SchemaProblem.class,
                problem -> assertThat(problem.kind()).isEqualTo(Kind.NOT_REGISTERED)).hasMessageContaining("vt.alerts.v1-value");
        assertThatThrownBy(() -> serializer.serialize("vt.ticks.v1", new Samples(1).any(AlertEvent.class))).isInstanceOf(SchemaProblem.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a b", "http://u:s3cret@[", "http://one:1,http://two:2"})
    void shouldRefuseWhatIsNotOneUrlWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> serializer(Map.of("schema.registry.url", url)))
                .isInstanceOfAny(ConfigException.class, SchemaProblem.class)
                .hasMessageContaining("schema.registry.url must be one URL").hasMessageNotContaining("s3cret");
    }

    @Test
    void shouldRefuseARecordOfAStranger() {
        var schemas = new IdsOf("{\"type\":\"record\",\"name\":\"Stranger\",\"fields\":[]}");
        var reader = new WireReader<>(schemas, RecordClasses::readerFor);
        assertThatThrownBy(() -> reader.read(new byte[] {0, 0, 0, 0, 1})).isInstanceOfSatisfying(SchemaProblem.class,
                problem -> assertThat(problem.kind()).isEqualTo(Kind.UNKNOWN_ID));
    }

    private record IdsOf(String text) implements SchemaIds {
        @Override
        public int idOf(String subject, org.apache.avro.Schema schema) {
            return 1;
        }

        @Override
        public org.apache.avro.Schema schemaOf(int id) {
            return new org.apache.avro.Schema.Parser().parse(text);
        }
    }
}
