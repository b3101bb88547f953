package io.vitaltwin.testbench.proof;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The proof can fail: each broken gate is found, and the story that shows it is short. */
@Tag("ethics")
class BrokenGatesTest {

    private static final int AT_ONCE = 25;
    private static final int MOST_SEEDS = 300;

    @ParameterizedTest
    @EnumSource(BrokenGates.class)
    void shouldFindABrokenGate(BrokenGates gate) {
        assertThat(found(gate)).isPresent();
    }

    /** The first story that shows it; the checker alone, without restarts. */
    private static Optional<Proof.Failure> found(Fault gate) {
        for (long from = 1; from < MOST_SEEDS; from += AT_ONCE) {
            List<ProofStory> stories = LongStream.range(from, from + AT_ONCE).mapToObj(StoryMaker::make).toList();
            Map<String, List<Told>> told = StoryPlayer.play(stories, Collections.emptySortedSet(), gate);
            for (ProofStory story : stories) {
                List<String> problems = ConsentCheck.problems(story, told.getOrDefault(story.patient(), List.of()));
                if (!problems.isEmpty()) {
                    return Optional.of(new Proof.Failure(story, problems));
                }
            }
        }
        return Optional.empty();
    }

    @Test
    void shouldShrinkTheStoryThatShowsIt() {
        // Given
        Proof.Failure failure = found(BrokenGates.IGNORES_WITHDRAWAL).orElseThrow();
        // When
        Proof.Failure shrunk = new Proof(BrokenGates.IGNORES_WITHDRAWAL).shrunk(failure);
        // Then: a plan, a permit, a withdrawal and something that is used after it, give or take one
        assertThat(shrunk.problems()).isNotEmpty();
        assertThat(shrunk.story().entries()).hasSizeLessThanOrEqualTo(5);
        assertThat(StoryText.lines(shrunk.story())).anyMatch(line -> line.contains("INACTIVE"));
    }
}
