package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.daily.WeightMemory;
import io.vitaltwin.twin.core.part.Parts;
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

/** CR 3.0 (HF_WEIGHT), 3.1, and the notice of DQ-21. */
class WeightRuleTest {

    private static final int DAY = 24 * HOUR;
    private static final int SEVEN = 7 * HOUR;

    private final RuleBench bench = RuleBench.adult().has("heart_failure");
    private final Feed scale = bench.feed(Vital.BODY_WEIGHT, Grade.CONSUMER, Duration.ofDays(1));

    /** One weight each morning at seven, the first on day 0; a zero is a day without. */
    private void mornings(double... kilograms) {
        for (int day = 0; day < kilograms.length; day++) {
            if (kilograms[day] > 0) {
                scale.at((long) day * DAY + SEVEN, kilograms[day]);
            }
        }
    }

    private static long seven(int day) {
        return (long) day * DAY + SEVEN;
    }

    @Test
    void shouldFollowS09a() {
        mornings(80.0, 80.2, 79.9, 80.1, 80.0, 79.9, 80.0, 80.6, 81.3, 82.1);
        assertThat(bench.log()).containsExactly("RAISED HF_WEIGHT MEDIUM " + seven(9));
        assertThat(bench.alert(0).text()).contains("82.1 kg", "2.1 kg above the lowest of the previous 3 days", "a consumer device");
        assertThat(bench.alert(0).tags()).isZero();
        assertThat(bench.alert(0).evidence()).extracting(AlertChange.Proof::role).containsExactly("reference", "last");
        assertThat(bench.alert(0).evidence().getFirst().point().value().milli()).isEqualTo(80_000);
    }

    @Test
    void shouldFindNothingInS09b() {
        mornings(80.0, 80.2, 79.9, 80.1, 80.0, 79.9, 80.0, 80.6, 81.3, 82.0);
        assertThat(bench.log()).isEmpty();
    }

    @ParameterizedTest(name = "{0} above the lowest of three days")
    @CsvSource({"82.001, 1", "82.0, 0"})
    void shouldCompareDecimals(double kilograms, int raised) {
        mornings(80.0, 80.8, 81.4, kilograms);
        assertThat(bench.log()).hasSize(raised);
    }

    @Test
    void shouldLookBackThreeDaysAndNoFurther() {
        mornings(80.0, 80.4, 80.9, 81.3, 82.2);
        // 82.2 is 1.8 above the lowest of three days, 2.2 above the lowest of seven.
        assertThat(bench.log()).isEmpty();
    }

    @ParameterizedTest(name = "{0} above the lowest of seven days")
    @CsvSource({"82.28, 1", "82.27, 0"})
    void shouldTakeAWeek(double kilograms, int raised) {
        mornings(80.0, 80.4, 80.8, 81.0, 81.2, 81.3, 81.6, kilograms);
        assertThat(bench.log()).hasSize(raised).allMatch(("RAISED HF_WEIGHT MEDIUM " + seven(7))::equals);
        if (raised == 1) {
            assertThat(bench.alert(0).text()).contains("2.28 kg above the lowest of the previous 7 days");
        }
    }

    @Test
    void shouldForgetAfterAWeek() {
        mornings(80.0, 80.4, 80.8, 81.0, 81.2, 81.3, 81.6, 81.9, 82.5);
        // Day 8: 80.0 is eight days old, 80.4 seven: 2.1.
        assertThat(bench.log()).isEmpty();
    }

    @ParameterizedTest(name = "{0} after 80.0 the day before")
    @CsvSource({"81.361, 1", "81.36, 0"})
    void shouldTellOfADay(double kilograms, int raised) {
        mornings(80.0, kilograms);
        assertThat(bench.log()).hasSize(raised).allMatch(("RAISED HF_WEIGHT LOW " + seven(1))::equals);
    }

