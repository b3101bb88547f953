package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Value.Kind;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;

import static io.vitaltwin.twin.core.quality.Stream.MINUTE;
import static io.vitaltwin.twin.core.quality.Stream.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class QualityMemoryTest {

    static byte[] stored(QualityMemory memory) {
        ByteBuffer out = ByteBuffer.allocate(QualityMemory.MAX_BYTES);
        memory.encode(out);
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    private static QualityMemory restored(QualityMemory memory) {
        ByteBuffer in = ByteBuffer.wrap(stored(memory));
        QualityMemory copy = QualityMemory.decode(in);
        assertThat(in.remaining()).as("bytes left over").isZero();
        return copy;
    }

    private static Stream settledPulse(long seed, int jitterMillis) {
        Stream pulse = Stream.of(Vital.HEART_RATE, "watch", Grade.CONSUMER, Duration.ofMinutes(1));
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            long jitter = jitterMillis == 0 ? 0 : random.nextInt(jitterMillis);
            pulse.at(i * MINUTE + jitter, 70 + random.nextInt(6));
        }
        return pulse;
    }

    @Test
    void shouldBeEmptyAtFirst() {
        QualityMemory memory = new QualityMemory();
        assertThat(memory.recentCount()).isZero();
        assertThat(memory.newestMillis()).isEqualTo(QualityMemory.NEVER);
        assertThat(memory.indexBefore(T0)).isEqualTo(-1);
        assertThat(stored(memory)).hasSize(2);
        assertThat(restored(memory).newestMillis()).isEqualTo(QualityMemory.NEVER);
    }

    @Test
    void shouldKeepTheSevenNewestByEffectiveTime() {
        // Given
        QualityMemory memory = new QualityMemory();
        // When
        for (int minute : new int[] {3, 1, 2, 9, 8, 4, 7, 5, 6}) {
            memory.accept(T0 + minute * MINUTE, minute * 1_000, Kind.MEASURED);
        }
        // Then
        assertThat(memory.recentCount()).isEqualTo(QualityMemory.RECENT);
        for (int i = 0; i < QualityMemory.RECENT; i++) {
            assertThat(memory.recentMillis(i)).isEqualTo(T0 + (i + 3) * MINUTE);
            assertThat(memory.recentMilli(i)).isEqualTo((i + 3) * 1_000);
        }
        assertThatThrownBy(() -> memory.recentMilli(7)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> memory.recentMillis(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shouldFindTheValueBeforeAMoment() {
        QualityMemory memory = new QualityMemory();
        memory.accept(T0, 1_000, Kind.MEASURED);
        memory.accept(T0 + 10, 2_000, Kind.MEASURED);
        assertThat(memory.indexBefore(T0)).isEqualTo(-1);
        assertThat(memory.indexBefore(T0 + 1)).isZero();
        assertThat(memory.indexBefore(T0 + 10)).isZero();
        assertThat(memory.indexBefore(T0 + 11)).isEqualTo(1);
    }

    @Test
    void shouldDropWhatTurnedOutToBeNoneAndStillKnowItAgain() {
        // Given
        QualityMemory memory = new QualityMemory();
        for (int i = 0; i < 5; i++) {
            memory.accept(T0 + i * MINUTE, 70_000 + i, Kind.MEASURED);
        }
        // When
        memory.dropAccepted(T0 + MINUTE, T0 + 2 * MINUTE);
        memory.dropAccepted(T0 + 4 * MINUTE, T0 + 4 * MINUTE);
        // Then
        QualityMemory copy = restored(memory);
        assertThat(copy.recentCount()).isEqualTo(2);
        assertThat(copy.recentMillis(0)).isEqualTo(T0);
        assertThat(copy.recentMillis(1)).isEqualTo(T0 + 3 * MINUTE);
        assertThat(copy.recentMilli(1)).isEqualTo(70_003);
        assertThat(copy.hasSeen(T0 + MINUTE, 70_001, Kind.MEASURED)).isTrue();
        assertThat(copy.hasSeen(T0 + 4 * MINUTE, 70_004, Kind.MEASURED)).isTrue();
    }

    @Test
    void shouldKnowTwelveReadingsAgain() {
        // Given
        QualityMemory memory = new QualityMemory();
        for (int i = 0; i < 13; i++) {
            memory.accept(T0 + i * MINUTE, 70_000 + i * 1_000, Kind.MEASURED);
        }
        // When
        QualityMemory copy = restored(memory);
        // Then
        assertThat(copy.hasSeen(T0, 70_000, Kind.MEASURED)).as("the thirteenth from the end").isFalse();
        for (int i = 1; i < 13; i++) {
            assertThat(copy.hasSeen(T0 + i * MINUTE, 70_000 + i * 1_000, Kind.MEASURED)).as("reading %d", i).isTrue();
            assertThat(copy.hasSeen(T0 + i * MINUTE + 1, 70_000 + i * 1_000, Kind.MEASURED)).isFalse();
        }
        assertThat(copy.hasSeen(T0 + 12 * MINUTE, 82_001, Kind.MEASURED)).isFalse();
        assertThat(copy.hasSeen(T0 + 12 * MINUTE, 82_000, Kind.AT_MOST)).isFalse();
    }

    @Test
    void shouldKeepBounds() {
        QualityMemory memory = new QualityMemory();
        memory.accept(T0, 40_000, Kind.AT_MOST);
        memory.accept(T0 + 1, 41_000, Kind.MEASURED);
        memory.accept(T0 + 2, 400_000, Kind.AT_LEAST);
        QualityMemory copy = restored(memory);
        assertThat(copy.isBound(0)).isTrue();
        assertThat(copy.isBound(1)).isFalse();
        assertThat(copy.isBound(2)).isTrue();
        assertThat(copy.hasSeen(T0 + 2, 400_000, Kind.AT_LEAST)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, 45", "40, 52"})
    void shouldStoreASettledPulseInFewBytes(int jitterMillis, int atMost) {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(stored(settledPulse(seed, jitterMillis).own).length).as("seed %d", seed).isLessThanOrEqualTo(atMost);
        }
    }

    @Test
    void shouldRestoreWhateverWasStored() {
        long seed = 3;
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            // Given
            QualityMemory memory = arbitrary(random);
            // When
            byte[] once = stored(memory);
            QualityMemory copy = restored(memory);
            // Then
            assertThat(stored(copy)).as("seed %d round %d", seed, round).isEqualTo(once);
            assertThat(copy).as("seed %d round %d", seed, round).usingRecursiveComparison()
                    .ignoringFields("times", "values", "kinds", "seenTimes", "seenHashes", "runValue", "runStart", "runEnd").isEqualTo(memory);
            assertThat(copy.runMillis()).isEqualTo(memory.runMillis());
            for (int i = 0; i < memory.recentCount(); i++) {
                assertThat(copy.recentMillis(i)).as("seed %d round %d", seed, round).isEqualTo(memory.recentMillis(i));
                assertThat(copy.recentMilli(i)).isEqualTo(memory.recentMilli(i));
                assertThat(copy.hasSeen(memory.recentMillis(i), memory.recentMilli(i), Kind.MEASURED))
                        .isEqualTo(memory.hasSeen(memory.recentMillis(i), memory.recentMilli(i), Kind.MEASURED));
            }
        }
    }

    /** Any times, the ends of the range included. */
    private static QualityMemory arbitrary(Random random) {
        QualityMemory memory = new QualityMemory();
        long unit = random.nextBoolean() ? 1_000 : 1;
        for (int i = random.nextInt(20); i > 0; i--) {
            long time = random.nextInt(8) == 0 ? random.nextLong() : T0 + random.nextInt(10_000_000) / unit * unit;
            long milli = random.nextBoolean() ? random.nextInt(300) * 1_000L : random.nextLong(-Units.MAX_MILLI, Units.MAX_MILLI);
            Kind kind = random.nextInt(4) == 0 ? Kind.AT_MOST : Kind.MEASURED;
            switch (random.nextInt(5)) {
                case 0 -> memory.see(time, milli, kind);
                case 1 -> memory.runOn(Math.max(memory.newestMillis(), T0), milli, 1_000_000);
                case 2 -> memory.dropAcceptedFrom(time);
                default -> {
                    memory.accept(time, milli, kind);
                    memory.noteNewest(time);
                }
            }
            if (random.nextInt(10) == 0) {
                memory.tagRun();
            }
        }
        return memory;
    }

    @Test
    void shouldNeverNeedMoreThanTheBytesItNames() {
        QualityMemory memory = new QualityMemory();
        for (int i = 0; i < 12; i++) {
            long far = i % 2 == 0 ? Long.MIN_VALUE + i : Long.MAX_VALUE - i;
            memory.accept(far, i % 2 == 0 ? Long.MIN_VALUE / 2 : Long.MAX_VALUE / 2, Kind.AT_LEAST);
        }
        memory.noteNewest(1);
        memory.runOn(0, Long.MAX_VALUE / 3, 1);
        memory.runBefore(Long.MIN_VALUE, Long.MAX_VALUE / 3, Long.MAX_VALUE);
        assertThat(stored(memory).length).isLessThanOrEqualTo(QualityMemory.MAX_BYTES);
    }

    @Test
    void shouldSayWhenTheStoredFormIsCutOff() {
        byte[] bytes = stored(settledPulse(1, 40).own);
        for (int length = 0; length < bytes.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(bytes, 0, length);
            assertThatThrownBy(() -> QualityMemory.decode(cut)).isInstanceOf(java.nio.BufferUnderflowException.class);
        }
    }

    @Test
    void shouldRefuseAStoredFormThatCountsTooMany() {
        ByteBuffer wrong = ByteBuffer.wrap(new byte[] {0, 7, 0, 0});
        assertThatThrownBy(() -> QualityMemory.decode(wrong)).isInstanceOf(IllegalStateException.class)
                .hasMessage("a stored memory counts 7 readings where 5 fit");
        ByteBuffer endless = ByteBuffer.wrap(new byte[] {1, 0, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1});
        assertThatThrownBy(() -> QualityMemory.decode(endless)).isInstanceOf(IllegalStateException.class)
                .hasMessage("state is damaged: a number of more than 10 bytes");
    }
}
