package io.vitaltwin.twin.core.baseline;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Vital;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class HabitsTest {

    private static final long T0 = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    /** Of a wrist at rest, CLINICAL.md section 4.4. */
    private static final long SIGMA = 4_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 14, 27, 28, 29, 45})
    void shouldKnowTheMedianOfTheDaysThatAreOver(int days) {
        Habits habits = new Habits(Vital.BODY_WEIGHT);
        List<Long> centres = new ArrayList<>();
        for (int day = 0; day <= days; day++) {
            long milli = 80_000 + 100L * (day * 7 % 31);
            spot(habits, day, milli);
            if (day < days) {
                centres.add(milli);
            }
        }
        List<Long> last = centres.subList(Math.max(0, centres.size() - 28), centres.size());
        Usual usual = habits.usual(Context.UNKNOWN).orElseThrow();
        assertThat(usual.days()).isEqualTo(Math.min(days, 28));
        assertThat((double) usual.medianMilli()).isCloseTo(median(last), Offset.offset(10.0));
        assertThat((double) usual.madMilli()).isCloseTo(mad(last), Offset.offset(20.0));
    }

    /** The error bound that the class states, against the exact median and MAD of the daily centres. */
    @RepeatedTest(50)
    void shouldStayWithinItsErrorBound(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        Habits habits = new Habits(Vital.HEART_RATE);
        List<Long> centres = new ArrayList<>();
        int days = 2 + random.nextInt(60);
        for (int day = 0; day < days; day++) {
            long level = 55_000 + random.nextInt(12_000);
            long sum = 0;
            for (int i = 0; i < 30; i++) {
                long milli = level + random.nextInt(3_000);
                long at = T0 + day * DAY + i * MINUTE;
                habits.learn(Context.REST, at, milli, SIGMA, true, ZoneOffset.UTC, Long.MIN_VALUE);
                Usual before = habits.usual(Context.REST).orElseThrow();
                long centre = before.medianMilli();
                sum += before.days() >= 3 ? Math.clamp(milli, centre - SIGMA * 3 / 2, centre + SIGMA * 3 / 2) : milli;
                habits = restored(habits, Vital.HEART_RATE);
            }
            centres.add(Math.round(sum / 30.0));
        }
        List<Long> over = centres.subList(Math.max(0, centres.size() - 1 - 28), centres.size() - 1);
        Usual usual = habits.usual(Context.REST).orElseThrow();
        assertThat((double) usual.medianMilli()).as("seed %d", run.getCurrentRepetition()).isCloseTo(median(over), Offset.offset(126.0));
        assertThat((double) usual.madMilli()).as("seed %d", run.getCurrentRepetition()).isCloseTo(mad(over), Offset.offset(251.0));
    }

    /** E2.3: a tenth of wrong readings moves the median by less than a quarter of sigma. */
    @ParameterizedTest
    @CsvSource({"250000", "15000", "90000"})
    void shouldHardlyMoveWhenATenthIsWrong(long wrong) {
        Habits clean = new Habits(Vital.HEART_RATE);
        Habits soiled = new Habits(Vital.HEART_RATE);
        Random random = new Random(7);
        for (int day = 0; day < 40; day++) {
            for (int i = 0; i < 200; i++) {
                long milli = 60_000 + Math.round(random.nextGaussian() * 2_000);
                long at = T0 + day * DAY + i * MINUTE;
                clean.learn(Context.REST, at, milli, SIGMA, true, ZoneOffset.UTC, Long.MIN_VALUE);
                soiled.learn(Context.REST, at, day > 5 && i % 10 == 0 ? wrong : milli, SIGMA, true, ZoneOffset.UTC, Long.MIN_VALUE);
            }
        }
        long moved = soiled.usual(Context.REST).orElseThrow().medianMilli() - clean.usual(Context.REST).orElseThrow().medianMilli();
        assertThat(Math.abs(moved)).isLessThan(SIGMA / 4);
        assertThat(moved).isNotZero();
    }

    @ParameterizedTest
    @CsvSource({"9, 0", "10, 1"})
    void shouldNeedTenReadingsForADayOfAContinuousStream(int readings, int days) {
        Habits habits = new Habits(Vital.HEART_RATE);
        for (int i = 0; i < readings; i++) {
            habits.learn(Context.REST, T0 + i * MINUTE, 60_000, SIGMA, true, ZoneOffset.UTC, Long.MIN_VALUE);
        }
        habits.learn(Context.REST, T0 + DAY, 60_000, SIGMA, true, ZoneOffset.UTC, Long.MIN_VALUE);
        assertThat(habits.usual(Context.REST).orElseThrow().days()).isEqualTo(days);
    }

    @Test
    void shouldTakeANightAsOneDay() {
        Habits habits = new Habits(Vital.HEART_RATE);
        for (int minute = -60; minute < 360; minute++) {
            habits.learn(Context.SLEEP, T0 + minute * MINUTE, 56_000, SIGMA, true, ZoneOffset.UTC, Long.MIN_VALUE);
        }
        assertThat(habits.usual(Context.SLEEP).orElseThrow().days()).isZero();
        habits.learn(Context.SLEEP, T0 + DAY - 60 * MINUTE, 57_000, SIGMA, true, ZoneOffset.UTC, Long.MIN_VALUE);
        assertThat(habits.usual(Context.SLEEP).orElseThrow().days()).isOne();
    }

    @Test
    void shouldEndADayAtThePatientsMidnight() {
        Habits habits = new Habits(Vital.BODY_WEIGHT);
        ZoneId tokyo = ZoneId.of("Asia/Tokyo");
        long localMidnight = Instant.parse("2026-03-02T15:00:00Z").toEpochMilli();
        habits.learn(Context.UNKNOWN, localMidnight - 1, 80_000, 300, false, tokyo, Long.MIN_VALUE);
        habits.learn(Context.UNKNOWN, localMidnight, 81_000, 300, false, tokyo, Long.MIN_VALUE);
        assertThat(habits.usual(Context.UNKNOWN).orElseThrow().days()).isOne();
    }

    @Test
    void shouldNotLearnFromADayThatIsOver() {
        Habits habits = new Habits(Vital.BODY_WEIGHT);
        spot(habits, 0, 80_000);
        spot(habits, 2, 80_000);
        spot(habits, 1, 120_000);
        spot(habits, 3, 80_000);
        assertThat(habits.usual(Context.UNKNOWN).orElseThrow().days()).isEqualTo(2);
        assertThat(habits.usual(Context.UNKNOWN).orElseThrow().madMilli()).isZero();
    }

    @Test
    void shouldBeginAnewWhenTheCarePlanSaysSo() {
        Habits habits = new Habits(Vital.BODY_WEIGHT);
        for (int day = 0; day < 20; day++) {
            spot(habits, day, 80_000);
        }
        long from = T0 + 20 * DAY;
        for (int day = 20; day < 25; day++) {
            habits.learn(Context.UNKNOWN, T0 + day * DAY, 84_000, 300, false, ZoneOffset.UTC, from);
        }
        assertThat(habits.usual(Context.UNKNOWN).orElseThrow().days()).isEqualTo(4);
        assertThat(habits.usual(Context.UNKNOWN).orElseThrow().medianMilli()).isEqualTo(84_000);
    }

    @Test
    void shouldTellHowMuchOfTheExpectedComes() {
        Habits habits = new Habits(Vital.GLUCOSE_INTERSTITIAL);
        for (long at = T0 + DAY / 2; at < T0 + DAY; at += 5 * MINUTE) {
            habits.heard(at, 5 * MINUTE, ZoneOffset.UTC);
        }
        assertThat(habits.coverage()).isEmpty();
        for (long at = T0 + DAY; at < T0 + 2 * DAY; at += 10 * MINUTE) {
            habits.heard(at, 5 * MINUTE, ZoneOffset.UTC);
        }
        assertThat(habits.coverage()).isEmpty();
        habits.heard(T0 + 2 * DAY, 5 * MINUTE, ZoneOffset.UTC);
        assertThat(habits.coverage()).hasValue(0.5);
        habits.heard(T0 + 30 * DAY, 5 * MINUTE, ZoneOffset.UTC);
        assertThat(restored(habits, Vital.GLUCOSE_INTERSTITIAL).coverage().orElseThrow()).isLessThan(0.25);
    }

    /** What the Javadoc promises, for a month of one context. */
    @Test
    void shouldBeSmall() {
        Habits habits = new Habits(Vital.HEART_RATE);
        Random random = new Random(3);
        for (int day = 0; day < 40; day++) {
            for (int i = 0; i < 1440; i++) {
                long at = T0 + day * DAY + i * MINUTE;
                habits.heard(at, MINUTE, ZoneOffset.UTC);
                habits.learn(Context.REST, at, 60_000 + random.nextInt(8) * 1000, SIGMA, true, ZoneOffset.UTC, Long.MIN_VALUE);
            }
        }
        ByteBuffer out = ByteBuffer.allocate(256);
        habits.encode(out, T0 + 3 * DAY);
        assertThat(out.position()).isLessThanOrEqualTo(32);
    }

    private static void spot(Habits habits, int day, long milli) {
        habits.learn(Context.UNKNOWN, T0 + day * DAY, milli, 300, false, ZoneOffset.UTC, Long.MIN_VALUE);
    }

    private static Habits restored(Habits habits, Vital vital) {
        ByteBuffer out = ByteBuffer.allocate(512);
        habits.encode(out, T0 + 3 * DAY);
        ByteBuffer in = out.flip();
        Habits read = Habits.decode(in, vital, T0 + 3 * DAY);
        assertThat(in.hasRemaining()).isFalse();
        return read;
    }

    private static double median(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2.0;
    }

    private static double mad(List<Long> values) {
        double median = median(values);
        List<Long> away = values.stream().map(value -> Math.round(Math.abs(value - median))).toList();
        return median(away);
    }
}
