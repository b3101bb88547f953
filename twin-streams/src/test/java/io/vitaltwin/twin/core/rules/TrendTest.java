package io.vitaltwin.twin.core.rules;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static io.vitaltwin.twin.core.rules.RuleBench.T0;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 3.0 (CGM_URGENT_LOW_SOON): least squares over the last four readings. */
class TrendTest {

    private static final long FIVE = 300_000;
    private static final long GAP = 2 * FIVE;
    private static final long HORIZON = 1_200_000;

    private static List<Trend.Reading> every(long apart, long... milli) {
        List<Trend.Reading> readings = new ArrayList<>();
        for (long value : milli) {
            readings.add(new Trend.Reading(T0 + readings.size() * apart, value));
        }
        return readings;
    }

    @Test
    void shouldNeedFourReadings() {
        assertThat(Trend.ofLastFour(every(FIVE, 1, 2, 3), GAP)).isEmpty();
        assertThat(Trend.ofLastFour(every(FIVE, 1, 2, 3, 4), GAP)).isPresent();
    }

    @Test
    void shouldAllowAGapOfTwoIntervalsAndNoMore() {
        assertThat(Trend.ofLastFour(every(GAP, 1, 2, 3, 4), GAP)).isPresent();
        assertThat(Trend.ofLastFour(every(GAP + 1, 1, 2, 3, 4), GAP)).isEmpty();
    }

    @Test
    void shouldIgnoreWhatIsOlderThanTheLastFour() {
        Trend trend = Trend.ofLastFour(every(FIVE, 400_000, 100_000, 100_000, 100_000, 100_000), GAP).orElseThrow();
        assertThat(trend.isAtMost(-1)).isFalse();
        assertThat(trend.isAtMost(0)).isTrue();
    }

    @Test
    void shouldHaveNoSlopeAtASingleTime() {
        assertThat(Trend.ofLastFour(every(0, 1, 2, 3, 4), GAP)).isEmpty();
    }

    @Test
    void shouldCompareTheSlopeExactly() {
        Trend one = Trend.ofLastFour(every(FIVE, 90_000, 85_000, 80_000, 75_000), GAP).orElseThrow();
        assertThat(one.isAtMost(-1_000)).isTrue();
        assertThat(one.isAtMost(-1_001)).isFalse();
        Trend slower = Trend.ofLastFour(every(FIVE, 90_000, 85_000, 80_000, 75_001), GAP).orElseThrow();
        assertThat(slower.isAtMost(-1_000)).isFalse();
    }

    @Test
    void shouldCompareThePredictionExactly() {
        Trend three = Trend.ofLastFour(every(FIVE, 160_000, 145_000, 130_000, 115_000), GAP).orElseThrow();
        assertThat(three.reachesAtMost(115_000, HORIZON, 55_000)).isTrue();
        assertThat(three.reachesAtMost(115_001, HORIZON, 55_000)).isFalse();
        assertThat(three.reachesAtMost(115_000, HORIZON, 54_999)).isFalse();
    }

    @Test
    void shouldAgreeWithAPlainLeastSquaresFit() {
        long seed = 17;
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<Trend.Reading> readings = new ArrayList<>();
            long time = T0;
            for (int i = 0; i < 4; i++) {
                readings.add(new Trend.Reading(time, 40_000 + random.nextInt(300_000)));
                time += 1 + random.nextInt((int) GAP);
            }
            double slope = slopePerMinute(readings);
            Trend trend = Trend.ofLastFour(readings, GAP).orElseThrow();
            assertThat(trend.isAtMost((long) Math.ceil(slope) + 1)).as("seed %d round %d", seed, round).isTrue();
            assertThat(trend.isAtMost((long) Math.floor(slope) - 1)).as("seed %d round %d", seed, round).isFalse();
        }
    }

    private static double slopePerMinute(List<Trend.Reading> readings) {
        double meanT = readings.stream().mapToDouble(r -> (r.effectiveMillis() - T0) / 60_000.0).average().orElseThrow();
        double meanG = readings.stream().mapToDouble(Trend.Reading::canonicalMilli).average().orElseThrow();
        double tg = 0;
        double tt = 0;
        for (Trend.Reading reading : readings) {
            double t = (reading.effectiveMillis() - T0) / 60_000.0 - meanT;
            tg += t * (reading.canonicalMilli() - meanG);
            tt += t * t;
        }
        return tg / tt;
    }
}
