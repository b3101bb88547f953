package io.vitaltwin.twin.core.state;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class RecentBitsTest {

    private static final long T0 = 1_772_409_600_000L;
    private static final long MINUTE = 60_000;

    private static RecentBits restored(RecentBits bits, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(64);
        bits.encode(bytes, T0 + 5);
        assertThat(bytes.position()).isLessThanOrEqualTo(length);
        return RecentBits.decode(bytes.flip(), T0 + 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 24, 63, 64, 65, 100, 127, 128})
    void shouldCountWithinTheWindow(int window) {
        long seed = window;
        Random random = new Random(seed);
        RecentBits bits = new RecentBits();
        Deque<Boolean> plain = new ArrayDeque<>();
        for (int i = 0; i < 500; i++) {
            boolean yes = random.nextInt(3) > 0;
            bits.add(yes, T0 + i * MINUTE, MINUTE, window);
            plain.addLast(yes);
            if (plain.size() > window) {
                plain.removeFirst();
            }
            assertThat(bits.count()).as("seed %d reading %d", seed, i).isEqualTo((int) plain.stream().filter(b -> b).count());
            bits = restored(bits, 32);
        }
    }

    @Test
    void shouldCountNoMoreThanItHolds() {
        RecentBits bits = new RecentBits();
        for (int i = 0; i < 300; i++) {
            bits.add(true, T0 + i * MINUTE, MINUTE, 1_000);
        }
        assertThat(bits.count()).isEqualTo(128);
    }

    @Test
    void shouldCountWhatNeverCameAsNo() {
        RecentBits bits = new RecentBits();
        bits.add(true, T0, MINUTE, 4);
        bits.add(true, T0 + 3 * MINUTE, MINUTE, 4);
        assertThat(bits.count()).isEqualTo(2);
        bits.add(true, T0 + 4 * MINUTE, MINUTE, 4);
        assertThat(bits.count()).isEqualTo(2);
        bits.add(true, T0 + 400 * MINUTE, MINUTE, 4);
        assertThat(bits.count()).isOne();
    }

    @Test
    void shouldForgiveHalfAnIntervalOfJitter() {
        RecentBits bits = new RecentBits();
        bits.add(true, T0, MINUTE, 3);
        bits.add(true, T0 + 89_000, MINUTE, 3);
        bits.add(true, T0 + 120_000, MINUTE, 3);
        assertThat(bits.count()).isEqualTo(3);
    }

    @Test
    void shouldTakeOneByteWhileEveryAnswerIsNo() {
        RecentBits bits = new RecentBits();
        bits.add(true, T0, MINUTE, 2);
        bits.add(false, T0 + MINUTE, MINUTE, 2);
        assertThat(bits.count()).isOne();
        bits.add(false, T0 + 2 * MINUTE, MINUTE, 2);
        assertThat(restored(bits, 1).count()).isZero();
    }
}
