package io.vitaltwin.schemas;

import org.apache.kafka.common.config.ConfigException;

import java.net.URI;
import java.util.Map;

/** What a serializer that is named by its class finds in its client's settings. */
final class ClientSettings {

    static final String REGISTRY_URL = "schema.registry.url";

    private ClientSettings() {
    }

    /** The registry's ids; without {@code schema.registry.url} the bundled ones. */
    static SchemaIds schemaIds(Map<String, ?> configs) {
        Object url = configs.get(REGISTRY_URL);
        if (url == null || url.toString().isBlank()) {
            return new BundledSchemaIds();
        }
        try {
            return new RegistrySchemaIds(URI.create(url.toString().strip()));
        } catch (IllegalArgumentException e) {
            // The setting may hold a password, so it is not repeated.
            throw new ConfigException(REGISTRY_URL + " must be one URL such as http://localhost:8081");
        }
    }

    static void close(SchemaIds ids) {
        if (ids instanceof RegistrySchemaIds registry) {
            registry.close();
        }
    }
}
