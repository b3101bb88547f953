package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.state.TwinState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.EnumSet;

import static io.vitaltwin.twin.core.rules.RuleBench.HOUR;
import static io.vitaltwin.twin.core.rules.RuleBench.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 3.0 (RESP_HIGH, RESP_DEPRESSION, APNOEA), 3.8, 3.12.8. */
class BreathingRulesTest {

    private final RuleBench bench = RuleBench.adult();

    private Feed breaths(String kind, Grade grade, Duration interval) {
        return bench.feed(kind + grade, kind, Vital.RESPIRATORY_RATE, grade, interval);
    }

    private Feed patch() {
        return breaths("patch", Grade.MEDICAL_HOME, Duration.ofMinutes(1));
    }

    private Feed capnograph() {
        return breaths("capnograph", Grade.CLINICAL, Duration.ofMinutes(1));
    }

    private Feed oximeter(Grade grade) {
        return bench.feed("oximeter" + grade, Vital.SPO2, grade, Duration.ofMinutes(1));
    }

    // ---- RESP_HIGH

    @ParameterizedTest
    @CsvSource({"25, 10, 1", "25, 9, 0", "24.999, 60, 0"})
    void shouldRaiseFastBreathingAtItsLimitAndDuration(double perMinute, int minutes, int raised) {
        patch().hold(0, minutes * MINUTE, perMinute);
        assertThat(bench.log()).hasSize(raised).allMatch("RAISED RESP_HIGH MEDIUM 600"::equals);
    }

    @ParameterizedTest
    @CsvSource({"REST, 1", "SLEEP, 1", "LIGHT, 0", "VIGOROUS, 0", "UNKNOWN, 0"})
    void shouldOnlyJudgeFastBreathingAtRest(Context context, int raised) {
        patch().context(context).hold(0, 20 * MINUTE, 30);
        assertThat(bench.log()).hasSize(raised);
    }

    @ParameterizedTest
    @CsvSource({"22, 10, true", "22, 9, false", "22.001, 60, false"})
    void shouldEndFastBreathingOnlyBelowItsLowerLimit(double perMinute, int minutes, boolean ended) {
        patch().hold(0, 10 * MINUTE, 26).hold(11 * MINUTE, (11 + minutes) * MINUTE, perMinute);
        assertThat(bench.log().contains("CLEARED RESP_HIGH MEDIUM 1260")).isEqualTo(ended);
        assertThat(bench.twin().episode(Family.RESP).isEmpty()).isEqualTo(ended);
    }

    @Test
    void shouldOnlyBeLowFromAConsumersDevice() {
        breaths("watch", Grade.CONSUMER, Duration.ofMinutes(1)).hold(0, 10 * MINUTE, 28);
        assertThat(bench.log()).containsExactly("RAISED RESP_HIGH LOW 600");
        assertThat(bench.alert(0).text()).contains("Unverified");
    }

    @Test
    void shouldLiftTheCapByOneLevelWithASymptom() {
        Feed watch = breaths("watch", Grade.CONSUMER, Duration.ofMinutes(1)).hold(0, 9 * MINUTE, 28);
        bench.symptom(9 * MINUTE, "breathlessness");
        watch.at(10 * MINUTE, 28);
        assertThat(bench.log()).last().isEqualTo("RAISED RESP_HIGH MEDIUM 600");
    }

    @Test
    void shouldLiftTheCapByOneLevelWithASecondDevice() {
        Feed watch = breaths("watch", Grade.CONSUMER, Duration.ofMinutes(1)).hold(0, 9 * MINUTE, 28);
        patch().at(9 * MINUTE + 30, 26);
        watch.at(10 * MINUTE, 28);
        assertThat(bench.log()).containsExactly("RAISED RESP_HIGH MEDIUM 600");
        assertThat(bench.alert(0).evidence()).extracting(AlertChange.Proof::role).contains("corroborating");
    }

    @Test
    void shouldSustainNothingFromAFewCountsADay() {
        breaths("kit", Grade.MEDICAL_HOME, Duration.ofHours(6)).at(0, 30).at(6 * HOUR, 30).at(12 * HOUR, 30).at(18 * HOUR, 4).at(24 * HOUR, 4);
        assertThat(bench.log()).isEmpty();
    }

    // ---- RESP_DEPRESSION

