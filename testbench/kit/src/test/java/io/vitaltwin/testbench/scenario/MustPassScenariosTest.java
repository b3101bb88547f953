package io.vitaltwin.testbench.scenario;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The acceptance scenarios that this version answers for, through the whole topology. */
class MustPassScenariosTest {

    private static final Set<String> MUST_PASS = Set.of("S03", "S04", "S07", "S08", "S13", "S14", "S16", "S20", "S24", "S26", "S27");

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
        return Bundled.scenarios().stream().filter(file -> MUST_PASS.contains(file.getFileName().toString().substring(0, 3)));
    }
}
