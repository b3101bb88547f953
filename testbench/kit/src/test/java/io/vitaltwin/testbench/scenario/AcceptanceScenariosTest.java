package io.vitaltwin.testbench.scenario;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** All acceptance scenarios, through the whole topology. */
class AcceptanceScenariosTest {

    @ParameterizedTest
    @MethodSource("scenarios")
    void shouldGiveWhatTheScenarioExpects(Path file) {
        // When
        try (Engine engine = new MemoryEngine()) {
            ScenarioResult result = new ScenarioRunner(engine).run(file);
            // Then
            assertThat(result.differences()).isEmpty();
        }
    }

    static Stream<Path> scenarios() throws IOException {
        return Bundled.scenarios().stream();
    }
}
