package io.vitaltwin.testbench.bench.forecast;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Figures of the forecasts, and the goals that they are held to. */
class ScoresTest {

    /** Outcomes 100; each method is off by so much, ours by its own; the interval is 10 wide either side. */
    private static Moment moment(double level, double others, double ours) {
        double[][] forecasts = new double[Method.values().length][2];
        for (Method method : Method.values()) {
            double off = method == Method.OURS ? ours : others;
            forecasts[method.ordinal()][0] = 100 + off;
            forecasts[method.ordinal()][1] = 100 + 2 * off;
        }
        double[][] intervals = {{90 + ours, 110 + ours}, {90 + 2 * ours, 110 + 2 * ours}};
        return new Moment(level, new double[] {100, 100}, forecasts, intervals);
    }

    @Test
    void shouldGiveErrorBiasAndCoverage() {
        // Given: ours off by 3 and -4, and by twice that at 60 min; one of four is out of the interval at 60 min
        List<Moment> moments = List.of(moment(69, 5, 3), moment(70, 5, -4), moment(180, 5, 3), moment(181, 5, -6));
        // When
        Scores scores = Scores.of("x", moments);
        // Then
        assertThat(scores.forecasts()).isEqualTo(4);
        assertThat(scores.rmse(Method.OURS, 30)).isCloseTo(Math.sqrt((9 + 16 + 9 + 36) / 4.0), within(1e-12));
        assertThat(scores.rmse(Method.PERSISTENCE, 60)).isCloseTo(10, within(1e-12));
        Scores.Error ours = scores.errors().stream().filter(e -> e.method().equals("ours") && e.minutes() == 30).findFirst().orElseThrow();
        assertThat(ours.mae()).isCloseTo(4, within(1e-12));
        assertThat(ours.bias()).isCloseTo(-1, within(1e-12));
        assertThat(scores.gain(Method.PERSISTENCE, 60)).isCloseTo(1 - Math.sqrt(70) / 10, within(1e-12));
        assertThat(scores.coverage("all")).extracting(Scores.Coverage::covered).containsExactly(1.0, 0.75);
        assertThat(scores.coverage("< 70")).extracting(Scores.Coverage::forecasts).containsExactly(1, 1);
        assertThat(scores.coverage("70-180")).extracting(Scores.Coverage::forecasts).containsExactly(2, 2);
        assertThat(scores.coverage("> 180")).extracting(Scores.Coverage::covered).containsExactly(1.0, 0.0);
        assertThat(scores.coverage("> 180")).extracting(Scores.Coverage::meanWidth).containsExactly(20.0, 20.0);
    }

    /** So many moments with this gain over the others, nine of ten covered. */
    private static List<Moment> moments(int count, double level, double gain, int missedOfHundred) {
        List<Moment> moments = new ArrayList<>();
        double others = 10;
        for (int i = 0; i < count; i++) {
            Moment good = moment(level, others, others * (1 - gain));
            boolean missed = i % 100 < missedOfHundred;
            double[][] wide = {{missed ? 101 : 0, 400}, {missed ? 101 : 0, 400}};
            moments.add(new Moment(level, good.outcomes(), good.forecasts(), wide));
        }
        return moments;
    }

    @ParameterizedTest
    @CsvSource({"0.161, 10, 0", "0.159, 10, 1", "0.129, 10, 2", "-0.01, 10, 4", "0.2, 16, 4", "0.2, 15, 0", "0.2, 5, 0", "0.2, 4, 4"})
    void shouldNameEachGoalThatIsNotMet(double gain, int missedOfHundred, int broken) {
        List<Moment> moments = moments(1_000, 100, gain, missedOfHundred);
        assertThat(Goals.broken(Scores.of("all sets", moments), List.of(Scores.of("a", moments)))).hasSize(broken);
    }

    @ParameterizedTest
    @CsvSource({"499, 0", "500, 2"})
    void shouldNotJudgeABandOfAFewForecasts(int lows, int broken) {
        List<Moment> moments = new ArrayList<>(moments(20_000, 100, 0.2, 10));
        moments.addAll(moments(lows, 60, 0.2, 0));
        Scores pooled = Scores.of("all sets", moments);
        assertThat(Goals.broken(pooled, List.of(Scores.of("a", moments)))).hasSize(broken).allSatisfy(text -> assertThat(text).contains("all sets (< 70 mg/dL)"));
    }
}
