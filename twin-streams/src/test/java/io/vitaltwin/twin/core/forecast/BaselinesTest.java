package io.vitaltwin.twin.core.forecast;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** CR 7.3: the published ways to forecast, with the vectors given there. */
class BaselinesTest {

    private static double[] values(double... values) {
        return values;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "100|100|100 101 101 102 102 103|0.00637",
        "120|110|103 99 96 95 94 93|0.01091",
        "100|85|76 70 67 65 63 63|0.07715",
        "85|70|61 56 52 51 50 49|0.15235",
        "140|155|167 176 182 186 189 191|0.03938",
        "200|230|254 271 283 291 295 296|0.16488",
    })
    void shouldGiveTheVectorsOfAr2(double previous, double current, String expected, double loss) {
        Ar2 ar2 = new Ar2();
        double[] newest = values(previous, current);
        assertThat(IntStream.rangeClosed(1, 6).mapToLong(step -> Math.round(ar2.after(newest, step))))
                .containsExactly(Arrays.stream(expected.split(" ")).map(Long::valueOf).toArray(Long[]::new));
        assertThat(ar2.loss(newest)).isCloseTo(loss, within(0.000005));
    }

    @ParameterizedTest
    @CsvSource({"400, 60, 36", "100, 399, 400"})
    void shouldStopAr2AtItsEnds(double previous, double current, double end) {
        assertThat(new Ar2().after(values(previous, current), 1)).isEqualTo(end);
    }

    @Test
    void shouldPersist() {
        assertThat(new Persistence().after(values(90, 120), 12)).isEqualTo(120);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 105, 110, 115, 6, 145",
        "100, 105, 110, 115, 12, 175",
        "100, 100, 100, 110, 6, 125",
        "300, 320, 340, 360, 12, 400",
        "100, 90, 80, 70, 12, 40",
    })
    void shouldDrawTheLineOfFourOn(double a, double b, double c, double d, int steps, double expected) {
        assertThat(new LinearOfFour().after(values(1, a, b, c, d), steps)).isCloseTo(expected, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"100, 0.5, 30, 115", "100, -0.5, 60, 70", "100, -3, 30, 40", "390, 1, 30, 400"})
    void shouldDrawTheFilteredSlopeOn(double level, double slope, double minutes, double expected) {
        assertThat(LevelSlope.after(new VitalFilter.Estimate(level, 5, slope, 0.3), minutes)).isEqualTo(expected);
    }
}
