package io.vitaltwin.testbench.proof;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** A few seeds through a real broker, with kills; {@code vitaltwin bench consent --engine kafka} plays more. */
@Tag("ethics")
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KafkaProofIT {

    private static final long FIRST_SEED = 2;
    private static final int SEEDS = 3;
    private static final int KILLS = 2;

    @Test
    void shouldWriteWhatTheLogSaysHoweverOftenItIsKilled() throws IOException, InterruptedException {
        // Given
        List<String> said = new ArrayList<>();
        // When
        KafkaProof.Result result = KafkaProof.run(FIRST_SEED, SEEDS, KILLS, said::add);
        // Then
        assertThat(result.problems()).as(said::toString).isEmpty();
        Tally tally = result.tally();
        assertThat(tally.stories()).isEqualTo(SEEDS);
        assertThat(tally.of("kills")).isEqualTo(KILLS);
        assertThat(tally.of("applied") + tally.of("duplicate") + tally.of("late") + tally.of("refused") + tally.of("dead"))
                .isEqualTo(tally.of("readings")).isPositive();
        assertThat(List.of("applied", "refused", "violations", "values in snapshots")).as("a proof of nothing is none").allMatch(what -> tally.of(what) > 0);
    }
}
