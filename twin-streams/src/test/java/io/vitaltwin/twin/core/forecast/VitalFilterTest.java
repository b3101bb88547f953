package io.vitaltwin.twin.core.forecast;

import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** CR 7.3, Kalman level+slope. */
class VitalFilterTest {

    private static final long MINUTE = 60_000;

    private static VitalFilter fed(Vital vital, long minutes, double sigma, double... values) {
        VitalFilter filter = new VitalFilter(vital);
        for (double value : values) {
            filter.take(minutes * MINUTE, value, sigma);
        }
        return filter;
    }

    private static VitalFilter.Estimate now(VitalFilter filter) {
        return filter.estimate(0).orElseThrow();
    }

    private static VitalFilter stored(VitalFilter filter, Vital vital) {
        ByteBuffer out = ByteBuffer.allocate(16);
        filter.encode(out);
        assertThat(out.position()).isBetween(5, 8);
        VitalFilter back = VitalFilter.decode(out.flip(), vital);
        assertThat(out.hasRemaining()).isFalse();
        return back;
    }

    @Test
    void shouldKnowNothingBeforeTheFirstReading() {
        assertThat(new VitalFilter(Vital.HEART_RATE).isEmpty()).isTrue();
        assertThat(new VitalFilter(Vital.HEART_RATE).estimate(0)).isEmpty();
    }

    @Test
    void shouldBeginAtTheFirstReadingWithItsUncertainty() {
        VitalFilter.Estimate first = now(fed(Vital.HEART_RATE, 1, 4, 72));
        assertThat(first.level()).isCloseTo(72, within(0.3));
        assertThat(first.levelSigma()).isCloseTo(4, within(0.2));
        assertThat(first.slope()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"HEART_RATE, 1, 4, 72", "SPO2, 1, 3, 96", "GLUCOSE_INTERSTITIAL, 5, 14, 120", "BODY_TEMPERATURE, 5, 0.35, 36.8",
        "BODY_WEIGHT, 1440, 0.1, 82.1", "BP_SYSTOLIC, 720, 8, 131"})
    void shouldSettleOnAConstant(Vital vital, long minutes, double sigma, double value) {
        double[] values = new double[200];
        java.util.Arrays.fill(values, value);
        VitalFilter.Estimate settled = now(fed(vital, minutes, sigma, values));
        assertThat(settled.level()).isCloseTo(value, within(sigma / 8));
        assertThat(settled.levelSigma()).isLessThanOrEqualTo(sigma * 1.05);
        assertThat(Math.abs(settled.slope())).isLessThanOrEqualTo(settled.slopeSigma() / 8);
    }

    @Test
    void shouldFollowAStepWithinSixReadings() {
        VitalFilter filter = fed(Vital.BODY_TEMPERATURE, 5, 0.2, 36.8, 36.8, 36.8, 36.8, 36.8, 36.8);
        double before = now(filter).level();
        filter.take(5 * MINUTE, 38.8, 0.2);
        assertThat(now(filter).level()).isGreaterThan(before + 0.2).isLessThan(38.8);
        assertThat(now(filter).slope()).isPositive();
        for (int i = 0; i < 40; i++) {
            filter.take(5 * MINUTE, 38.8, 0.2);
        }
        assertThat(now(filter).level()).isCloseTo(38.8, within(0.1));
    }

    @Test
    void shouldFindTheSlopeOfARamp() {
        VitalFilter filter = new VitalFilter(Vital.GLUCOSE_INTERSTITIAL);
        for (int i = 0; i < 60; i++) {
            filter.take(5 * MINUTE, 100 + 5.0 * i, 10);
        }
        assertThat(now(filter).slope()).isCloseTo(1, within(0.1));
        assertThat(filter.estimate(30 * MINUTE).orElseThrow().level()).isCloseTo(now(filter).level() + 30 * now(filter).slope(), within(1e-9));
    }

    @Test
    void shouldGrowLessCertainWhileNobodyMeasures() {
        VitalFilter filter = fed(Vital.GLUCOSE_INTERSTITIAL, 5, 12, 120, 122, 121, 119, 120);
        double sigma = 0;
        for (long minutes = 0; minutes <= 240; minutes += 15) {
            VitalFilter.Estimate then = filter.estimate(minutes * MINUTE).orElseThrow();
            assertThat(then.levelSigma()).isGreaterThan(sigma);
            sigma = then.levelSigma();
        }
        // A reading after a long gap counts nearly alone.
        filter.take(240 * MINUTE, 250, 12);
        assertThat(now(filter).level()).isCloseTo(250, within(12.0));
    }

