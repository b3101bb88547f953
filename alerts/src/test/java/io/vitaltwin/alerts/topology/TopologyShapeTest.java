package io.vitaltwin.alerts.topology;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitaltwin.alerts.AlertsMetrics;
import io.vitaltwin.alerts.core.Policy;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

/** The shape of the topology: names of steps and stores are part of the stored form, so a change of them must be seen. */
class TopologyShapeTest {

    @Test
    void shouldHaveTheShapeOfTheGoldenFile() throws IOException {
        // Given
        String golden;
        try (InputStream in = Objects.requireNonNull(TopologyShapeTest.class.getResourceAsStream("topology.txt"))) {
            golden = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        // When
        String shape = shape();
        // Then
        assertThat(shape.strip()).isEqualTo(golden.strip());
        assertThat(shape).containsOnlyOnce("Sub-topology:").doesNotContainIgnoringCase("repartition");
    }

    private static String shape() {
        return new WorkflowTopology(DrivenWorkflow.TOPICS, DrivenWorkflow.IDS, Policy.defaults(), LiveFrom.ALWAYS,
                new AlertsMetrics(new SimpleMeterRegistry())).build().describe().toString();
    }
}