    @ParameterizedTest
    @CsvSource({"8, 3, RAISED RESP_DEPRESSION MEDIUM 180", "8, 2, ''", "8.001, 60, ''", "5, 3, RAISED RESP_DEPRESSION HIGH 180", "5, 2, ''",
        "5.001, 3, RAISED RESP_DEPRESSION MEDIUM 180"})
    void shouldRaiseSlowBreathingAtItsLimitsAndDuration(double perMinute, int minutes, String expected) {
        patch().hold(0, minutes * MINUTE, perMinute);
        assertThat(String.join("|", bench.log())).isEqualTo(expected);
    }

    @Test
    void shouldFollowTheCourseOfAnOpioidRespiratoryDepression() {
        // Given: S22
        Feed capnograph = capnograph();
        Feed oximeter = oximeter(Grade.CLINICAL).sigma(3);
        for (int minute = 0; minute < 35; minute++) {
            // When
            capnograph.at(minute * MINUTE, minute < 10 ? 12 : minute < 14 ? 7 : minute < 19 ? 4 : 12);
            oximeter.at(minute * MINUTE, minute < 12 ? 93 : minute < 16 ? 90 : minute == 16 ? 86 : minute < 19 ? 84 : 94);
        }
        // Then
        assertThat(bench.log()).filteredOn(line -> line.contains("RESP")).containsExactly(
                "RAISED RESP_DEPRESSION MEDIUM 780", "UPGRADED RESP_DEPRESSION HIGH 1020", "CLEARED RESP_DEPRESSION HIGH 1320");
        assertThat(bench.log()).filteredOn(line -> line.contains("SPO2")).startsWith("RAISED SPO2_LOW MEDIUM 840", "UPGRADED SPO2_CRIT HIGH 1020");
        assertThat(bench.alert(0).episodeStartMillis()).isEqualTo(RuleBench.millis(10 * MINUTE));
        assertThat(bench.alert(0).text()).contains("respiratory rate 7 /min (limit 8)", "3 minutes");
    }

    @Test
    void shouldOnlyInformAboutSlowBreathingFromAConsumersDevice() {
        breaths("watch", Grade.CONSUMER, Duration.ofMinutes(1)).hold(0, 10 * MINUTE, 4);
        assertThat(bench.log()).containsExactly("RAISED RESP_DEPRESSION INFO 180");
    }

