package io.vitaltwin.twin.core.consent;

import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What was used is counted exactly, sums keep the count, and it is stored small. */
class UsesTest {

    private static final long T0 = 1_772_352_000_000L;

    private static Uses random(Random random, int readings) {
        Uses uses = new Uses();
        long at = T0;
        for (int i = 0; i < readings; i++) {
            at += random.nextInt(3) == 0 ? random.nextInt(40_000) : 0;
            uses.add(random.nextInt(3), Vital.ofOrdinal(random.nextInt(Vital.values().length)), at);
        }
        return uses;
    }

    private static long count(List<Use> uses) {
        return uses.stream().mapToLong(Use::count).sum();
    }

    private static Uses restored(Uses uses, long base) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        uses.encode(buffer, base);
        return Uses.decode(buffer.flip(), base);
    }

    @Test
    void shouldCountReadingsOfOneMomentTogether() {
        Uses uses = new Uses();
        uses.add(0, Vital.STEPS, T0);
        uses.add(0, Vital.SPO2, T0);
        uses.add(0, Vital.STEPS, T0);
        uses.add(0, Vital.STEPS, T0 + 1);
        assertThat(uses.all()).containsExactly(new Use(0, Vital.STEPS, T0, T0, 2), new Use(0, Vital.SPO2, T0, T0, 1),
                new Use(0, Vital.STEPS, T0 + 1, T0 + 1, 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldLoseNothingWhenStoredAndSummed(long seed) {
        Uses uses = random(new Random(seed), 400);
        assertThat(restored(uses, T0 - 5_000).all()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(uses.all());
        Uses minutes = uses.summed(60_000);
        assertThat(count(minutes.all())).as("seed %d", seed).isEqualTo(400);
        assertThat(restored(minutes, 0).all()).containsExactlyInAnyOrderElementsOf(minutes.all());
        assertThat(minutes.all()).allSatisfy(use -> assertThat(use.lastMillis() / 60_000).isEqualTo(use.firstMillis() / 60_000));
    }

    @Test
    void shouldTakeTenBytesForFiveVitalsAtOnce() {
        Uses uses = new Uses();
        for (Vital vital : List.of(Vital.HEART_RATE, Vital.SPO2, Vital.RESPIRATORY_RATE, Vital.BP_SYSTOLIC, Vital.BODY_TEMPERATURE)) {
            uses.add(0, vital, T0);
        }
        ByteBuffer buffer = ByteBuffer.allocate(100);
        uses.encode(buffer, T0);
        assertThat(buffer.position()).isLessThanOrEqualTo(10);
    }

    @Test
    void shouldTakeOutWhatIsAskedFor() {
        Uses uses = random(new Random(7), 100);
        List<Use> taken = uses.take(use -> use.vital() == Vital.SPO2);
        assertThat(taken).isNotEmpty().allMatch(use -> use.vital() == Vital.SPO2);
        assertThat(uses.all()).noneMatch(use -> use.vital() == Vital.SPO2);
        assertThat(count(taken) + count(uses.all())).isEqualTo(100);
    }

    @Test
    void shouldTurnHoursIntoMinutesAndThenIntoSums() {
        UseHistory history = new UseHistory();
        for (long hour = 100; hour < 124; hour++) {
            assertThat(history.begin(hour).toSum()).isEmpty();
        }
        UseHistory.Turnover turnover = history.begin(124);
        assertThat(turnover.toSum()).containsExactly(100L);
        assertThat(turnover.toMinutes()).containsExactly(122L);
        assertThat(history.hours()).hasSize(24).first().isEqualTo(101L);
    }

    @Test
    void shouldFoldWhatAGapLeftBehind() {
        UseHistory history = new UseHistory();
        history.begin(10);
        history.begin(11);
        assertThat(history.begin(15)).isEqualTo(new UseHistory.Turnover(List.of(), List.of(10L, 11L)));
        assertThat(history.begin(60).toSum()).containsExactly(10L, 11L, 15L);
    }

    @Test
    void shouldForgetAfterAWeek() {
        UseHistory history = new UseHistory();
        history.begin(0);
        Uses uses = new Uses();
        uses.add(0, Vital.SPO2, 1_000);
        uses.add(0, Vital.SPO2, 2_000);
        history.sum(uses, 24);
        assertThat(history.older().all()).containsExactly(new Use(0, Vital.SPO2, 1_000, 2_000, 2));
        history.begin(7 * 24);
        assertThat(history.older().isEmpty()).isFalse();
        history.begin(7 * 24 + 1);
        assertThat(history.older().isEmpty()).isTrue();
    }

    @Test
    void shouldReadWhatItWrote() {
        UseHistory history = new UseHistory();
        history.begin(492_320);
        history.begin(492_322);
        history.sum(random(new Random(3), 50), 492_322);
        ByteBuffer buffer = ByteBuffer.allocate(4_096);
        history.encode(buffer);
        UseHistory restored = UseHistory.decode(buffer.flip());
        assertThat(restored.hours()).isEqualTo(history.hours());
        assertThat(restored.older().all()).containsExactlyInAnyOrderElementsOf(history.older().all());
    }

    @Test
    void shouldRefuseAVersionThatItDoesNotKnow() {
        assertThatThrownBy(() -> UseHistory.decode(ByteBuffer.wrap(new byte[] {9, 0, 0}))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version 9");
    }
}