    @Test
    void shouldTrustAnUncertainReadingLess() {
        VitalFilter sure = fed(Vital.HEART_RATE, 1, 2, 70, 70, 70, 70);
        VitalFilter unsure = fed(Vital.HEART_RATE, 1, 2, 70, 70, 70, 70);
        sure.take(MINUTE, 90, 2);
        unsure.take(MINUTE, 90, 20);
        assertThat(now(sure).level()).isGreaterThan(now(unsure).level() + 3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -0.001, 0, Double.POSITIVE_INFINITY})
    void shouldLetTimePassWhereTheReadingHasNoUncertainty(double sigma) {
        VitalFilter filter = fed(Vital.BODY_WEIGHT, 1_440, 0.1, 80, 80, 80);
        double before = now(filter).levelSigma();
        filter.take(1_440 * MINUTE, 95, sigma);
        assertThat(now(filter).level()).isCloseTo(80, within(0.2));
        assertThat(now(filter).levelSigma()).isGreaterThan(before);
        VitalFilter fresh = new VitalFilter(Vital.BODY_WEIGHT);
        fresh.take(0, 95, sigma);
        assertThat(fresh.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(value = Vital.class, names = {"ECG_RHYTHM", "CONSCIOUSNESS"})
    void shouldHaveNoLevelOfACode(Vital vital) {
        assertThat(fed(vital, 1, 1, 65).isEmpty()).isTrue();
        assertThat(Motion.of(vital)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Vital.class, mode = EnumSource.Mode.EXCLUDE, names = {"ECG_RHYTHM", "CONSCIOUSNESS"})
    void shouldKnowHowEveryOtherVitalMoves(Vital vital) {
        Motion motion = Motion.of(vital).orElseThrow();
        assertThat(motion.levelPerMinute()).isPositive();
        assertThat(motion.slopePerMinute()).isPositive().isLessThan(motion.levelPerMinute());
    }

    /** The plain filter in doubles, by the book: what is stored may cost a fraction of sigma and no more. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldStayNearTheExactFilterAndDecideTheSameAfterItWasStored(long seed) {
        Random random = new Random(seed);
        VitalFilter kept = new VitalFilter(Vital.GLUCOSE_INTERSTITIAL);
        VitalFilter stored = new VitalFilter(Vital.GLUCOSE_INTERSTITIAL);
        double value = 140;
        double level = 0;
        double slope = 0;
        double p = 0;
        double q = 0;
        double r = 0;
        for (int i = 0; i < 2_000; i++) {
            int minutes = random.nextInt(20) == 0 ? 60 : 5;
            value = Math.max(50, Math.min(350, value + random.nextGaussian() * 5));
            double sigma = Math.max(10, 0.12 * value);
            double reading = Math.rint(value + random.nextGaussian() * 4);
            kept.take(minutes * MINUTE, reading, sigma);
            stored.take(minutes * MINUTE, reading, sigma);
            stored = stored(stored, Vital.GLUCOSE_INTERSTITIAL);
            assertThat(stored).as("seed %d, reading %d", seed, i).usingRecursiveComparison().isEqualTo(kept);
            if (i == 0) {
                level = reading;
                p = sigma * sigma;
                r = 60 * 0.008;
                continue;
            }
            level += minutes * slope;
            p += 2 * minutes * q + minutes * minutes * r + minutes * 0.8;
            q += minutes * r;
            r += minutes * 0.008;
            double total = p + sigma * sigma;
            double error = reading - level;
            level += p / total * error;
            slope += q / total * error;
            r -= q * q / total;
            q = q * sigma * sigma / total;
            p = p * sigma * sigma / total;
            assertThat(now(kept).level()).as("seed %d, reading %d", seed, i).isCloseTo(level, within(sigma / 3));
            assertThat(now(kept).slope()).as("seed %d, reading %d", seed, i).isCloseTo(slope, within(Math.sqrt(r)));
        }
    }
}
