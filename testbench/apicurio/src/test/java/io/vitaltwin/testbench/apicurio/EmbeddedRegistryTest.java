package io.vitaltwin.testbench.apicurio;

import io.vitaltwin.standalone.registry.RegistryEndpoint;
import org.junit.jupiter.api.AfterAll;

import java.net.URI;

class EmbeddedRegistryTest extends RegistryContract {

    private final RegistryEndpoint endpoint = new RegistryEndpoint(0, TOPICS).start();

    @Override
    URI registry() {
        return endpoint.uri();
    }

    @AfterAll
    void stop() {
        endpoint.close();
    }
}
