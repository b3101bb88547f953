package io.vitaltwin.twin.core.forecast;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ErrorBandsTest {

    private final ErrorBands bands = new ErrorBands();

    @Test
    void shouldFindTheDistancesThatOneInTwentyExceeds() {
        // Given: errors from -20 to +40, all alike: 1 in 20 lies below -17, 1 in 20 above 37
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            bands.learn(120, 0, random.nextDouble() * 60 - 20);
        }
        // Then
        assertThat(bands.below(120, 0)).as("seed %d", seed).isCloseTo(17, within(3.0));
        assertThat(bands.above(120, 0)).as("seed %d", seed).isCloseTo(37, within(3.0));
    }

    @ParameterizedTest
    @CsvSource({"69, 0", "70, 1", "180, 1", "181, 2"})
    void shouldKeepTheBandsApart(int level, int band) {
        double before = bands.above(level, 1);
        bands.learn(level, 1, 300);
        assertThat(bands.above(level, 1)).isCloseTo(before + 0.95, within(1e-9));
        int[] others = {50, 120, 250};
        ErrorBands fresh = new ErrorBands();
        for (int other = 0; other < others.length; other++) {
            if (other != band) {
                assertThat(bands.above(others[other], 1)).isEqualTo(fresh.above(others[other], 1));
            }
        }
    }

    @Test
    void shouldMoveOneSideAndOneHorizonAtATime() {
        double below = bands.below(120, 0);
        bands.learn(120, 0, -500);
        assertThat(bands.below(120, 0)).isCloseTo(below + 0.95, within(1e-9));
        assertThat(bands.above(120, 0)).isCloseTo(new ErrorBands().above(120, 0) - 0.05, within(1e-9));
        assertThat(bands.above(120, 1)).isEqualTo(new ErrorBands().above(120, 1));
    }

    @Test
    void shouldStayWithinItsEnds() {
        for (int i = 0; i < 10_000; i++) {
            bands.learn(50, 0, 0);
            bands.learn(250, 1, 1_000);
        }
        assertThat(bands.below(50, 0)).isEqualTo(1);
        assertThat(bands.above(250, 1)).isCloseTo(204.75, within(1e-9));
        ByteBuffer out = ByteBuffer.allocate(ErrorBands.BYTES);
        bands.encode(out);
        assertThat(out.hasRemaining()).isFalse();
        assertThat(ErrorBands.decode(out.flip())).usingRecursiveComparison().isEqualTo(bands);
    }
}
