package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.rules.NightSignal.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** CR 7.2. */
class NightSignalTest {

    private final NightSignal signal = new NightSignal();

    /** Nights 1 to 28 of the vector. */
    private void usualNights() {
        for (int night = 1; night <= 27; night++) {
            signal.night(night, 57 + (night - 1) % 3);
        }
        signal.night(28, 58);
    }

    @ParameterizedTest(name = "night {0} of {1} /min is {2}")
    @CsvSource({"29, 62, GREEN", "30, 61, YELLOW", "31, 62, YELLOW", "32, 63, RED", "33, 64, RED", "34, 60, GREEN", "35, 61, GREEN", "36, 61, YELLOW",
        "37, 58, GREEN", "38, 58, GREEN"})
    void shouldReproduceTheVector(int night, int pulse, Level expected) {
        usualNights();
        int[] course = {62, 61, 62, 63, 64, 60, 61, 61, 58, 58};
        Level level = Level.GREEN;
        for (int i = 29; i <= night; i++) {
            level = signal.night(i, course[i - 29]);
        }
        assertThat(course[night - 29]).isEqualTo(pulse);
        assertThat(level).isEqualTo(expected);
        assertThat(signal.medianPerMinute()).isEqualTo(58);
    }

    @Test
    void shouldFindNothingInTheUsualNights() {
        for (int night = 1; night <= 28; night++) {
            assertThat(signal.night(night, night == 28 ? 58 : 57 + (night - 1) % 3)).isEqualTo(Level.GREEN);
        }
        assertThat(signal.nights()).isEqualTo(28);
        assertThat(signal.newestDay()).isEqualTo(28);
    }

    @ParameterizedTest
    @CsvSource({"60.999, GREEN", "61, YELLOW", "61.999, YELLOW", "62, RED"})
    void shouldCutThePulseToAWholeNumber(double pulse, Level expected) {
        usualNights();
        signal.night(29, pulse);
        assertThat(signal.night(30, pulse)).isEqualTo(expected);
    }

    @Test
    void shouldCutTheMedianAndCountTonight() {
        // Given: 57 and 60 have the median 58.5, cut to 58
        signal.night(1, 57);
        signal.night(2, 60);
        assertThat(signal.medianPerMinute()).isEqualTo(58);
        // When: tonight's 61 makes the median 60
        signal.night(3, 61);
        // Then
        assertThat(signal.medianPerMinute()).isEqualTo(60);
    }

    @ParameterizedTest
    @CsvSource({"1, RED", "2, RED", "3, GREEN", "30, GREEN"})
    void shouldBridgeOneMissingNightAndNotTwo(int step, Level expected) {
        usualNights();
        signal.night(29, 63);
        assertThat(signal.night(29 + step, 63)).isEqualTo(expected);
    }

    @Test
    void shouldKeepTheColoursApart() {
        usualNights();
        assertThat(signal.night(29, 61)).isEqualTo(Level.GREEN);
        assertThat(signal.night(30, 62)).as("one red night after a yellow one").isEqualTo(Level.YELLOW);
        assertThat(signal.night(31, 62)).isEqualTo(Level.RED);
        assertThat(signal.runLength()).isEqualTo(3);
        assertThat(signal.night(32, 61)).as("yellow again").isEqualTo(Level.YELLOW);
        assertThat(signal.night(33, 58)).isEqualTo(Level.GREEN);
        assertThat(signal.runLength()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {28, 27, -5})
    void shouldRefuseANightThatIsNotLater(long day) {
        usualNights();
        assertThatThrownBy(() -> signal.night(day, 58)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 1000, Double.NaN, Double.POSITIVE_INFINITY})
    void shouldRefuseWhatIsNoPulse(double pulse) {
        assertThatThrownBy(() -> signal.night(1, pulse)).isInstanceOf(IllegalArgumentException.class).hasMessageNotContaining("1000");
    }

    @Test
    void shouldTakeItsLimitsFromTheCaller() {
        usualNights();
        NightSignal.Limits strict = new NightSignal.Limits(2, 9, 1);
        assertThat(signal.night(29, 60, strict)).isEqualTo(Level.YELLOW);
    }

    @Test
    void shouldSayTheSameAfterItWasStoredAndAsAPlainReckoning() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            List<Integer> pulses = new ArrayList<>();
            NightSignal live = new NightSignal();
            NightSignal stored = new NightSignal();
            long day = 20_000;
            int yellow = 0;
            int red = 0;
            for (int i = 0; i < 200; i++) {
                int step = random.nextInt(10) == 0 ? 1 + random.nextInt(4) : 1;
                day += step;
                int pulse = 55 + random.nextInt(8) + (random.nextInt(15) == 0 ? 5 : 0);
                pulses.add(pulse);
                int[] sorted = pulses.stream().mapToInt(Integer::intValue).sorted().toArray();
                int median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
                boolean follows = i > 0 && step <= 2;
                yellow = pulse - median >= 3 ? (follows ? yellow : 0) + 1 : 0;
                red = pulse - median >= 4 ? (follows ? red : 0) + 1 : 0;
                Level expected = red >= 2 ? Level.RED : yellow >= 2 ? Level.YELLOW : Level.GREEN;

                stored = restored(stored);
                assertThat(List.of(live.night(day, pulse), stored.night(day, pulse))).as("seed %d, night %d", seed, i).containsOnly(expected);
                assertThat(stored.medianPerMinute()).isEqualTo(median);
            }
        }
    }

    @Test
    void shouldTakeFewBytes() {
        Random random = new Random(7);
        for (int day = 1; day <= 365; day++) {
            signal.night(day, 58 + random.nextGaussian() * 2.5);
        }
        assertThat(encoded(signal).length).isLessThanOrEqualTo(60);
    }

    @Test
    void shouldStoreNothingOfNothing() {
        assertThat(encoded(signal)).hasSize(1);
        assertThat(restored(signal).nights()).isZero();
    }

    private static NightSignal restored(NightSignal signal) {
        ByteBuffer in = ByteBuffer.wrap(encoded(signal));
        NightSignal restored = NightSignal.decode(in);
        assertThat(in.hasRemaining()).isFalse();
        return restored;
    }

    private static byte[] encoded(NightSignal signal) {
        ByteBuffer out = ByteBuffer.allocate(1_000);
        signal.encode(out);
        return Arrays.copyOf(out.array(), out.position());
    }
}
