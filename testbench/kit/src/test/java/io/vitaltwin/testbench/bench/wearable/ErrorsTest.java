package io.vitaltwin.testbench.bench.wearable;

import io.vitaltwin.testbench.bench.wearable.Errors.Cell;
import io.vitaltwin.testbench.bench.wearable.Errors.Of;
import io.vitaltwin.testbench.bench.wearable.Errors.Pair;
import io.vitaltwin.testbench.bench.wearable.Errors.Verdict;
import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ErrorsTest {

    @ParameterizedTest
    @CsvSource({"READING, 8, 0.69, TOO_LARGE", "READING, 8, 0.70, FITS", "READING, 8, 1.30, FITS", "READING, 8, 1.31, TOO_SMALL",
        "READING, 7, 5, TOO_FEW", "READING, 0, NaN, NO_SIGMA", "MEAN_OF_MINUTES, 8, 0.69, AVERAGED", "MEAN_OF_MINUTES, 8, 1.31, TOO_SMALL"})
    void shouldJudgeByTheGoal(Of of, int n, double zeroZ, Verdict expected) {
        assertThat(Errors.verdict(of, n, zeroZ)).isEqualTo(expected);
    }

    /** CR 4.4: a consumer's watch at rest has 4 /min, walking 8, in a workout 12; SDNN 36 % at rest and nothing in a workout. */
    @Test
    void shouldTakeTheSigmaOfTheCore() {
        assertThat(Pair.of("a", Vital.HEART_RATE, "watch", Context.REST, 84, 80).z()).isCloseTo(1, within(1e-9));
        assertThat(Pair.of("a", Vital.HEART_RATE, "watch", Context.VIGOROUS, 116, 140).z()).isCloseTo(-2, within(1e-9));
        assertThat(Pair.of("a", Vital.HRV_SDNN, "watch", Context.REST, 100, 64).z()).isCloseTo(1, within(1e-9));
        assertThat(Pair.of("a", Vital.HRV_SDNN, "watch", Context.VIGOROUS, 100, 64).sigma()).isNaN();
    }

    /** Always 8 below with a sigma of 4: no scatter at all, and far from precise. */
    @Test
    void shouldLetSigmaCoverABias() {
        List<Pair> pairs = IntStream.range(0, 10).mapToObj(i -> Pair.of("p" + i, Vital.HEART_RATE, "watch", Context.REST, 72, 80)).toList();

        Cell cell = Errors.cell("d", Vital.HEART_RATE, Context.REST, Of.READING, pairs);

        assertThat(cell.sdZ()).isZero();
        assertThat(cell.zeroZ().value()).isCloseTo(2, within(1e-9));
        assertThat(cell.verdict()).isEqualTo(Verdict.TOO_SMALL);
        assertThat(cell.bias()).isEqualTo(-8);
        assertThat(cell.isGround()).isTrue();
    }

    @Test
    void shouldShowWhatOnePersonAloneDoes() {
        // Given nine errors of 0 by three people and three of 40 by a fourth
        List<Pair> pairs = IntStream.range(0, 12)
                .mapToObj(i -> Pair.of("p" + i % 4, Vital.HEART_RATE, "watch", Context.REST, i % 4 == 3 ? 120 : 80, 80)).toList();

        Cell cell = Errors.cell("d", Vital.HEART_RATE, Context.REST, Of.READING, pairs);

        assertThat(cell.persons()).isEqualTo(4);
        assertThat(cell.zeroZ().value()).isCloseTo(5, within(1e-9));
        assertThat(cell.leastWithoutOne()).isZero();
        assertThat(cell.mostWithoutOne()).isGreaterThan(5);
        assertThat(cell.isOutside()).isTrue();
        assertThat(cell.isGround()).isFalse();
    }
}
