package io.vitaltwin.schemas;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * Reads our records in the Confluent wire format, for consumers that name a deserializer by its class. Settings:
 * {@code schema.registry.url}, one URL; without it the bundled ids are used. Safe for use by several threads.
 */
public final class VitaltwinAvroDeserializer implements Deserializer<SpecificRecord> {

    private SchemaIds ids = new BundledSchemaIds();
    private WireReader<SpecificRecord> reader = new WireReader<>(ids, RecordClasses::readerFor);

    /** @throws org.apache.kafka.common.config.ConfigException when the registry's URL is none */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        ids = ClientSettings.schemaIds(configs);
        reader = new WireReader<>(ids, RecordClasses::readerFor);
    }

    /** @throws SchemaProblem naming what is wrong with the bytes, never what they say */
    @Override
    public @Nullable SpecificRecord deserialize(String topic, byte @Nullable [] bytes) {
        return bytes == null ? null : reader.read(bytes);
    }

    @Override
    public void close() {
        ClientSettings.close(ids);
    }
}