    @Test
    void shouldSayNothingOfTheMeanOfANight() {
        breaths("watch", Grade.CONSUMER, Duration.ofHours(24)).context(Context.SLEEP).hold(0, 10 * 24 * HOUR, 4);
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldKeepHighOutOfTheUncertaintyGate() {
        capnograph().sigma(50).hold(0, 3 * MINUTE, 5);
        assertThat(bench.log()).containsExactly("RAISED RESP_DEPRESSION HIGH 180");
    }

    @Test
    void shouldNeedARunWithoutGaps() {
        Feed patch = patch().hold(0, 2 * MINUTE, 7).hold(4 * MINUTE + 1, 6 * MINUTE + 1, 7);
        assertThat(bench.log()).as("two minutes and a second between two samples").isEmpty();
        patch.at(7 * MINUTE + 1, 7);
        assertThat(bench.log()).containsExactly("RAISED RESP_DEPRESSION MEDIUM 421");
    }

    @ParameterizedTest
    @CsvSource({"10, 3, true", "10, 2, false", "9.999, 60, false"})
    void shouldEndSlowBreathingOnlyAboveItsUpperLimit(double perMinute, int minutes, boolean ended) {
        patch().hold(0, 3 * MINUTE, 7).hold(4 * MINUTE, (4 + minutes) * MINUTE, perMinute);
        assertThat(bench.log().contains("CLEARED RESP_DEPRESSION MEDIUM 420")).isEqualTo(ended);
    }

    @ParameterizedTest
    @CsvSource({"90, true", "89.999, false"})
    void shouldEndSlowBreathingOnlyWhenTheSaturationIsGoodToo(double percent, boolean ended) {
        Feed capnograph = capnograph().hold(0, 3 * MINUTE, 7);
        Feed oximeter = oximeter(Grade.CLINICAL).at(3 * MINUTE, 88);
        for (int minute = 4; minute <= 7; minute++) {
            capnograph.at(minute * MINUTE, 12);
            oximeter.at(minute * MINUTE, percent);
        }
        assertThat(bench.log().contains("CLEARED RESP_DEPRESSION MEDIUM 420")).isEqualTo(ended);
    }

    @Test
    void shouldNotWaitForASaturationThatIsNoLongerCurrent() {
        oximeter(Grade.CLINICAL).at(0, 88);
        capnograph().hold(0, 3 * MINUTE, 7).hold(4 * MINUTE, 15 * MINUTE, 12);
        assertThat(bench.log()).hasSize(1);
        capnograph().at(15 * MINUTE + 1, 12);
        assertThat(bench.log()).last().isEqualTo("CLEARED RESP_DEPRESSION MEDIUM 901");
    }

    // ---- the saturation leg

    @ParameterizedTest
    @CsvSource({"85, 3, 1", "85, 2, 0", "85.001, 10, 0"})
    void shouldTakeVeryLowSaturationForASignWhereBreathsAreCounted(double percent, int minutes, int raised) {
        capnograph().at(0, 14);
        oximeter(Grade.CLINICAL).hold(0, minutes * MINUTE, percent);
        assertThat(bench.log()).filteredOn("RAISED RESP_DEPRESSION HIGH 180"::equals).hasSize(raised);
    }

    @Test
    void shouldNotTakeSaturationForASignWithoutABreathLevelSource() {
        patch().at(0, 14);
        breaths("capnograph", Grade.CONSUMER, Duration.ofMinutes(1)).at(0, 14);
        oximeter(Grade.CLINICAL).hold(0, 30 * MINUTE, 80);
        assertThat(bench.log()).noneMatch(line -> line.contains("RESP"));
    }

    @Test
    void shouldNotTakeSaturationForASignOfSlowBreathingWhileItIsFast() {
        capnograph().hold(0, 10 * MINUTE, 30);
        oximeter(Grade.CLINICAL).hold(10 * MINUTE, 20 * MINUTE, 80);
        assertThat(bench.log()).filteredOn(line -> line.contains("RESP")).containsExactly("RAISED RESP_HIGH MEDIUM 600");
    }

    @Test
    void shouldEndWhatSaturationRaisedWhenBreathingAndSaturationAreGood() {
        Feed capnograph = capnograph();
        Feed oximeter = oximeter(Grade.CLINICAL);
        for (int minute = 0; minute <= 20; minute++) {
            capnograph.at(minute * MINUTE, 12);
            oximeter.at(minute * MINUTE, minute <= 5 ? 84 : 91);
        }
        assertThat(bench.log()).filteredOn(line -> line.contains("RESP")).containsExactly(
                "RAISED RESP_DEPRESSION HIGH 180", "CLEARED RESP_DEPRESSION HIGH 540");
        assertThat(bench.twin().parts().get(BreathMemory.TYPE).isEmpty()).isTrue();
    }

    @Test
    void shouldBreakTheRunOfLowSaturationByTwoDoubtfulValuesInARowOnly() {
        capnograph().at(0, 14);
        Feed oximeter = oximeter(Grade.CLINICAL).at(0, 84).suspect(MINUTE, 84).at(2 * MINUTE, 84).suspect(3 * MINUTE, 84).suspect(4 * MINUTE, 84)
                .at(5 * MINUTE, 84);
        assertThat(bench.log()).noneMatch(line -> line.contains("RESP"));
        oximeter.hold(6 * MINUTE, 8 * MINUTE, 84);
        assertThat(bench.log()).contains("RAISED RESP_DEPRESSION HIGH 480");
    }

    // ---- APNOEA

    private Feed often(Grade grade, int seconds) {
        return breaths("capnograph", grade, Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"10, 40, 1", "10, 30, 0", "5, 35, 1", "5, 30, 0", "1, 31, 1", "1, 30, 0", "11, 120, 0", "60, 600, 0"})
    void shouldRaiseApnoeaAfterMoreThanThirtySecondsWithoutABreath(int interval, int seconds, int raised) {
        often(Grade.CLINICAL, interval).hold(0, seconds, 0);
        assertThat(bench.log()).filteredOn(line -> line.startsWith("RAISED APNOEA HIGH")).hasSize(raised);
    }

    @ParameterizedTest
    @EnumSource(value = Grade.class, names = {"CONSUMER", "UNKNOWN"})
    void shouldNotBelieveAConsumersDeviceThatNobodyBreathes(Grade grade) {
        often(grade, 5).hold(0, 120, 0);
        assertThat(bench.log()).noneMatch(line -> line.contains("APNOEA"));
    }

    @Test
    void shouldNotBelieveASourceThatDoesNotCountBreaths() {
        breaths("patch", Grade.CLINICAL, Duration.ofSeconds(5)).hold(0, 120, 0);
        assertThat(bench.log()).noneMatch(line -> line.contains("APNOEA"));
    }

    @Test
    void shouldNotCallASlowBreathAnApnoea() {
        often(Grade.CLINICAL, 5).hold(0, 30, 0).at(35, 1).hold(40, 70, 0);
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldEndApnoeaAfterThreeMinutesOfNormalBreathing() {
        Feed capnograph = often(Grade.CLINICAL, 10).hold(0, 40, 0).hold(50, 220, 10);
        assertThat(bench.log()).containsExactly("RAISED APNOEA HIGH 40");
        capnograph.at(230, 10);
        assertThat(bench.log()).containsExactly("RAISED APNOEA HIGH 40", "CLEARED APNOEA HIGH 230");
    }

    @Test
    void shouldKeepOneEpisodeWhenAnApnoeaLastsIntoADepression() {
        often(Grade.CLINICAL, 10).hold(0, 300, 0);
        assertThat(bench.told()).containsExactly("RAISED APNOEA HIGH 40");
        assertThat(bench.log()).contains("UPDATED RESP_DEPRESSION HIGH 180");
    }

    // ---- two directions

    @Test
    void shouldEndFastBreathingByTheOppositeAndBeginAnother() {
        patch().hold(0, 10 * MINUTE, 26).hold(11 * MINUTE, 14 * MINUTE, 6);
        assertThat(bench.log()).containsExactly(
                "RAISED RESP_HIGH MEDIUM 600", "CLEARED RESP_HIGH MEDIUM 840", "RAISED RESP_DEPRESSION MEDIUM 840");
        assertThat(bench.alert(2).episodeStartMillis()).isEqualTo(RuleBench.millis(11 * MINUTE));
    }

    @Test
    void shouldEndSlowBreathingByTheOppositeAndBeginAnother() {
        patch().hold(0, 3 * MINUTE, 6).hold(4 * MINUTE, 14 * MINUTE, 26);
        assertThat(bench.log()).startsWith("RAISED RESP_DEPRESSION MEDIUM 180").contains("RAISED RESP_HIGH MEDIUM 840");
        assertThat(bench.twin().holds(RuleId.RESP_DEPRESSION)).isFalse();
    }

    @Test
    void shouldNotLetAConsumersFastBreathingEndADepression() {
        capnograph().hold(0, 3 * MINUTE, 4);
        breaths("watch", Grade.CONSUMER, Duration.ofMinutes(1)).hold(0, 20 * MINUTE, 30);
        assertThat(bench.log()).containsExactly("RAISED RESP_DEPRESSION HIGH 180");
    }

    @Test
    void shouldNotLetAConsumersSlowBreathingEndAFastOne() {
        patch().hold(0, 10 * MINUTE, 30);
        breaths("watch", Grade.CONSUMER, Duration.ofMinutes(1)).hold(10 * MINUTE, 20 * MINUTE, 4);
        assertThat(bench.log()).containsExactly("RAISED RESP_HIGH MEDIUM 600");
    }

    // ---- consent

    @Test
    void shouldEndWhenTheBreathsMayNoLongerBeUsed() {
        oximeter(Grade.CLINICAL).at(0, 95);
        patch().hold(0, 10 * MINUTE, 26);
        ConsentRule.onCovered(bench.turn(11 * MINUTE), EnumSet.of(Vital.SPO2), false, "CONSENT_CHANGED", RuleBench.millis(11 * MINUTE));
        assertThat(bench.log()).containsExactly("RAISED RESP_HIGH MEDIUM 600", "CLEARED RESP_HIGH MEDIUM 660");
    }

    // ---- state

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 9, 12, 16, 17, 20})
    void shouldDecideTheSameAfterStoringInMidRun(int storedAtMinute) {
        String kept = course(RuleBench.adult(), -1);
        assertThat(course(RuleBench.adult(), storedAtMinute)).isEqualTo(kept).contains("RESP_DEPRESSION HIGH", "CLEARED RESP_DEPRESSION");
    }

    private static String course(RuleBench bench, int storedAtMinute) {
        Feed capnograph = bench.feed("c", "capnograph", Vital.RESPIRATORY_RATE, Grade.CLINICAL, Duration.ofMinutes(1));
        Feed oximeter = bench.feed("o", Vital.SPO2, Grade.CLINICAL, Duration.ofMinutes(1));
        for (int minute = 0; minute <= 25; minute++) {
            if (minute == storedAtMinute) {
                bench.twin(TwinState.decode(bench.twin().encode(TwinState.scratch())));
            }
            capnograph.at(minute * MINUTE, minute < 10 ? 12 : minute < 15 ? 9 : 14);
            oximeter.at(minute * MINUTE, minute < 8 ? 95 : minute < 15 ? 83 : 92);
        }
        return bench.log().toString();
    }
}
