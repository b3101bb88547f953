package io.vitaltwin.testbench.apicurio;

import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.RegistrySchemaIds;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The contract against a real Apicurio Registry, and Apicurio's own serde against ours. */
class ApicurioRegistryTest extends RegistryContract {

    private final ApicurioServer server = new ApicurioServer();

    @Override
    URI registry() {
        return server.confluentApi();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Map<String, Object> apicurioSettings() {
        return Map.of("apicurio.registry.url", server.ownApi().toString(),
                "apicurio.registry.auto-register", false,
                "apicurio.registry.find-latest", true,
                "apicurio.registry.use-specific-avro-reader", true);
    }

    @Test
    void shouldBeReadByApicuriosSerde() {
        try (var ids = new RegistrySchemaIds(registry()); var theirs = new AvroKafkaDeserializer<ConsentViolation>()) {
            theirs.configure(apicurioSettings(), false);
            byte[] bytes = new AvroSerde<>(TOPICS.violations(), ids).serialize("any", violation());
            assertThat(theirs.deserialize(TOPICS.violations().name(), bytes)).hasToString(violation().toString());
        }
    }

    @Test
    void shouldReadWhatApicuriosSerdeWrote() {
        try (var ids = new RegistrySchemaIds(registry()); var theirs = new AvroKafkaSerializer<ReadingBatch>()) {
            theirs.configure(apicurioSettings(), false);
            var reading = Reading.newBuilder().setVital("spo2").setEffectiveTime(Instant.ofEpochMilli(5)).setValue(93.0).setUnit("%").build();
            var batch = ReadingBatch.newBuilder().setBatchId("b-1").setDeviceId("d-1").setSentAt(Instant.ofEpochMilli(6))
                    .setReadings(List.of(reading)).build();
            byte[] bytes = theirs.serialize(TOPICS.readings().name(), batch);
            assertThat(new AvroSerde<>(TOPICS.readings(), ids).deserialize("any", bytes)).isEqualTo(batch);
        }
    }
}
