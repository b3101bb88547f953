package io.vitaltwin.testbench.proof;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Item 9 of the consent work: as many seeds as {@code -Dproof.seeds} says; {@code vitaltwin bench consent} plays the ten thousand. */
@Tag("ethics")
class ProofTest {

    private static final Duration SELDOM = Duration.ofMinutes(3);
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
        assertThat(tally.of("stories on disk")).as("RocksDB and the heap keep the same").isBetween(1L, SEEDS - 1L);
        assertThat(List.of("restarts", "consents", "violations", "applied", "duplicate", "late", "refused", "dead", "evidence", "quality flags", "values in snapshots",
                "refused as NO_CONSENT", "refused as WITHDRAWN", "refused as EXPIRED", "refused as PURPOSE_DENIED", "refused as CLASS_DENIED",
                "refused as ACTOR_DENIED", "refused as HYPERCOLLECTION", "refused as DATA_PERIOD"))
                .as("a proof of nothing is none").allMatch(what -> tally.of(what) > 0);
    }

    /** A replay and a live twin see time move in other steps: each deadline is decided as of its own time all the same. */
    @Test
    void shouldDecideTheSameHoweverSeldomTimeMoves() {
        // Given
        List<ProofStory> stories = LongStream.range(1, 60).mapToObj(StoryMaker::make).toList();
        // When
        Map<String, List<Told>> often = StoryPlayer.play(stories, Duration.ofSeconds(1));
        // Then
        for (ProofStory story : stories) {
            Map<String, List<Told>> seldom = StoryPlayer.play(List.of(story), SELDOM);
            assertThat(written(seldom, story)).as(story.patient()).isEqualTo(written(often, story)).isNotEmpty();
        }
    }

    /** Topic by topic, as far as both runs have come. */
    private static List<String> written(Map<String, List<Told>> told, ProofStory story) {
        long end = story.entries().getLast().takenMillis() + SELDOM.toMillis();
        return told.getOrDefault(story.patient(), List.of()).stream().filter(one -> one.timeMillis() <= end)
                .map(one -> one.value().getClass().getSimpleName() + ' ' + Instant.ofEpochMilli(one.timeMillis()) + ' ' + Proof.withoutOffsets(one.value()))
                .sorted().toList();
    }

    @Test
    void shouldTellTheSameStoryOfTheSameSeed() {
        assertThat(StoryText.lines(StoryMaker.make(7))).isEqualTo(StoryText.lines(StoryMaker.make(7))).isNotEqualTo(StoryText.lines(StoryMaker.make(8)));
    }
}
