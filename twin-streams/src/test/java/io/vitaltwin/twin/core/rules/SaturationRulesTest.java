package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static io.vitaltwin.twin.core.rules.RuleBench.HOUR;
import static io.vitaltwin.twin.core.rules.RuleBench.MINUTE;
import static io.vitaltwin.twin.core.rules.RuleBench.T0;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 3.0 (SPO2_*, COPD_SPO2_*), 3.11, 3.12.2 and 0 (sustained). */
class SaturationRulesTest {

    private final RuleBench bench = RuleBench.adult();
    private final Feed finger = bench.feed(Vital.SPO2, Grade.MEDICAL_HOME, Duration.ofSeconds(5));

    private static Feed slow(RuleBench bench, Grade grade) {
        return bench.feed(Vital.SPO2, grade, Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @CsvSource({"91, 120, 1", "91.001, 120, 0", "92, 600, 0", "91, 115, 0", "90, 120, 1"})
    void shouldRaiseLowAtItsLimitAndDuration(double percent, long lastSecond, int raised) {
        finger.hold(0, lastSecond, percent);
        assertThat(bench.log()).hasSize(raised).allMatch("RAISED SPO2_LOW MEDIUM 120"::equals);
    }

    @ParameterizedTest
    @CsvSource({"87, 60, HIGH", "87, 55, ''", "87.001, 60, ''", "87.001, 120, MEDIUM"})
    void shouldRaiseCriticalAtItsLimitAndDuration(double percent, long lastSecond, String priority) {
        finger.hold(0, lastSecond, percent);
        assertThat(bench.alerts().stream().map(change -> change.priority().name()).findFirst().orElse("")).isEqualTo(priority);
    }

    @Test
    void shouldTellOnceWhileTheConditionLasts() {
        finger.hold(0, 1800, 88);
        assertThat(bench.log()).containsExactly("RAISED SPO2_LOW MEDIUM 120");
    }

    @ParameterizedTest
    @CsvSource({"91, 120, COPD_SPO2_LOW, 0", "87, 120, COPD_SPO2_LOW, 1", "87, 115, COPD_SPO2_LOW, 0", "87.001, 120, COPD_SPO2_LOW, 0",
        "83, 60, COPD_SPO2_CRIT, 1", "83.001, 60, COPD_SPO2_CRIT, 0", "83, 55, COPD_SPO2_CRIT, 0"})
    void shouldUseTheLimitsOfScaleTwo(double percent, long lastSecond, RuleId rule, int raised) {
        bench.scale2();
        finger.hold(0, lastSecond, percent);
        assertThat(bench.alerts()).hasSize(raised).allMatch(change -> change.rule() == rule);
    }

    @Test
    void shouldNotAlertAPatientOfScaleTwoWithinTheTarget() {
        // Given: S04 a
        RuleBench other = RuleBench.adult();
        bench.scale2();
        // When
        for (int i = 0; i <= 120; i++) {
            slow(bench, Grade.MEDICAL_HOME).at(i * MINUTE, 90 + i % 2);
            slow(other, Grade.MEDICAL_HOME).at(i * MINUTE, 90 + i % 2);
        }
        // Then
        assertThat(bench.log()).isEmpty();
        assertThat(other.log()).containsExactly("RAISED SPO2_LOW MEDIUM 120");
    }

    @Test
    void shouldMakeOneAlertOfAnEpisodeThatGoesDeepAndRecovers() {
        // Given: S07
        finger.hold(0, 300, 95);
        for (int k = 1; k <= 9; k++) {
            finger.at(300 + 5 * k, 95 - k);
        }
        // When
        finger.hold(350, 645, 86);
        for (int k = 1; k <= 9; k++) {
            finger.at(645 + 5 * k, 86 + k);
        }
        finger.hold(695, 1200, 95);
        // Then
        assertThat(bench.log()).containsExactly(
                "RAISED SPO2_CRIT HIGH 400",
                "DOWNGRADED SPO2_LOW MEDIUM 785",
                "CLEARED SPO2_LOW MEDIUM 800");
    }

    @Test
    void shouldUpgradeWithinTheEpisode() {
        finger.hold(0, 120, 90).hold(125, 185, 87);
        assertThat(bench.log()).containsExactly("RAISED SPO2_LOW MEDIUM 120", "UPGRADED SPO2_CRIT HIGH 185");
        assertThat(bench.alert(1).episodeStartMillis()).isEqualTo(bench.alert(0).episodeStartMillis()).isEqualTo(T0);
    }

    @ParameterizedTest
    @CsvSource({"93, 120, true", "93, 115, false", "92.999, 600, false"})
    void shouldEndLowOnlyAtTheUpperLimit(double percent, long seconds, boolean ended) {
        finger.hold(0, 120, 91).hold(125, 125 + seconds, percent);
        assertThat(bench.twin().episode(Family.SPO2).isEmpty()).isEqualTo(ended);
    }

    @ParameterizedTest
    @CsvSource({"90, 120, MEDIUM", "90, 115, HIGH", "89.999, 600, HIGH"})
    void shouldEaseCriticalOnlyAtItsOwnUpperLimit(double percent, long seconds, Priority priority) {
        finger.hold(0, 60, 87).hold(65, 65 + seconds, percent);
        assertThat(bench.twin().episode(Family.SPO2).orElseThrow().priority()).isEqualTo(priority);
    }

    @ParameterizedTest
    @CsvSource({"89, 120, true", "89, 115, false", "88.999, 600, false"})
    void shouldEndLowOfScaleTwo(double percent, long seconds, boolean ended) {
        bench.scale2();
        finger.hold(0, 120, 87).hold(125, 125 + seconds, percent);
        assertThat(bench.twin().episode(Family.SPO2).isEmpty()).isEqualTo(ended);
    }

    @Test
    void shouldEaseCriticalOfScaleTwo() {
        bench.scale2();
        finger.hold(0, 60, 83).hold(65, 185, 86);
        assertThat(bench.log()).containsExactly("RAISED COPD_SPO2_CRIT HIGH 60", "DOWNGRADED COPD_SPO2_LOW MEDIUM 185");
    }

    @Test
    void shouldNotChatterBetweenLimits() {
        // Given: S08 b
        finger.hold(0, 130, 90);
        // When
        for (int second = 135; second < 1800; second += 120) {
            finger.hold(second, second + 55, 92).hold(second + 60, second + 115, 90);
        }
        // Then
        assertThat(bench.log()).containsExactly("RAISED SPO2_LOW MEDIUM 120");
        assertThat(bench.twin().episode(Family.SPO2)).isPresent();
    }

    @Test
    void shouldNotRaiseWhatNeverLasts() {
        // Given: S08 a
        for (int second = 0; second < 1800; second += 120) {
            finger.hold(second, second + 55, 90).hold(second + 60, second + 115, 92);
        }
        assertThat(bench.log()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10, 1", "11, 0"})
    void shouldBreakARunAtAGapOfMoreThanTwoIntervals(long gapSeconds, int raised) {
        finger.hold(0, 60, 91).hold(60 + gapSeconds, 60 + gapSeconds + 60, 91);
        assertThat(bench.log()).hasSize(raised);
    }

    @Test
    void shouldNotBreakARunForOneSuspectSample() {
        finger.hold(0, 60, 91).suspect(65, 97).hold(70, 120, 91);
        assertThat(bench.log()).containsExactly("RAISED SPO2_LOW MEDIUM 120");
    }

    @Test
    void shouldNotExtendARunByASuspectSample() {
        finger.hold(0, 115, 91).suspect(120, 91);
        assertThat(bench.log()).isEmpty();
        finger.at(125, 91);
        assertThat(bench.log()).containsExactly("RAISED SPO2_LOW MEDIUM 125");
    }

    @Test
    void shouldBreakARunForTwoSuspectSamplesInARow() {
        finger.hold(0, 100, 91).suspect(105, 91).suspect(110, 91).hold(115, 230, 91);
        assertThat(bench.log()).isEmpty();
        finger.at(235, 91);
        assertThat(bench.log()).containsExactly("RAISED SPO2_LOW MEDIUM 235");
        assertThat(bench.alert(0).episodeStartMillis()).isEqualTo(RuleBench.millis(115));
    }

    @Test
    void shouldAllowSuspectSamplesThatAreNotInARow() {
        finger.hold(0, 30, 91).suspect(35, 91).at(40, 91).suspect(45, 91).hold(50, 120, 91);
        assertThat(bench.log()).containsExactly("RAISED SPO2_LOW MEDIUM 120");
    }

    @Test
    void shouldBreakAnEndingForTwoSuspectSamples() {
        finger.hold(0, 120, 91).hold(125, 200, 95).suspect(205, 95).suspect(210, 95).hold(215, 330, 95);
        assertThat(bench.log()).hasSize(1);
        finger.at(335, 95);
        assertThat(bench.log()).last().isEqualTo("CLEARED SPO2_LOW MEDIUM 335");
    }

    @Test
    void shouldIgnoreRejectedSamples() {
        finger.hold(0, 55, 91).reject(60, 97).reject(62, 97).hold(65, 120, 91);
        assertThat(bench.log()).containsExactly("RAISED SPO2_LOW MEDIUM 120");
    }

    @Test
    void shouldExtendARunBackwards() {
        Feed minute = slow(bench, Grade.MEDICAL_HOME);
        minute.at(120, 90).at(60, 90).at(0, 90);
        assertThat(bench.log()).containsExactly("RAISED SPO2_LOW MEDIUM 120");
        assertThat(bench.alert(0).episodeStartMillis()).isEqualTo(T0);
    }

    @Test
    void shouldNotExtendARunBackwardsOverASampleThatDoesNotMeetTheCondition() {
        slow(bench, Grade.MEDICAL_HOME).at(60, 95).at(120, 90).at(0, 90);
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldNotExtendARunBackwardsOverAGap() {
        slow(bench, Grade.MEDICAL_HOME).at(180, 90).at(59, 90);
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldEndARunForALateSampleInsideIt() {
        slow(bench, Grade.MEDICAL_HOME).at(0, 90).at(60, 90).at(90, 95).at(120, 90);
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldLeaveARunAloneForALateSampleBeforeIt() {
        slow(bench, Grade.MEDICAL_HOME).at(60, 90).at(120, 90).at(30, 97).at(180, 90);
        assertThat(bench.log()).containsExactly("RAISED SPO2_LOW MEDIUM 180");
    }

    @ParameterizedTest
    @CsvSource({"60, LOW, 1", "59, LOW, 0", "900, LOW, 1", "901, LOW, 0", "300, CRIT, 1", "301, CRIT, 0", "59, CRIT, 0"})
    void shouldTakeTwoSpotReadings(long apart, String level, int raised) {
        Feed spot = bench.feed("night", Vital.SPO2, Grade.MEDICAL_HOME, Duration.ofHours(8));
        double percent = level.equals("LOW") ? 91 : 87;
        spot.at(0, percent).at(apart, percent);
        assertThat(bench.alerts().stream().filter(change -> change.rule().name().endsWith(level))).hasSize(raised);
    }

    @Test
    void shouldEndASpotEpisodeByTwoReadings() {
        Feed spot = bench.feed("night", Vital.SPO2, Grade.MEDICAL_HOME, Duration.ofHours(8));
        spot.at(0, 90).at(300, 90).at(8 * HOUR, 95);
        assertThat(bench.log()).hasSize(1);
        spot.at(16 * HOUR, 93);
        assertThat(bench.log()).last().isEqualTo("CLEARED SPO2_LOW MEDIUM " + 16 * HOUR);
    }

    @ParameterizedTest
    @CsvSource({"60, 300, 1", "60, 299, 0", "100, 300, 1", "120, 240, 0"})
    void shouldAskAConsumerDeviceForThreeReadingsOverFiveMinutes(long second, long third, int raised) {
        Feed watch = bench.feed("watch", Vital.SPO2, Grade.CONSUMER, Duration.ofSeconds(150));
        watch.at(0, 91).at(second, 91).at(third, 91);
        assertThat(bench.log()).hasSize(raised);
    }

    @Test
    void shouldNotTakeTwoConsumerReadingsForThree() {
        Feed watch = bench.feed("watch", Vital.SPO2, Grade.CONSUMER, Duration.ofSeconds(300));
        watch.at(0, 85).at(300, 85);
        assertThat(bench.log()).isEmpty();
        watch.at(600, 85);
        assertThat(bench.log()).containsExactly("RAISED SPO2_CRIT MEDIUM 600");
    }

    @ParameterizedTest
    @CsvSource({"CONSUMER", "UNKNOWN"})
    void shouldCapAConsumerDeviceAtMedium(Grade grade) {
        // Given: S06
        Feed watch = bench.feed("watch", Vital.SPO2, grade, Duration.ofSeconds(60)).sigma(5);
        // When
        watch.hold(0, 9 * MINUTE, 96).hold(10 * MINUTE, 18 * MINUTE, 86);
        // Then
        assertThat(bench.told()).containsExactly("RAISED SPO2_CRIT MEDIUM 900");
        assertThat(Tag.of(bench.alert(0).tags())).containsExactly(Tag.UNVERIFIED, Tag.REMEASURE);
        assertThat(bench.alert(0).text()).containsIgnoringCase("unverified, confirm with a medical device");
    }

    @ParameterizedTest
    @CsvSource({"HEART_RATE, 111, HIGH", "HEART_RATE, 110.999, MEDIUM", "RESPIRATORY_RATE, 25, HIGH", "RESPIRATORY_RATE, 24, MEDIUM"})
    void shouldLiftTheCapByASecondAbnormalVital(Vital vital, double value, Priority priority) {
        // Given: S06 b
        Feed watch = bench.feed("watch", Vital.SPO2, Grade.CONSUMER, Duration.ofSeconds(60)).sigma(5);
        watch.hold(600, 840, 86);
        bench.feed("other", vital, Grade.CONSUMER, Duration.ofSeconds(60)).at(880, value);
        // When
        watch.at(900, 86);
        // Then
        assertThat(bench.log()).containsExactly("RAISED SPO2_CRIT " + priority + " 900");
        assertThat(Tag.CORROBORATED.bit() & bench.alert(0).tags()).isEqualTo(priority == Priority.HIGH ? Tag.CORROBORATED.bit() : 0);
    }

    @ParameterizedTest
    @CsvSource({"600, HIGH", "601, MEDIUM"})
    void shouldForgetTheOtherVitalAfterTenMinutes(long age, Priority priority) {
        bench.feed("patch", Vital.HEART_RATE, Grade.MEDICAL_HOME, Duration.ofSeconds(60)).at(0, 120);
        Feed watch = bench.feed("watch", Vital.SPO2, Grade.CONSUMER, Duration.ofSeconds(60));
        watch.at(age - 300, 86).at(age - 240, 86).at(age - 120, 86).at(age, 86);
        assertThat(bench.log()).containsExactly("RAISED SPO2_CRIT " + priority + " " + age);
    }

    @Test
    void shouldNotLiftTheCapByASuspectVital() {
        bench.feed("patch", Vital.HEART_RATE, Grade.MEDICAL_HOME, Duration.ofSeconds(60)).suspect(0, 150);
        slow(bench, Grade.CONSUMER).hold(0, 300, 86);
        assertThat(bench.log()).containsExactly("RAISED SPO2_CRIT MEDIUM 300");
    }

    @Test
    void shouldLiftTheCapByASymptom() {
        bench.symptom(0, "breathlessness");
        slow(bench, Grade.CONSUMER).hold(0, 300, 86);
        assertThat(bench.told()).containsExactly("RAISED SYMPTOM_REPORT MEDIUM 0", "RAISED SPO2_CRIT HIGH 300");
    }

    @ParameterizedTest
    @CsvSource({"600, HIGH", "601, MEDIUM"})
    void shouldForgetASymptomAfterTenMinutes(long age, Priority priority) {
        bench.symptom(0, "breathlessness");
        slow(bench, Grade.CONSUMER).hold(age - 300, age, 86);
        assertThat(bench.log()).last().isEqualTo("RAISED SPO2_CRIT " + priority + " " + age);
    }

    @ParameterizedTest
    @CsvSource({"87, HIGH", "88, MEDIUM"})
    void shouldLiftTheCapByASecondDevice(double percent, Priority priority) {
        Feed watch = slow(bench, Grade.CONSUMER);
        watch.hold(0, 240, 86);
        bench.feed("ring", Vital.SPO2, Grade.CONSUMER, Duration.ofSeconds(60)).at(290, percent);
        watch.at(300, 86);
        assertThat(bench.log()).containsExactly("RAISED SPO2_CRIT " + priority + " 300");
    }

    @Test
    void shouldUpgradeWhenSomethingSupportsItLater() {
        Feed watch = slow(bench, Grade.CONSUMER);
        watch.hold(0, 300, 86);
        bench.feed("patch", Vital.HEART_RATE, Grade.CONSUMER, Duration.ofSeconds(60)).at(355, 120);
        watch.at(360, 86);
        assertThat(bench.log()).containsExactly("RAISED SPO2_CRIT MEDIUM 300", "UPGRADED SPO2_CRIT HIGH 360");
    }

    @ParameterizedTest
    @CsvSource({"86, 3, HIGH", "86, 5, MEDIUM", "84, 5, HIGH", "87, 3, HIGH", "87, 4, MEDIUM", "86, 4, HIGH"})
    void shouldGateCriticalByTheMedianAndItsUncertainty(double percent, double sigma, Priority priority) {
        finger.sigma(sigma).hold(0, 60, percent);
        assertThat(bench.log()).containsExactly("RAISED SPO2_CRIT " + priority + " 60");
        assertThat((bench.alert(0).tags() & Tag.REMEASURE.bit()) != 0).isEqualTo(priority == Priority.MEDIUM);
    }

    @ParameterizedTest
    @CsvSource({"83, 3, HIGH", "83, 4, MEDIUM", "80, 5, HIGH"})
    void shouldGateCriticalOfScaleTwo(double percent, double sigma, Priority priority) {
        bench.scale2();
        finger.sigma(sigma).hold(0, 60, percent);
        assertThat(bench.log()).containsExactly("RAISED COPD_SPO2_CRIT " + priority + " 60");
    }

    @Test
    void shouldNotGateALowRunThatMetItsLimit() {
        finger.sigma(5).hold(0, 120, 91);
        assertThat(bench.log()).containsExactly("RAISED SPO2_LOW MEDIUM 120");
        assertThat(bench.alert(0).tags()).isZero();
    }

    @Test
    void shouldNeverAlertLowerForTheColourOfTheSkin() {
        finger.sigma(3).widened(3.6).hold(0, 60, 87);
        assertThat(bench.log()).containsExactly("RAISED SPO2_CRIT HIGH 60");
    }

    @Test
    void shouldGateTheMedianOfTheRunNotItsLastValue() {
        finger.sigma(5).hold(0, 50, 87).hold(55, 60, 70);
        assertThat(bench.log()).containsExactly("RAISED SPO2_CRIT MEDIUM 60");
    }

    @Test
    void shouldPassTheGateWhenCorroborated() {
        bench.feed("patch", Vital.HEART_RATE, Grade.MEDICAL_HOME, Duration.ofSeconds(60)).at(0, 115);
        finger.sigma(5).hold(0, 60, 87);
        assertThat(bench.log()).containsExactly("RAISED SPO2_CRIT HIGH 60");
        assertThat(bench.alert(0).evidence()).extracting(Proof::role).containsExactly("first", "last", "corroborating");
    }

    @Test
    void shouldShowWhatTheAlertRestsOn() {
        finger.hold(0, 120, 90);
        AlertChange raised = bench.alert(0);
        assertThat(raised.evidence()).extracting(proof -> proof.role() + " " + RuleBench.second(proof.point().effectiveMillis()))
                .containsExactly("first 0", "last 120");
        assertThat(raised.thresholds()).containsEntry("SPO2_LOW.on", 91_000L).containsEntry("SPO2_LOW.onSeconds", 120_000L);
        assertThat(raised.text()).isEqualTo("Oxygen saturation 90 % over 2 minutes (limit 91 %), measured by a medical home device.");
        assertThat(raised.predictive()).isFalse();
    }

    @Test
    void shouldFollowTheNumbersOfThePatient() {
        bench.override(RuleId.SPO2_LOW, "on", 89).override(RuleId.SPO2_LOW, "onSeconds", 60);
        finger.hold(0, 300, 90);
        assertThat(bench.log()).isEmpty();
        finger.hold(305, 365, 89);
        assertThat(bench.log()).containsExactly("RAISED SPO2_LOW MEDIUM 365");
        assertThat(bench.alert(0).thresholds()).containsEntry("SPO2_LOW.on", 89_000L);
    }

    @Test
    void shouldKeepTheEpisodeWhileAnotherDeviceStillShowsIt() {
        Feed other = bench.feed("other", Vital.SPO2, Grade.CLINICAL, Duration.ofSeconds(5));
        finger.hold(0, 120, 90);
        other.hold(0, 120, 90);
        finger.hold(125, 400, 97);
        assertThat(bench.log()).containsExactly("RAISED SPO2_LOW MEDIUM 120");
        other.hold(125, 245, 97);
        assertThat(bench.log()).last().isEqualTo("CLEARED SPO2_LOW MEDIUM 245");
    }

    @Test
    void shouldKeepTwoDevicesApart() {
        Feed other = bench.feed("other", Vital.SPO2, Grade.CLINICAL, Duration.ofSeconds(5));
        finger.hold(0, 100, 90);
        other.hold(0, 200, 97);
        finger.hold(105, 120, 90);
        assertThat(bench.log()).containsExactly("RAISED SPO2_LOW MEDIUM 120");
    }

    @Test
    void shouldBeginANewEpisodeAfterTheEnd() {
        finger.hold(0, 120, 90).hold(125, 245, 95).hold(250, 370, 90);
        assertThat(bench.log()).containsExactly("RAISED SPO2_LOW MEDIUM 120", "CLEARED SPO2_LOW MEDIUM 245", "RAISED SPO2_LOW MEDIUM 370");
        assertThat(bench.alert(2).episodeStartMillis()).isEqualTo(RuleBench.millis(250));
    }

    @Test
    void shouldTellTheEndOfBothLevelsAsOne() {
        finger.hold(0, 120, 86).hold(125, 245, 97);
        assertThat(bench.log()).containsExactly("RAISED SPO2_CRIT HIGH 60", "CLEARED SPO2_CRIT HIGH 245");
    }

    @Test
    void shouldEndAnEpisodeThatBeganOnTheOtherScale() {
        finger.hold(0, 120, 87);
        bench.scale2();
        finger.hold(125, 245, 92);
        assertThat(bench.log()).containsExactly("RAISED SPO2_CRIT HIGH 60", "CLEARED SPO2_CRIT HIGH 245");
        finger.hold(250, 370, 87);
        assertThat(bench.told()).last().isEqualTo("RAISED COPD_SPO2_LOW MEDIUM 370");
    }

    @Test
    void shouldNotAskTheContext() {
        finger.context(Context.UNKNOWN).hold(0, 120, 90);
        assertThat(bench.log()).hasSize(1);
    }
}
