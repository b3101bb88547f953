package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.state.TwinFold;
import io.vitaltwin.twin.core.state.TwinState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;

import static io.vitaltwin.twin.core.rules.RuleBench.HOUR;
import static io.vitaltwin.twin.core.rules.RuleBench.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 3.0 (ACTIVITY_DROP), 3.9, DQ-28. */
class ActivityRuleTest {

    private static final int DAY = 24 * HOUR;
    private static final int QUARTER = 15 * MINUTE;

    private final RuleBench bench = RuleBench.adult();
    private final Feed tracker = bench.feed("tracker", Vital.STEPS, Grade.CONSUMER, Duration.ofMinutes(15));

    /** A day of this many steps, worn from 08:00 for so many quarters of an hour. */
    private void day(int day, int steps, int quarters) {
        send(tracker, day, steps, quarters);
        bench.until((day + 1L) * DAY + QUARTER);
    }

    private static void send(Feed feed, int day, int steps, int quarters) {
        for (int i = 0; i < quarters; i++) {
            int part = steps / quarters + (i < steps % quarters ? 1 : 0);
            feed.at((long) day * DAY + 8 * HOUR + (i + 1L) * QUARTER, part);
        }
    }

    private void days(int from, int count, int steps) {
        for (int day = from; day < from + count; day++) {
            day(day, steps, 44);
        }
    }

    private static long morningAfter(int day) {
        return (day + 1L) * DAY + QUARTER;
    }

    @Test
    void shouldRaiseWhenTheWeekIsBelowHalfTheMonth() {
        days(0, 24, 6000);
        days(24, 3, 2000);
        assertThat(bench.log()).as("three low days do not make the median of seven").isEmpty();
        days(27, 1, 2000);
        assertThat(bench.log()).containsExactly("RAISED ACTIVITY_DROP LOW " + morningAfter(27));
    }

    @ParameterizedTest
    @CsvSource({"2999, 1", "3000, 0", "3001, 0"})
    void shouldCompareExactly(int low, int raised) {
        days(0, 21, 6000);
        days(21, 7, low);
        assertThat(bench.log()).hasSize(raised);
    }

    @ParameterizedTest
    @CsvSource({"4200, true", "4199, false"})
    void shouldEndAtSeventyPercent(int better, boolean ended) {
        days(0, 24, 6000);
        days(24, 4, 2000);
        assertThat(bench.twin().holds(RuleId.ACTIVITY_DROP)).isTrue();
        days(28, 6, better);
        assertThat(bench.twin().holds(RuleId.ACTIVITY_DROP)).isEqualTo(!ended);
    }

    @ParameterizedTest(name = "{0} quarters of an hour")
    @CsvSource({"40, 1", "39, 0"})
    void shouldCountDaysThatWereWornForTenHours(int quarters, int raised) {
        days(0, 24, 6000);
        for (int day = 24; day < 31; day++) {
            day(day, 2000, quarters);
        }
        assertThat(bench.log()).hasSize(raised);
    }

    @ParameterizedTest
    @CsvSource({"4, 1", "3, 0"})
    void shouldWantFourValidDaysOfTheWeek(int valid, int raised) {
        // Four days without the device before it: no other day of the week is valid.
        days(0, 17, 6000);
        for (int day = 21; day < 28; day++) {
            day(day, 1500, day < 21 + valid ? 44 : 10);
        }
        assertThat(bench.log()).hasSize(raised);
    }

