package io.vitaltwin.twin.core.rhythm;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.state.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class RhythmMemoryTest {

    private static final long T0 = 1_772_409_600_000L;
    private static final RhythmLimits LIMITS = new RhythmLimits(639, 500, 11, 43_200_000);

    private static byte[] bytes(RhythmMemory memory) {
        ByteBuffer out = ByteBuffer.allocate(1_024);
        memory.encode(out);
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {41, 42, 43})
    void shouldRestoreWhatItRemembers(long seed) {
        Random random = new Random(seed);
        RhythmMemory memory = new RhythmMemory();
        long at = T0;
        for (int i = 0; i < 3_000; i++) {
            long milli = 500_000 + random.nextInt(500_000);
            RhythmMemory.Followed followed = memory.of(random.nextInt(10) == 0 ? "strap" : "watch", at);
            followed.tracker().take(at, milli, random.nextInt(30) > 0, true, LIMITS);
            if (random.nextInt(100) == 0) {
                followed.first(random.nextBoolean() ? Optional.empty() : Optional.of(new Point(at, Value.measured(milli, Unit.MILLISECOND),
                        Grade.CONSUMER, Verdict.ACCEPT, Context.REST, random.nextInt(4), 25_000, random.nextInt(1_000_000), random.nextInt(60))));
            }
            memory.minute().add(at, milli);
            memory.minute().isContradicted(at, random.nextInt(200_000), random.nextBoolean());
            at += milli / 1_000;
            if (random.nextInt(20) == 0) {
                byte[] stored = bytes(memory);
                ByteBuffer in = ByteBuffer.wrap(stored);
                RhythmMemory read = RhythmMemory.decode(in);
                assertThat(in.hasRemaining()).isFalse();
                assertThat(bytes(read)).isEqualTo(stored);
                assertThat(read.find("watch").flatMap(RhythmMemory.Followed::first)).isEqualTo(
                        memory.find("watch").flatMap(RhythmMemory.Followed::first));
                assertThat(read.minute().isDoubted(at)).isEqualTo(memory.minute().isDoubted(at));
                memory = read;
            }
        }
    }

    @Test
    void shouldBeEmptyUntilABeatComes() {
        RhythmMemory memory = new RhythmMemory();
        assertThat(memory.isEmpty()).isTrue();
        memory.of("watch", T0);
        assertThat(memory.isEmpty()).isFalse();
        RhythmMemory minute = new RhythmMemory();
        minute.minute().add(T0, 800_000);
        assertThat(minute.isEmpty()).isFalse();
    }

    @Test
    void shouldTellOnceWhatAMinuteOwes() {
        BeatMinute minute = new BeatMinute();
        for (int i = 0; i < 50; i++) {
            minute.add(T0 + i * 800, 800_000);
        }
        assertThat(minute.isContradicted(T0 + 45_000, 60_000, true)).isTrue();
        assertThat(minute.owed(false)).isEmpty();
        assertThat(minute.owed(true)).isEqualTo(OptionalLong.of(T0));
        assertThat(minute.owed(true)).isEmpty();
        assertThat(minute.isContradicted(T0 + 46_000, 75_000, true)).as("once found, it stays").isTrue();
        assertThat(minute.isContradicted(T0 + 60_000, 60_000, true)).as("no beats of that minute yet").isFalse();
    }

    @Test
    void shouldTellWhatASuspicionRestsOn() {
        IrregularRhythm irregular = new IrregularRhythm();
        assertThat(irregular.isEmpty()).isTrue();
        irregular.seenInBeats(T0);
        irregular.seenInEcg(T0 - 1);
        assertThat(irregular.lastMillis()).isEqualTo(T0);
        ByteBuffer bytes = ByteBuffer.allocate(16);
        irregular.encode(bytes);
        assertThat(bytes.position()).isLessThanOrEqualTo(8);
        IrregularRhythm read = IrregularRhythm.decode(bytes.flip());
        assertThat(read.lastMillis()).isEqualTo(T0);
        assertThat(read.restsOnEcg()).isTrue();
        read.keep(EnumSet.of(Vital.INTER_BEAT_INTERVAL));
        assertThat(read.restsOnEcg()).isFalse();
        assertThat(read.isEmpty()).isFalse();
        read.keep(EnumSet.of(Vital.ECG_RHYTHM));
        assertThat(read.isEmpty()).isTrue();
    }
}
