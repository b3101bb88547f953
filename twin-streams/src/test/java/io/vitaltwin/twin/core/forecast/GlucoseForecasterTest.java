package io.vitaltwin.twin.core.forecast;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class GlucoseForecasterTest {

    private static final long T0 = 1_772_409_600_000L;
    private static final long MINUTE = 60_000;
    private static final long STEP = 5 * MINUTE;
    /** Readings until the first forecast: 24 outcomes of moments that have three older readings. */
    private static final int WARM_UP = 3 + 12 + 24;

    private final GlucoseForecaster forecaster = new GlucoseForecaster();

    /** Glucose that swings about 130 and returns to it, in whole mg/dL. */
    private static List<Integer> person(long seed, int readings) {
        Random random = new Random(seed);
        List<Integer> values = new ArrayList<>();
        double level = 130;
        double slope = 0;
        for (int i = 0; i < readings; i++) {
            slope = 0.9 * slope + random.nextGaussian() * 1.2 - 0.004 * (level - 130);
            level = Math.max(41, Math.min(399, level + slope));
            values.add((int) Math.rint(level));
        }
        return values;
    }

    private static void feed(GlucoseForecaster forecaster, List<Integer> values) {
        for (int i = 0; i < values.size(); i++) {
            forecaster.take("s", T0 + i * STEP, values.get(i) * 1_000L, true);
        }
    }

    private static byte[] bytes(GlucoseForecaster forecaster) {
        ByteBuffer out = ByteBuffer.allocate(256);
        forecaster.encode(out);
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    private static GlucoseForecaster stored(GlucoseForecaster forecaster) {
        return GlucoseForecaster.TYPE.decoder().apply(ByteBuffer.wrap(bytes(forecaster)));
    }

    @Test
    void shouldSayNothingOfTooFewOutcomes() {
        List<Integer> values = person(1, WARM_UP);
        feed(forecaster, values.subList(0, WARM_UP - 1));
        assertThat(forecaster.forecast(T0 + (WARM_UP - 2) * STEP)).isEmpty();
        forecaster.take("s", T0 + (WARM_UP - 1) * STEP, values.getLast() * 1_000L, true);
        Forecast forecast = forecaster.forecast(T0 + (WARM_UP - 1) * STEP).orElseThrow();
        assertThat(forecast.mgPerDl()).isEqualTo(values.getLast());
        assertThat(forecast.points()).extracting(Forecast.Point::millis)
                .containsExactly(forecast.originMillis() + 30 * MINUTE, forecast.originMillis() + 60 * MINUTE);
        assertThat(forecast.points()).allSatisfy(point -> assertThat(point.value()).isBetween(point.low(), point.high()));
    }

    @ParameterizedTest
    @CsvSource({"600000, true", "600001, false"})
    void shouldSayNothingFromAnOldReading(long age, boolean expected) {
        feed(forecaster, person(1, 100));
        assertThat(forecaster.forecast(T0 + 99 * STEP + age).isPresent()).isEqualTo(expected);
    }

    @Test
    void shouldSayNothingUntilFourReadingsFollowAGap() {
        feed(forecaster, person(1, 100));
        long after = T0 + 99 * STEP + 20 * MINUTE;
        for (int i = 0; i < 4; i++) {
            forecaster.take("s", after + i * STEP, 120_000, true);
            assertThat(forecaster.forecast(after + i * STEP).isPresent()).isEqualTo(i == 3);
        }
    }

    @Test
    void shouldSayNothingFromABound() {
        feed(forecaster, person(1, 100));
        forecaster.take("s", T0 + 100 * STEP, 40_000, false);
        assertThat(forecaster.forecast(T0 + 100 * STEP)).isEmpty();
        forecaster.take("s", T0 + 101 * STEP, 60_000, true);
        assertThat(forecaster.forecast(T0 + 101 * STEP)).isPresent();
    }

    @Test
    void shouldNotLearnFromABound() {
        // Given: two people alike, until one's sensor shows LO at every third reading
        GlucoseForecaster bounded = new GlucoseForecaster();
        feed(forecaster, person(1, 100));
        feed(bounded, person(1, 100));
        byte[] before = bytes(bounded);
        // When: only bounds for an hour and a half
        for (int i = 100; i < 118; i++) {
            bounded.take("s", T0 + i * STEP, 40_000, false);
        }
        // Then: the moments before are learned as far as their outcomes were measured, the bounds never
        byte[] settled = bytes(bounded);
        for (int i = 118; i < 140; i++) {
            bounded.take("s", T0 + i * STEP, 40_000, false);
        }
        int learned = settled.length - ChangeLearner.BYTES - ErrorBands.BYTES;
        byte[] later = bytes(bounded);
        int laterLearned = later.length - ChangeLearner.BYTES - ErrorBands.BYTES;
        assertThat(java.util.Arrays.copyOfRange(later, laterLearned, later.length))
                .isEqualTo(java.util.Arrays.copyOfRange(settled, learned, settled.length));
        assertThat(later).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldIgnoreWhatIsNotNewer(long seed) {
        List<Integer> values = person(seed, 400);
        GlucoseForecaster disturbed = new GlucoseForecaster();
        Random random = new Random(seed);
        for (int i = 0; i < values.size(); i++) {
            forecaster.take("s", T0 + i * STEP, values.get(i) * 1_000L, true);
            disturbed.take("s", T0 + i * STEP, values.get(i) * 1_000L, true);
            disturbed.take("s", T0 + i * STEP, 333_000, true);
            disturbed.take("s", T0 + (i - random.nextInt(20)) * STEP, 222_000, true);
        }
        assertThat(bytes(disturbed)).as("seed %d", seed).isEqualTo(bytes(forecaster));
    }

    @Test
    void shouldFollowOneSensorUntilItIsQuiet() {
        feed(forecaster, person(1, 100));
        byte[] before = bytes(forecaster);
        long last = T0 + 99 * STEP;
        forecaster.take("other", last + 15 * MINUTE, 200_000, true);
        assertThat(bytes(forecaster)).isEqualTo(before);
        assertThat(forecaster.follows("s")).isTrue();
        forecaster.take("other", last + 15 * MINUTE + 1, 200_000, true);
        assertThat(forecaster.follows("other")).isTrue();
        assertThat(forecaster.follows("s")).isFalse();
        // What was learned stays, the history of the other sensor does not.
        assertThat(forecaster.forecast(last + 15 * MINUTE + 1)).isEmpty();
        for (int i = 1; i < 4; i++) {
            forecaster.take("other", last + 15 * MINUTE + i * STEP, 200_000, true);
        }
        assertThat(forecaster.forecast(last + 15 * MINUTE + 3 * STEP)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldDecideTheSameAfterItWasStored(long seed) {
        List<Integer> values = person(seed, 1_500);
        Random random = new Random(seed);
        GlucoseForecaster restored = new GlucoseForecaster();
        long at = T0;
        for (int value : values) {
            at += random.nextInt(40) == 0 ? 7 * STEP : STEP + random.nextInt(20_000) - 10_000;
            boolean measured = random.nextInt(50) > 0;
            forecaster.take("s", at, value * 1_000L, measured);
            restored.take("s", at, value * 1_000L, measured);
            restored = stored(restored);
            assertThat(restored.forecast(at)).as("seed %d", seed).isEqualTo(forecaster.forecast(at));
            assertThat(bytes(restored).length).as("seed %d", seed).isLessThanOrEqualTo(110);
        }
        assertThat(bytes(restored)).isEqualTo(bytes(forecaster));
    }

    @Test
    void shouldStoreNothingOfNothing() {
        assertThat(forecaster.isEmpty()).isTrue();
        forecaster.take("s", T0, 100_000, true);
        assertThat(forecaster.isEmpty()).isFalse();
        assertThat(bytes(forecaster).length).isLessThan(20);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void shouldBeatPersistenceAndCoverNineOfTen(long seed) {
        List<Integer> values = person(seed, 10_000);
        double[] ours = new double[2];
        double[] still = new double[2];
        int[] covered = new int[2];
        int n = 0;
        List<Forecast> forecasts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            long now = T0 + i * STEP;
            forecaster.take("s", now, values.get(i) * 1_000L, true);
            forecaster.forecast(now).ifPresent(forecasts::add);
        }
        for (Forecast forecast : forecasts) {
            int at = (int) ((forecast.originMillis() - T0) / STEP);
            if (at + 12 < values.size()) {
                n++;
                for (int h = 0; h < 2; h++) {
                    double outcome = values.get(at + 6 * (h + 1));
                    Forecast.Point point = forecast.points().get(h);
                    ours[h] += (outcome - point.value()) * (outcome - point.value());
                    still[h] += (outcome - forecast.mgPerDl()) * (outcome - forecast.mgPerDl());
                    covered[h] += point.low() <= outcome && outcome <= point.high() ? 1 : 0;
                }
            }
        }
        for (int h = 0; h < 2; h++) {
            assertThat(Math.sqrt(ours[h] / still[h])).as("seed %d, horizon %d", seed, h).isLessThan(0.87);
            assertThat((double) covered[h] / n).as("seed %d, horizon %d", seed, h).isBetween(0.85, 0.95);
        }
    }

    /** Every third reading only: what lies between is joined by lines, learned from as history and never as an outcome. */
    @Test
    void shouldForecastForAQuarterHourSensor() {
        List<Integer> values = person(21, 6_000);
        for (int i = 0; i < values.size(); i += 3) {
            forecaster.take("s", T0 + i * STEP, values.get(i) * 1_000L, true);
        }
        Forecast forecast = forecaster.forecast(T0 + 5_997 * STEP).orElseThrow();
        assertThat(forecast.mgPerDl()).isEqualTo(values.get(5_997));
        assertThat(forecast.points()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"0, 100", "15, 95", "30, 90", "45, 100", "60, 110"})
    void shouldDrawStraightLinesBetweenItsPoints(long minutes, double expected) {
        Forecast forecast = new Forecast(T0, 100, List.of(new Forecast.Point(T0 + 30 * MINUTE, 90, 70, 110),
                new Forecast.Point(T0 + 60 * MINUTE, 110, 70, 150)));
        assertThat(forecast.after(minutes * MINUTE)).isCloseTo(expected, within(1e-9));
        assertThatThrownBy(() -> forecast.after(60 * MINUTE + 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