    @Test
    void shouldNotTakeADayWithoutTheDeviceForADayWithoutSteps() {
        days(0, 28, 6000);
        bench.until(60L * DAY);
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldNotEndBySilence() {
        days(0, 24, 6000);
        days(24, 4, 2000);
        bench.until(60L * DAY);
        days(60, 3, 9000);
        assertThat(bench.log()).as("three valid days say nothing").hasSize(1);
    }

    @Test
    void shouldLeaveOutStepsThatAreNotThePatients() {
        days(0, 21, 6000);
        for (int day = 21; day < 28; day++) {
            send(tracker, day, 2000, 44);
            for (int i = 0; i < 4; i++) {
                tracker.suspect((long) day * DAY + 20 * HOUR + (long) i * QUARTER, 1800);
            }
            bench.until((day + 1L) * DAY + QUARTER);
        }
        assertThat(bench.log()).hasSize(1);
    }

    @Test
    void shouldNotAddUpTwoWearables() {
        Feed watch = bench.feed("watch", Vital.STEPS, Grade.CONSUMER, Duration.ofMinutes(15));
        for (int day = 0; day < 28; day++) {
            send(tracker, day, day < 21 ? 3000 : 2000, 48);
            if (day < 21) {
                send(watch, day, 3000, 44);
            }
            bench.until((day + 1L) * DAY + QUARTER);
        }
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldReadACadence() {
        tracker.in(Unit.STEPS_PER_MINUTE);
        for (int day = 0; day < 28; day++) {
            for (int i = 0; i < 44; i++) {
                tracker.at((long) day * DAY + 8 * HOUR + (i + 1L) * QUARTER, 10);
            }
        }
        assertThat(bench.twin().parts().get(ActivityMemory.TYPE).valid(day(27))).hasValue(44 * 150);
    }

    private static long day(int day) {
        return RuleBench.T0 / 86_400_000L + day;
    }

    @Test
    void shouldGiveTheLastMinuteToItsDay() {
        tracker.at(DAY, 100);
        tracker.at(DAY + QUARTER, 200);
        ActivityMemory memory = bench.twin().parts().get(ActivityMemory.TYPE);
        assertThat(memory.newestDay()).isEqualTo(day(1));
        ByteBuffer out = ByteBuffer.allocate(100);
        memory.encode(out);
        assertThat(out.position()).as("two days of one device").isGreaterThan(20);
    }

    @Test
    void shouldGoByTheDayOfThePatient() {
        bench.livesIn(ZoneId.of("America/New_York"));
        for (int day = 0; day < 28; day++) {
            for (int i = 0; i < 52; i++) {
                // 14:00 to 00:30 UTC is one day in New York (until 8 March UTC-5, then UTC-4).
                tracker.at((long) day * DAY + 14 * HOUR + (i + 1L) * 12 * MINUTE, day < 21 ? 100 : 30);
            }
            bench.until((day + 1L) * DAY + 14 * HOUR);
        }
        // The median of seven is low after the fourth low day; midnight is 04:00 UTC.
        assertThat(bench.log()).containsExactly("RAISED ACTIVITY_DROP LOW " + (25L * DAY + 4 * HOUR + QUARTER));
    }

    @Test
    void shouldStillCountWhatComesTheNextMorning() {
        days(0, 27, 6000);
        // The day itself is sent at noon of the next, oldest first.
        ActivityMemory memory = bench.twin().parts().get(ActivityMemory.TYPE);
        tracker.at(28L * DAY + 8 * HOUR, 5);
        send(tracker, 27, 4000, 44);
        assertThat(memory.valid(day(27))).hasValue(4000);
    }

    @Test
    void shouldSayItAsContext() {
        days(0, 24, 6000);
        days(24, 4, 2000);
        String text = bench.alert(0).text();
        assertThat(text).contains("2000 a day over the last 7 days", "usual 6000", "Weather", "charging", "device");
        assertThat(text.toLowerCase()).doesNotContain("adher", "complian", "fail", "refus", "lazy", "poor", "should");
        assertThat(bench.alert(0).evidence()).hasSize(1);
    }

    @Test
    void shouldForgetTheDaysWhenStepsAreNoLongerCovered() {
        days(0, 24, 6000);
        TwinFold.keep(bench.twin(), EnumSet.complementOf(EnumSet.of(Vital.STEPS)));
        assertThat(bench.twin().parts().find(ActivityMemory.TYPE)).isEmpty();
        days(24, 7, 2000);
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldDecideTheSameWhenItIsStoredAfterEachReading() {
        for (long seed = 1; seed <= 10; seed++) {
            assertThat(course(seed, true)).as("seed %d", seed).isEqualTo(course(seed, false)).isNotEmpty();
        }
    }

    private static List<String> course(long seed, boolean stored) {
        Random random = new Random(seed);
        RuleBench one = RuleBench.adult();
        Feed feed = one.feed("a", Vital.STEPS, Grade.CONSUMER, Duration.ofHours(1));
        Feed other = one.feed("b", Vital.STEPS, Grade.CONSUMER, Duration.ofHours(1));
        for (int day = 0; day < 60; day++) {
            int level = day < 25 ? 500 : day < 40 ? 150 : 600;
            int hours = 8 + random.nextInt(8);
            for (int i = 0; i < hours; i++) {
                Feed from = random.nextInt(10) == 0 ? other : feed;
                from.at((long) day * DAY + (6L + i) * HOUR, random.nextInt(level));
                if (stored) {
                    one.twin(TwinState.decode(one.twin().encode(TwinState.scratch())));
                }
            }
            one.until((day + 1L) * DAY + HOUR);
        }
        return one.log();
    }

    @Test
    void shouldTakeFewBytes() {
        days(0, 40, 6543);
        ByteBuffer out = ByteBuffer.allocate(10_000);
        bench.twin().parts().get(ActivityMemory.TYPE).encode(out);
        assertThat(out.position()).isLessThanOrEqualTo(130);
    }
}
