package io.vitaltwin.twin.topology;

import io.vitaltwin.twin.TwinConfig;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
    }

    @Test
    void shouldGoFromReadingToAlertInOneSubTopologyWithoutARepartition() {
        assertThat(patients()).containsOnlyOnce("Sub-topology:").contains("Source: readings", "Sink: write-alerts").doesNotContainIgnoringCase("repartition");
    }

    /** The second one only finds devices that are shared: what a replay leaves out, and nothing else. */
    @Test
    void shouldBeginWithThePatientsAlone() {
        assertThat(shape()).startsWith(patients().stripTrailing()).doesNotContainIgnoringCase("repartition");
        assertThat(shape().substring(patients().stripTrailing().length())).containsOnlyOnce("Sub-topology:").contains("shared-devices");
    }

    @Test
    void shouldHaveTheSameShapeWhereverItKeepsItsState() {
        TwinTopology inMemory = new TwinTopology(TwinConfig.of("unused:9092", Story.TOPICS, Path.of("unused")), Story.IDS, Keeping.IN_MEMORY);
        assertThat(inMemory.build().describe()).hasToString(shape());
    }

    private static TwinTopology topology() {
        return new TwinTopology(TwinConfig.of("unused:9092", Story.TOPICS, Path.of("unused")), Story.IDS);
    }

    private static String shape() {
        return topology().build().describe().toString();
    }

    private static String patients() {
        return topology().buildPatients().describe().toString();
    }
}
