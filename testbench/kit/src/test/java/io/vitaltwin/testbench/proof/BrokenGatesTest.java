package io.vitaltwin.testbench.proof;

import io.vitaltwin.testbench.proof.Trial.Failure;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** The proof can fail: each broken gate is found within the seeds that it names, and the story that shows it is short. */
@Tag("ethics")
class BrokenGatesTest {

    /** Seeds come in pairs of an even one and the next, who share a topology. */
    private static final int AT_ONCE = 24;
    private static final long FIRST_SEED = 2;

    @ParameterizedTest
    @EnumSource(BrokenGates.class)
    void shouldFindABrokenGate(BrokenGates gate) throws InterruptedException {
        assertThat(found(gate)).isPresent();
    }

    private static Optional<Failure> found(BrokenGates gate) throws InterruptedException {
        return new Proof(gate, AT_ONCE).run(FIRST_SEED, gate.within(), 1, done -> { }).failure();
    }

    @Test
    void shouldShrinkTheStoryThatShowsIt() throws InterruptedException {
        // Given
        Failure failure = found(BrokenGates.IGNORES_WITHDRAWAL).orElseThrow();
        // When
        Failure shrunk = new Proof(BrokenGates.IGNORES_WITHDRAWAL).shrunk(failure);
        // Then: a plan, a permit, a withdrawal and something that is used after it, give or take one
        assertThat(shrunk.problems()).isNotEmpty();
        assertThat(shrunk.company()).isEmpty();
        assertThat(shrunk.trial().restarts()).isEmpty();
        assertThat(shrunk.story().entries()).hasSizeLessThanOrEqualTo(5);
        assertThat(StoryText.lines(shrunk.story())).anyMatch(line -> line.contains("INACTIVE"));
    }

    @Test
    void shouldShowWhoElseIsNeededToShowIt() throws InterruptedException {
        // Given
        Failure failure = found(BrokenGates.USES_THE_CONSENT_OF_SOMEBODY_ELSE).orElseThrow();
        // When
        Failure shrunk = new Proof(BrokenGates.USES_THE_CONSENT_OF_SOMEBODY_ELSE).shrunk(failure);
        // Then: of the other, nothing but the consent
        assertThat(shrunk.problems()).isNotEmpty();
        assertThat(shrunk.company()).hasSize(1);
        assertThat(shrunk.company().getFirst().seed()).isEqualTo(shrunk.story().seed() ^ 1);
        assertThat(StoryText.lines(shrunk.company().getFirst())).hasSize(1).allMatch(line -> line.contains("consent"));
        assertThat(shrunk.story().entries()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void shouldKeepTheRestartThatIsNeededToShowIt() throws InterruptedException {
        // Given
        Failure failure = found(BrokenGates.FORGETS_REFUSALS_WHEN_RESTARTED).orElseThrow();
        // When
        Failure shrunk = new Proof(BrokenGates.FORGETS_REFUSALS_WHEN_RESTARTED).shrunk(failure);
        // Then
        assertThat(shrunk.problems()).anyMatch(problem -> problem.startsWith("after a restart"));
        assertThat(shrunk.company()).isEmpty();
        assertThat(shrunk.trial().restarts()).hasSize(1);
    }
}
