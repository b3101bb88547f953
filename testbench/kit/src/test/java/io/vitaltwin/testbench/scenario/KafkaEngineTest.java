package io.vitaltwin.testbench.scenario;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

/** A real broker gives what the test driver gives: serdes, transactions and the merging of topics change nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaEngineTest {

    private final Engine memory = new MemoryEngine();
    private @Nullable Engine kafka;

    @BeforeAll
    void start() {
        kafka = new KafkaEngine();
    }

    @AfterAll
    void stop() {
        if (kafka != null) {
            kafka.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"S24d-replayed", "S26a-withdrawal", "S30-patient-knows"})
    void shouldGiveTheSameAsTheTestDriver(String name) throws IOException {
        // Given
        ScenarioPlan plan = ScenarioPlan.of(ScenarioFile.read(Bundled.folder().resolve(name + ".yaml")));
        // When
        Engine.Played real = Objects.requireNonNull(kafka).play(plan);
        Engine.Played driven = memory.play(plan);
        // Then
        assertThat(Comparison.replay(plan, driven.observed(), real.observed())).isEmpty();
        assertThat(real.observed().flags()).isEqualTo(driven.observed().flags());
        assertThat(real.observed().violations()).isEqualTo(driven.observed().violations());
        assertThat(real.observed().until(plan.end()).workflow()).isEqualTo(driven.observed().until(plan.end()).workflow());
        assertThat(Comparison.differences(plan, real.observed(), real.readingsTopic())).isEmpty();
        assertThat(real.replayed().map(again -> Comparison.replay(plan, real.observed(), again)).orElseGet(List::of)).isEmpty();
    }
}
