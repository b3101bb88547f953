package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Reason;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** DQ-16. */
class ClockDriftTest {

    private static final long T0 = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();

    private ClockDrift drift = new ClockDrift();

    /** @param perDay what the clock gains, milliseconds; the transport takes 2 s and now and then far more */
    private void run(long fromMillis, long untilMillis, double aheadMillis, double perDay) {
        Random random = new Random(5);
        for (long at = fromMillis; at < untilMillis; at += MINUTE) {
            long delay = 2_000 + (random.nextInt(4) == 0 ? random.nextInt(60_000) : 0);
            drift.heard(at + delay, Math.round(aheadMillis + perDay * (at - T0) / DAY) - delay);
        }
    }

    @ParameterizedTest
    @CsvSource({"1728, 1.728", "-1728, -1.728", "0, 0", "4900, 4.9", "20000, 20"})
    void shouldFindWhatAClockGains(double perDay, double expected) {
        run(T0, T0 + 4 * DAY, 0, perDay);
        assertThat(drift.driftPerDay().orElseThrow()).isCloseTo(expected, Offset.offset(0.02));
        assertThat(drift.offsetSeconds().orElseThrow()).isCloseTo(-2 + Math.max(perDay * 4, perDay * 3.5) / 1000, Offset.offset(1.0));
    }

    @Test
    void shouldSayNothingBeforeADayIsKnown() {
        run(T0, T0 + DAY - MINUTE, 30_000, 0);
        assertThat(drift.offsetSeconds()).isEmpty();
        assertThat(drift.driftPerDay()).isEmpty();
        assertThat(drift.reasons()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"4900, false", "5200, true", "-5200, true"})
    void shouldNoteAClockThatGainsOrLosesMoreThanFiveSecondsADay(double perDay, boolean noted) {
        run(T0, T0 + 3 * DAY, 0, perDay);
        assertThat(Reason.CLOCK_DRIFT.in(drift.reasons())).isEqualTo(noted);
        assertThat(drift.correctionMillis()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"61000, 0", "63000, 61000", "-70000, 0"})
    void shouldCorrectAClockThatIsMoreThanAMinuteAhead(long ahead, long correction) {
        run(T0, T0 + 2 * DAY, ahead, 0);
        assertThat(drift.correctionMillis()).isEqualTo(correction);
        assertThat(Reason.CLOCK_CORRECTED.in(drift.reasons())).isEqualTo(correction != 0);
    }

    @Test
    void shouldBeginAnewWhenSomebodySetTheClock() {
        run(T0, T0 + 3 * DAY, 50_000, 0);
        run(T0 + 3 * DAY, T0 + 6 * DAY, 0, 0);
        assertThat(drift.driftPerDay().orElseThrow()).isCloseTo(0, Offset.offset(0.01));
        assertThat(drift.offsetSeconds().orElseThrow()).isEqualTo(-2);
    }

    @Test
    void shouldDecideTheSameAfterItWasStored() {
        for (int half = 0; half < 12; half++) {
            run(T0 + half * DAY / 2, T0 + (half + 1) * DAY / 2, 0, 6_000);
            ByteBuffer out = ByteBuffer.allocate(64);
            drift.encode(out);
            assertThat(out.position()).isLessThanOrEqualTo(15);
            drift = ClockDrift.decode(out.flip());
        }
        ClockDrift kept = drift;
        ClockDrift straight = new ClockDrift();
        drift = straight;
        for (int half = 0; half < 12; half++) {
            run(T0 + half * DAY / 2, T0 + (half + 1) * DAY / 2, 0, 6_000);
        }
        assertThat(kept.driftPerDay()).isEqualTo(straight.driftPerDay());
        assertThat(kept.offsetSeconds()).isEqualTo(straight.offsetSeconds());
    }

    @Test
    void shouldNotLookBack() {
        run(T0, T0 + 2 * DAY, 0, 0);
        drift.heard(T0, 90_000);
        assertThat(drift.offsetSeconds().orElseThrow()).isEqualTo(-2);
    }
}
