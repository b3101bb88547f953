package io.vitaltwin.twin.core.state;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MedianSketchTest {

    private enum Order { AS_DRAWN, RISING, FALLING }

    private static MedianSketch of(long... values) {
        MedianSketch sketch = new MedianSketch();
        Arrays.stream(values).forEach(sketch::add);
        return sketch;
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static MedianSketch restored(MedianSketch sketch) {
        ByteBuffer bytes = ByteBuffer.allocate(1024);
        sketch.encode(bytes);
        MedianSketch copy = MedianSketch.decode(bytes.flip());
        assertThat(bytes.remaining()).isZero();
        return copy;
    }

    @Test
    void shouldTakeTheMiddleOrTheMeanOfTheTwoMiddleValues() {
        assertThat(of(86_000).medianMilli()).isEqualTo(86_000);
        assertThat(of(86_000, 90_000, 87_000).medianMilli()).isEqualTo(87_000);
        assertThat(of(86_000, 87_000).medianMilli()).isEqualTo(86_500);
        assertThat(of(-3, 5, -3, -3).medianMilli()).isEqualTo(-3);
    }

    @Test
    void shouldHaveNoMedianOfNothing() {
        assertThatThrownBy(() -> new MedianSketch().medianMilli()).isInstanceOf(IllegalStateException.class).hasMessage("median of an empty run");
    }

    @Test
    void shouldBeExactForSixteenDifferentValuesInAnyOrder() {
        long seed = 5;
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            long[] values = random.longs(1 + random.nextInt(400), 80, 80 + MedianSketch.MAX_BINS).map(v -> v * 1000).toArray();
            assertThat(of(values).medianMilli()).as("seed %d round %d", seed, round).isEqualTo(median(values));
            assertThat(restored(of(values)).medianMilli()).isEqualTo(median(values));
        }
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void shouldBeOffByLessThanASixteenthOfTheRangeBeyondThat(Order order) {
        long seed = 6;
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            long[] values = random.longs(17 + random.nextInt(300), 30_000, 30_001 + random.nextInt(100_000)).toArray();
            if (order != Order.AS_DRAWN) {
                Arrays.sort(values);
            }
            if (order == Order.FALLING) {
                for (int i = 0; i < values.length / 2; i++) {
                    long swapped = values[i];
                    values[i] = values[values.length - 1 - i];
                    values[values.length - 1 - i] = swapped;
                }
            }
            long range = Arrays.stream(values).max().orElseThrow() - Arrays.stream(values).min().orElseThrow();
            assertThat(Math.abs(of(values).medianMilli() - median(values))).as("seed %d round %d of %d", seed, round, values.length)
                    .isLessThanOrEqualTo(range / MedianSketch.MAX_BINS + 1);
        }
    }

    @Test
    void shouldStayWithinItsBinsAndTheValuesThatCame() {
        MedianSketch sketch = new MedianSketch();
        for (int i = 0; i < 10_000; i++) {
            sketch.add(40_000 + i * 7919L % 50_000);
            assertThat(sketch.medianMilli()).isBetween(40_000L, 90_000L);
        }
        assertThat(restored(sketch).medianMilli()).isEqualTo(sketch.medianMilli());
    }

    @Test
    void shouldRefuseMoreBinsThanItHas() {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {17, 0, 0});
        assertThatThrownBy(() -> MedianSketch.decode(bytes)).isInstanceOf(IllegalStateException.class).hasMessageContaining("17 bins");
    }
}
