package io.vitaltwin.twin.core.rhythm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

class SymbolEntropyTest {

    /** The definition of CR 3.5, word for word, over the last 127 words. */
    private static double batch(List<Long> milli) {
        Map<Long, Integer> counts = new TreeMap<>();
        for (int i = milli.size() - 127; i < milli.size(); i++) {
            long word = 4096 * symbol(milli.get(i - 2)) + 64 * symbol(milli.get(i - 1)) + symbol(milli.get(i));
            counts.merge(word, 1, Integer::sum);
        }
        double sum = 0;
        for (int count : counts.values()) {
            double p = count / 127.0;
            sum += p * Math.log(p) / Math.log(2);
        }
        return -counts.size() / (127 * Math.log(127) / Math.log(2)) * sum;
    }

    private static long symbol(long milli) {
        return (long) Math.min(63, Math.floor(60_000.0 / (milli / 1_000.0) / 5));
    }

    private static SymbolEntropy restored(SymbolEntropy entropy) {
        ByteBuffer bytes = ByteBuffer.allocate(SymbolEntropy.MAX_BYTES);
        entropy.encode(bytes);
        ByteBuffer in = bytes.flip();
        SymbolEntropy read = SymbolEntropy.decode(in);
        assertThat(in.hasRemaining()).isFalse();
        return read;
    }

    private static int bytes(SymbolEntropy entropy) {
        ByteBuffer out = ByteBuffer.allocate(SymbolEntropy.MAX_BYTES);
        entropy.encode(out);
        return out.position();
    }

    private static SymbolEntropy of(long... millis) {
        SymbolEntropy entropy = new SymbolEntropy();
        for (long each : millis) {
            entropy.add(each * 1_000);
        }
        return entropy;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldEqualTheDefinitionAtEveryBeatWhereverTheStateIsStored(long seed) {
        // Given: a series that changes its character now and then
        Random random = new Random(seed);
        SymbolEntropy live = new SymbolEntropy();
        SymbolEntropy stored = new SymbolEntropy();
        List<Long> milli = new ArrayList<>();
        int spread = 100;
        for (int i = 0; i < 1_500; i++) {
            if (random.nextInt(200) == 0) {
                spread = 1 + random.nextInt(1_200_000);
            }
            long next = 300_000 + random.nextInt(spread) + (long) (100_000 * (1 + Math.sin(i / 3.0)));
            // When
            milli.add(next);
            live.add(next);
            stored.add(next);
            if (random.nextInt(3) == 0) {
                stored = restored(stored);
            }
            // Then
            assertThat(live.isKnown()).isEqualTo(stored.isKnown()).isEqualTo(milli.size() >= 129);
            if (live.isKnown()) {
                assertThat(live.value()).as("beat %d", i).isEqualTo(stored.value()).isCloseTo(batch(milli), within(1e-8));
            }
        }
    }

    @Test
    void shouldForgetWhatIsOlderThanItsWindow() {
        SymbolEntropy entropy = of(BeatSeries.AF1.millis(500));
        for (long millis : BeatSeries.SR.millis(SymbolEntropy.BEATS)) {
            entropy.add(millis * 1_000);
        }
        assertThat(entropy.value()).isEqualTo(of(BeatSeries.SR.millis(SymbolEntropy.BEATS)).value());
    }

    @ParameterizedTest(name = "{0} ms as {1} ms: one word {2}")
    @CsvSource({
        "800, 800, true", "800, 751, true", "800, 750, false", "800, 801, false",        // 75 /min: 15 steps; 750.0 ms are 16, 801 ms are 14
        "190, 150, true", "190, 100, true", "190, 191, false"})                          // 315 /min and more is the last symbol
    void shouldStepByFivePerMinute(long one, long other, boolean alike) {
        long[] beats = new long[SymbolEntropy.BEATS];
        for (int i = 0; i < beats.length; i++) {
            beats[i] = i % 2 == 0 ? one : other;
        }
        assertThat(of(beats).value() < 1e-9).isEqualTo(alike);
    }

    @Test
    void shouldBeOneWhenNoWordComesTwice() {
        // Given: 129 beats whose words all differ
        SymbolEntropy entropy = new SymbolEntropy();
        for (int i = 0; i < SymbolEntropy.BEATS; i++) {
            int symbol = i % 2 == 0 ? 10 + i / 2 % 40 : 7 + i / 40;
            entropy.add(12_000_000 / symbol);
        }
        assertThat(entropy.value()).isCloseTo(1, within(1e-9));
    }

    @Test
    void shouldKnowNothingBeforeEnoughBeats() {
        SymbolEntropy entropy = of(BeatSeries.AF1.millis(128));
        assertThat(entropy.isKnown()).isFalse();
        assertThatIllegalStateException().isThrownBy(entropy::value).withMessage("entropy of 128 beats");
        entropy.add(800_000);
        assertThat(entropy.isKnown()).isTrue();
        entropy.clear();
        assertThat(entropy.isKnown()).isFalse();
        assertThat(entropy.isEmpty()).isTrue();
    }

    @Test
    void shouldBeginAnewAfterClear() {
        SymbolEntropy entropy = of(BeatSeries.AF1.millis(300));
        entropy.clear();
        for (long millis : BeatSeries.AF2.millis(SymbolEntropy.BEATS)) {
            entropy.add(millis * 1_000);
        }
        assertThat(entropy.value()).isEqualTo(of(BeatSeries.AF2.millis(SymbolEntropy.BEATS)).value());
    }

    @ParameterizedTest(name = "{0} takes at most {1} bytes")
    @CsvSource({"AF1, 69", "AF2, 69", "SR, 53", "RSA, 53", "BIGEMINY, 69", "PAC, 69"})
    void shouldBeSmall(BeatSeries series, int most) {
        assertThat(bytes(of(series.millis(400)))).isLessThanOrEqualTo(most);
    }

    @Test
    void shouldTakeOneByteWhenEmptyAndFourWhenAllIsAlike() {
        assertThat(bytes(new SymbolEntropy())).isOne();
        assertThat(bytes(of(new long[] {800, 800, 800}))).isEqualTo(3);
        assertThat(restored(of(new long[] {800, 800, 800})).isEmpty()).isFalse();
    }

    @Test
    void shouldStoreTheWidestRangeOfSymbols() {
        SymbolEntropy entropy = new SymbolEntropy();
        for (int i = 0; i < 200; i++) {
            entropy.add(i % 3 == 0 ? 1 : 60_000_000);
        }
        assertThat(bytes(entropy)).isLessThanOrEqualTo(SymbolEntropy.MAX_BYTES);
        assertThat(restored(entropy).value()).isEqualTo(entropy.value());
    }

    @Test
    void shouldRefuseDamagedState() {
        assertThatIllegalStateException().isThrownBy(() -> SymbolEntropy.decode(ByteBuffer.wrap(new byte[] {(byte) 0xFF, 1, 0, 0})))
                .withMessageStartingWith("state is damaged");
        assertThatIllegalStateException().isThrownBy(() -> SymbolEntropy.decode(ByteBuffer.wrap(new byte[] {5, 0, 7})))
                .withMessageStartingWith("state is damaged");
    }
}
