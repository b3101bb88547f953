package io.vitaltwin.testbench.proof;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** The proof can fail: each broken gate is found, and the story that shows it is short. */
@Tag("ethics")
class BrokenGatesTest {

    private static final int SEEDS = 100;

    @ParameterizedTest
    @EnumSource(BrokenGates.class)
    void shouldFindABrokenGate(BrokenGates gate) throws InterruptedException {
        // When
        Optional<Proof.Failure> failure = new Proof(gate).run(1, SEEDS, 1, done -> { }).failure();
        // Then
        assertThat(failure).isPresent();
        assertThat(failure.get().problems()).isNotEmpty();
    }

    @Test
    void shouldShrinkTheStoryThatShowsIt() throws InterruptedException {
        // Given
        Proof proof = new Proof(BrokenGates.IGNORES_WITHDRAWAL);
        Proof.Failure failure = proof.run(1, 40, 1, done -> { }).failure().orElseThrow();
        // When
        Proof.Failure shrunk = proof.shrunk(failure);
        // Then: a plan, a permit, a withdrawal and something that is used after it, give or take one
        assertThat(shrunk.problems()).isNotEmpty();
        assertThat(shrunk.story().entries()).hasSizeLessThanOrEqualTo(5);
        assertThat(StoryText.lines(shrunk.story())).anyMatch(line -> line.contains("INACTIVE"));
    }
}
