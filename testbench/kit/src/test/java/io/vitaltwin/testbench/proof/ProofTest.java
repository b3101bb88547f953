package io.vitaltwin.testbench.proof;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Item 9 of the consent work: as many seeds as {@code -Dproof.seeds} says; {@code vitaltwin bench consent} plays the ten thousand. */
@Tag("ethics")
class ProofTest {

    private static final long FIRST_SEED = 20_260_301;
    private static final int SEEDS = Integer.getInteger("proof.seeds", 500);

    @Test
    void shouldUseRefuseAndCountAsConsentSays() throws InterruptedException {
        // When
        Proof.Result result = new Proof(Fault.NONE).run(FIRST_SEED, SEEDS, Runtime.getRuntime().availableProcessors(), done -> { });
        // Then
        assertThat(result.failure()).as(() -> "seed and problems of the first failure").isEmpty();
        Tally tally = result.tally();
        assertThat(tally.stories()).isEqualTo(SEEDS);
        assertThat(tally.of("applied") + tally.of("duplicate") + tally.of("late") + tally.of("refused") + tally.of("dead"))
                .isEqualTo(tally.of("readings"));
        assertThat(List.of("applied", "duplicate", "late", "refused", "dead", "evidence", "quality flags", "values in snapshots",
                "refused as NO_CONSENT", "refused as WITHDRAWN", "refused as EXPIRED", "refused as PURPOSE_DENIED", "refused as CLASS_DENIED",
                "refused as ACTOR_DENIED", "refused as HYPERCOLLECTION", "refused as DATA_PERIOD"))
                .as("a proof of nothing is none").allMatch(what -> tally.of(what) > 0);
    }

    @Test
    void shouldTellTheSameStoryOfTheSameSeed() {
        assertThat(StoryText.lines(StoryMaker.make(7))).isEqualTo(StoryText.lines(StoryMaker.make(7))).isNotEqualTo(StoryText.lines(StoryMaker.make(8)));
    }
}