    @Test
    void shouldNotCallTwoDaysOneDay() {
        mornings(80.0, 0, 81.9);
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldMakeOneAlertOfAllLimits() {
        mornings(80.0, 81.4, 82.1, 82.6, 82.7);
        assertThat(bench.log()).containsExactly("RAISED HF_WEIGHT LOW " + seven(1), "UPGRADED HF_WEIGHT MEDIUM " + seven(2));
    }

    @ParameterizedTest
    @CsvSource({"81.0, true", "81.001, false"})
    void shouldEndWithinAKilogramOfTheReference(double kilograms, boolean ended) {
        mornings(80.0, 81.4, 82.1, 81.5, kilograms);
        assertThat(bench.twin().holds(RuleId.HF_WEIGHT)).isEqualTo(!ended);
        if (ended) {
            assertThat(bench.log()).last().isEqualTo("CLEARED HF_WEIGHT MEDIUM " + seven(4));
        }
    }

    @Test
    void shouldKeepTheReferenceWhenTheDaysGoOn() {
        // Given: high for two weeks, so that no day of the last seven is low
        mornings(80.0, 81.0, 82.1, 82.0, 82.0, 82.1, 82.0, 82.0, 82.1, 82.0, 82.0, 82.1, 82.0);
        assertThat(bench.log()).hasSize(1);
        // When
        scale.at(seven(13), 81.2).at(seven(14), 81.0);
        // Then
        assertThat(bench.log()).last().isEqualTo("CLEARED HF_WEIGHT MEDIUM " + seven(14));
    }

    @Test
    void shouldOnlyWatchPeopleWithHeartFailure() {
        RuleBench other = RuleBench.adult();
        Feed theirs = other.feed(Vital.BODY_WEIGHT, Grade.CONSUMER, Duration.ofDays(1));
        theirs.series(SEVEN, 80.0, 81.4, 82.5, 84.0);
        assertThat(other.log()).isEmpty();
        assertThat(other.twin().parts().find(WeightMemory.TYPE)).as("the checks of quality need the days of everybody").isPresent();
    }

    @Test
    void shouldTakeTheFirstWeightOfTheMorning() {
        mornings(80.0, 80.0, 80.0);
        scale.at(3L * DAY + SEVEN, 80.2).at(3L * DAY + 8 * HOUR, 82.4);
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldTakeTheFirstWeightOfTheMorningWhenItComesLast() {
        mornings(80.0, 80.0, 80.0);
        scale.at(3L * DAY + 8 * HOUR, 82.4).at(3L * DAY + SEVEN, 80.2);
        assertThat(bench.log()).containsExactly(
                "RAISED HF_WEIGHT MEDIUM " + (3L * DAY + 8 * HOUR), "CLEARED HF_WEIGHT MEDIUM " + (3L * DAY + SEVEN));
    }

    @ParameterizedTest(name = "at {0} minutes of the day")
    @CsvSource({"240, false", "719, false", "720, true", "1439, true"})
    void shouldTagAWeightThatWasNotTakenInTheMorning(int minutes, boolean tagged) {
        mornings(80.0, 80.0, 80.0);
        scale.at(3L * DAY + (long) minutes * MINUTE, 82.1);
        assertThat(bench.log()).hasSize(1);
        assertThat(Tag.of(bench.alert(0).tags()).contains(Tag.OFF_PROTOCOL)).isEqualTo(tagged);
        assertThat(bench.alert(0).text().contains("not taken in the morning")).isEqualTo(tagged);
    }

    @Test
    void shouldLetAWeightOfTheNightWaitUntilNoon() {
        mornings(80.0, 80.0, 80.0);
        scale.at(3L * DAY + 3 * HOUR + 59 * MINUTE, 82.1);
        assertThat(bench.log()).isEmpty();
        store();
        bench.until(3L * DAY + 12 * HOUR - 1);
        assertThat(bench.log()).isEmpty();
        bench.until(3L * DAY + 12 * HOUR);
        assertThat(bench.log()).containsExactly("RAISED HF_WEIGHT MEDIUM " + (3L * DAY + 12 * HOUR));
        assertThat(Tag.of(bench.alert(0).tags())).containsExactly(Tag.OFF_PROTOCOL);
    }

    @Test
    void shouldForgetAWeightOfTheNightWhenAMorningComes() {
        mornings(80.0, 80.0, 80.0);
        scale.at(3L * DAY + 2 * HOUR, 82.1).at(3L * DAY + SEVEN, 80.4);
        bench.until(4L * DAY);
        assertThat(bench.log()).isEmpty();
        assertThat(bench.twin().parts().nextDue()).isEqualTo(Parts.NEVER);
    }

    @Test
    void shouldGoByTheClockOfThePatient() {
        // 20:00 UTC is 09:00 of the next day in Auckland (UTC+13 in March).
        bench.livesIn(ZoneId.of("Pacific/Auckland"));
        scale.series(20 * HOUR, 80.0, 80.0, 80.0, 82.1);
        assertThat(bench.log()).containsExactly("RAISED HF_WEIGHT MEDIUM " + (3L * DAY + 20 * HOUR));
        assertThat(bench.alert(0).tags()).isZero();
    }

    @Test
    void shouldReadPounds() {
        Feed pounds = bench.feed("lb", Vital.BODY_WEIGHT, Grade.CONSUMER, Duration.ofDays(1)).in(Unit.POUND);
        pounds.series(SEVEN, 176.4, 176.4, 176.4, 181.0);
        assertThat(bench.log()).as("181 lb are 82.1 kg, 176.4 are 80.01").containsExactly("RAISED HF_WEIGHT MEDIUM " + seven(3));
    }

    @ParameterizedTest
    @CsvSource({"102.6, 0", "102.5, 1"})
    void shouldWantAJumpConfirmed(double kilograms, int raised) {
        mornings(100.0, 100.0, kilograms);
        assertThat(bench.log()).hasSize(raised);
    }

    @ParameterizedTest
    @CsvSource({"103.6, true", "101.6, true", "101.599, false", "103.601, false"})
    void shouldRaiseWhenASecondWeightAgreesWithTheJump(double second, boolean raised) {
        mornings(100.0, 100.0, 102.6);
        store();
        scale.at(seven(2) + 10 * MINUTE, second);
        assertThat(bench.told().contains("RAISED HF_WEIGHT MEDIUM " + (seven(2) + 10 * MINUTE))).isEqualTo(raised);
    }

    @Test
    void shouldRaiseWhenTheNextMorningAgreesWithTheJump() {
        mornings(100.0, 100.0, 102.6, 102.7);
        assertThat(bench.log()).containsExactly("RAISED HF_WEIGHT MEDIUM " + seven(3));
    }

    @Test
    void shouldMeasureNothingAgainstAJumpThatNobodyConfirmed() {
        // A weight 2.9 too low for once: what follows is no gain.
        mornings(100.0, 100.0, 97.1, 100.1, 100.0, 100.2);
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldReplaceAJumpThatASecondWeightRefutes() {
        mornings(100.0, 100.0, 97.1);
        scale.at(seven(2) + 5 * MINUTE, 100.1);
        assertThat(bench.twin().parts().get(WeightMemory.TYPE).newest().orElseThrow().milli()).isEqualTo(100_100);
        scale.at(seven(3), 100.2);
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldLeaveOutWhatIsSuspect() {
        mornings(80.0, 80.0, 80.0);
        scale.suspect(seven(3), 82.2);
        bench.until(4L * DAY);
        assertThat(bench.log()).isEmpty();
        assertThat(bench.twin().parts().get(WeightMemory.TYPE).newest().orElseThrow().milli()).isEqualTo(80_000);
    }

    @Test
    void shouldTakeTheWeightsOfTwoScalesForOnePerson() {
        mornings(80.0, 80.0, 80.0);
        bench.feed("other", Vital.BODY_WEIGHT, Grade.MEDICAL_HOME, Duration.ofDays(1)).at(seven(3), 82.1);
        assertThat(bench.log()).hasSize(1);
        assertThat(bench.alert(0).evidence()).extracting(AlertChange.Proof::deviceId).containsExactly("body_weight-CONSUMER", "other");
    }

    @Test
    void shouldForgetWhenTheWeightIsNoLongerCovered() {
        mornings(80.0, 80.0, 80.0);
        TwinFold.keep(bench.twin(), EnumSet.complementOf(EnumSet.of(Vital.BODY_WEIGHT)));
        assertThat(bench.twin().parts().find(WeightMemory.TYPE)).isEmpty();
        scale.at(seven(3), 82.1);
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldTellOnceThatTwoPeopleUseTheScale() {
        mornings(82.1, 82.3);
        scale.suspect(seven(2), 61.5);
        assertThat(bench.log()).as("one alternation").isEmpty();
        scale.at(seven(3), 82.4);
        scale.suspect(seven(4), 61.8);
        scale.at(seven(5), 82.2);
        assertThat(bench.log()).containsExactly("RAISED DATA_QUALITY LOW " + seven(3));
        assertThat(bench.alert(0).text()).contains("two people");
        // When: nobody else for a week
        store();
        bench.until(12L * DAY + SEVEN - 1);
        assertThat(bench.log()).hasSize(1);
        bench.until(12L * DAY + SEVEN);
        assertThat(bench.log()).last().isEqualTo("CLEARED DATA_QUALITY LOW " + (12L * DAY + SEVEN));
    }

    @Test
    void shouldEndTheNoticeOfTheScaleWhenTheWeightIsNoLongerCovered() {
        mornings(82.1, 82.3);
        scale.suspect(seven(2), 61.5);
        scale.at(seven(3), 82.4);
        bench.twin().monitored(true);
        EnumSet<Vital> covered = EnumSet.complementOf(EnumSet.of(Vital.BODY_WEIGHT));
        TwinFold.keep(bench.twin(), covered);
        ConsentRule.onCovered(bench.turn(seven(4)), covered, false, "CONSENT_CHANGED", RuleBench.millis(seven(4)));
        assertThat(bench.log()).last().isEqualTo("CLEARED DATA_QUALITY LOW " + seven(4));
        assertThat(bench.twin().parts().nextDue()).isEqualTo(Parts.NEVER);
    }

    @Test
    void shouldDecideTheSameWhenItIsStoredAfterEachReading() {
        for (long seed = 1; seed <= 40; seed++) {
            assertThat(course(seed, true)).as("seed %d", seed).isEqualTo(course(seed, false)).isNotEmpty();
        }
    }

    private static List<String> course(long seed, boolean stored) {
        Random random = new Random(seed);
        RuleBench one = RuleBench.adult().has("heart_failure");
        Feed scale = one.feed(Vital.BODY_WEIGHT, Grade.CONSUMER, Duration.ofDays(1));
        double weight = 80;
        for (int day = 0; day < 60; day++) {
            weight += random.nextGaussian() * 1.2;
            int times = random.nextInt(3);
            for (int i = 0; i < times; i++) {
                scale.at((long) day * DAY + random.nextInt(12) * HOUR + i * 12L * HOUR, Math.round(weight * 10 + i) / 10.0);
                if (stored) {
                    one.twin(TwinState.decode(one.twin().encode(TwinState.scratch())));
                }
            }
            one.until((day + 1L) * DAY);
        }
        return one.log();
    }

    @Test
    void shouldTakeFewBytes() {
        for (int day = 0; day < 30; day++) {
            scale.at(seven(day), 80 + day % 7 / 10.0);
        }
        ByteBuffer out = ByteBuffer.allocate(10_000);
        bench.twin().parts().get(WeightMemory.TYPE).encode(out);
        assertThat(out.position()).isLessThanOrEqualTo(230);
    }

    private void store() {
        bench.twin(TwinState.decode(bench.twin().encode(TwinState.scratch())));
    }
}
