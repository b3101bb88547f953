package io.vitaltwin.schemas;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes our records in the Confluent wire format, for producers that name a serializer by its class. Settings:
 * {@code schema.registry.url}, one URL; without it the bundled ids are used. Registers nothing. Safe for use by several threads.
 */
public final class VitaltwinAvroSerializer implements Serializer<SpecificRecord> {

    private final Map<String, WireWriter<SpecificRecord>> writers = new ConcurrentHashMap<>();
    private SchemaIds ids = new BundledSchemaIds();
    private String suffix = "-value";

    /** @throws org.apache.kafka.common.config.ConfigException when the registry's URL is none */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        ids = ClientSettings.schemaIds(configs);
        suffix = isKey ? "-key" : "-value";
    }

    /** @throws SchemaProblem when the topic's subject does not hold the value's schema, or the value does not fit it */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable SpecificRecord value) {
        if (value == null) {
            return null;
        }
        WireWriter<SpecificRecord> writer = writers.get(topic);
        if (writer == null || writer.schema() != value.getSchema()) {
            writer = writerFor(topic, value.getSchema());
        }
        return writer.write(value);
    }

    private WireWriter<SpecificRecord> writerFor(String topic, Schema schema) {
        var writer = new WireWriter<SpecificRecord>(schema, ids.idOf(topic + suffix, schema));
        writers.put(topic, writer);
        return writer;
    }

    @Override
    public void close() {
        ClientSettings.close(ids);
    }
}
