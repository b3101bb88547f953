package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static io.vitaltwin.twin.core.rules.RuleBench.HOUR;
import static io.vitaltwin.twin.core.rules.RuleBench.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 2.2, 2.3, 3.0 (NEWS2_*), 3.12.1 and 3.12.5. */
class News2RulesTest {

    private static final Duration SPOT = Duration.ofHours(4);

    private final RuleBench bench = RuleBench.adult();

    private Feed feed(Vital vital) {
        return bench.feed(vital, Grade.MEDICAL_HOME, SPOT);
    }

    /** A set on air, alert, 36.8 degrees. */
    private void set(long second, double breaths, double spo2, double systolic, double pulse) {
        set(second, breaths, spo2, 0, systolic, pulse, 'A', 36.8);
    }

    private void set(long second, double breaths, double spo2, double flow, double systolic, double pulse, char mind, double degrees) {
        feed(Vital.RESPIRATORY_RATE).at(second, breaths);
        feed(Vital.SPO2).at(second, spo2);
        feed(Vital.O2_FLOW).at(second, flow);
        feed(Vital.BP_SYSTOLIC).at(second, systolic);
        feed(Vital.HEART_RATE).at(second, pulse);
        feed(Vital.CONSCIOUSNESS).at(second, RuleBench.code(mind));
        feed(Vital.BODY_TEMPERATURE).at(second, degrees);
        bench.set(second);
    }

    /** A whole set with this total, without a single 3 below 7 points. */
    private void total(long second, int points) {
        switch (points) {
            case 0 -> set(second, 16, 97, 120, 72);
            case 1 -> set(second, 16, 97, 120, 95);
            case 2 -> set(second, 16, 97, 120, 115);
            case 4 -> set(second, 16, 97, 95, 115);
            case 5 -> set(second, 16, 95, 95, 115);
            case 6 -> set(second, 16, 93, 95, 115);
            case 7 -> set(second, 22, 95, 95, 115);
            case 8 -> set(second, 22, 93, 95, 115);
            default -> throw new IllegalArgumentException("no set with " + points);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "4, ''", "5, RAISED NEWS2_MEDIUM MEDIUM 0", "6, RAISED NEWS2_MEDIUM MEDIUM 0", "7, RAISED NEWS2_HIGH HIGH 0"})
    void shouldRaiseByTheBandOfACompleteScore(int points, String raised) {
        total(0, points);
        assertThat(String.join(",", bench.log())).isEqualTo(raised);
        assertThat(News2Rules.score(bench.turn(0), RuleBench.T0).orElseThrow().knownSum()).isEqualTo(points);
    }

    @Test
    void shouldRaiseASingleThree() {
        set(0, 25, 97, 120, 72);
        assertThat(bench.log()).containsExactly("RAISED NEWS2_SINGLE_3 MEDIUM 0");
        assertThat(bench.alert(0).text()).startsWith("NEWS2 computed from remote readings: total 3;").contains("one measurement alone scores 3");
    }

    @Test
    void shouldFollowTheCourseOfADay() {
        // Given: S02
        set(0, 16, 97, 120, 72);
        set(6 * HOUR, 18, 96, 0, 118, 88, 'A', 37.4);
        set(10 * HOUR, 21, 94, 0, 112, 104, 'A', 38.3);
        set(10 * HOUR + 30 * MINUTE, 21, 94, 0, 112, 104, 'A', 38.3);
        set(11 * HOUR, 25, 92, 0, 102, 118, 'A', 38.7);
        set(11 * HOUR + 15 * MINUTE, 24, 93, 2, 104, 112, 'A', 38.5);
        set(14 * HOUR, 20, 96, 2, 114, 98, 'A', 37.8);
        // When
        set(15 * HOUR, 18, 96, 0, 116, 88, 'A', 37.2);
        // Then
        assertThat(bench.log()).containsExactly(
                "RAISED NEWS2_MEDIUM MEDIUM " + 10 * HOUR,
                "RAISED FEVER LOW " + (10 * HOUR + 30 * MINUTE),
                "UPGRADED NEWS2_HIGH HIGH " + 11 * HOUR,
                "CLEARED NEWS2_HIGH HIGH " + 15 * HOUR);
    }

    @Test
    void shouldRaiseWhatAPartialScoreAlreadySays() {
        // Given: S03
        feed(Vital.BP_SYSTOLIC).at(0, 118);
        bench.onOxygen(false);
        feed(Vital.RESPIRATORY_RATE).at(13 * HOUR, 26);
        feed(Vital.SPO2).at(13 * HOUR, 90);
        feed(Vital.HEART_RATE).at(13 * HOUR, 112);
        feed(Vital.BODY_TEMPERATURE).at(13 * HOUR, 38.2);
        // When
        bench.set(13 * HOUR);
        // Then
        assertThat(bench.log()).containsExactly("RAISED NEWS2_HIGH HIGH " + 13 * HOUR);
        assertThat(Tag.of(bench.alert(0).tags())).containsExactly(Tag.PARTIAL);
        assertThat(bench.alert(0).text()).contains("at least 9 and at most 15, without bp_systolic, consciousness");
        assertThat(bench.alert(0).evidence()).extracting(Proof::vital).doesNotContain(Vital.BP_SYSTOLIC);
    }

    @Test
    void shouldRaiseNothingForAPartialScoreThatSaysNothing() {
        feed(Vital.HEART_RATE).at(0, 95);
        feed(Vital.BODY_TEMPERATURE).at(0, 37);
        bench.set(0);
        assertThat(bench.log()).isEmpty();
        assertThat(News2Rules.score(bench.turn(0), RuleBench.T0).orElseThrow().band()).isEmpty();
    }

    @Test
    void shouldRaiseASingleThreeOfAPartialScore() {
        feed(Vital.RESPIRATORY_RATE).at(0, 8);
        bench.set(0);
        assertThat(bench.log()).containsExactly("RAISED NEWS2_SINGLE_3 MEDIUM 0");
        assertThat(Tag.of(bench.alert(0).tags())).containsExactly(Tag.PARTIAL);
    }

    @Test
    void shouldNotScoreAPatientWhosePlanDoesNot() {
        bench.unscored();
        total(0, 8);
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldTellARepeatedSetOnce() {
        total(0, 7);
        total(MINUTE, 7);
        bench.set(MINUTE);
        total(2 * MINUTE, 8);
        assertThat(bench.log()).containsExactly("RAISED NEWS2_HIGH HIGH 0");
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "1, 0"})
    void shouldNoteARiseOfTwoWithinADay(int points, int raised) {
        total(0, 0);
        total(HOUR, points);
        assertThat(bench.log()).hasSize(raised).allMatch("RAISED NEWS2_RISING LOW 3600"::equals);
    }

    @ParameterizedTest
    @CsvSource({"90000, 1", "90001, 0"})
    void shouldForgetTheLowerTotalADayAfterItEnded(long second, int raised) {
        // Given: 0 points until one hour, 1 point from then on
        total(0, 0);
        total(HOUR, 1);
        // When
        total(second, 2);
        // Then
        assertThat(bench.log()).hasSize(raised);
    }

    @Test
    void shouldNotNoteARiseOfAPartialScore() {
        total(0, 0);
        feed(Vital.HEART_RATE).at(13 * HOUR, 115);
        bench.set(13 * HOUR);
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldNotNoteARiseThatHasStopped() {
        total(0, 0);
        total(HOUR, 2);
        total(2 * HOUR, 2);
        total(3 * HOUR, 2);
        assertThat(bench.told()).containsExactly("RAISED NEWS2_RISING LOW 3600");
    }

    @Test
    void shouldEndOnlyAtTheSecondLowerCompleteSet() {
        total(0, 5);
        total(MINUTE, 0);
        assertThat(bench.log()).hasSize(1);
        total(2 * MINUTE, 1);
        assertThat(bench.log()).containsExactly("RAISED NEWS2_MEDIUM MEDIUM 0", "CLEARED NEWS2_MEDIUM MEDIUM 120");
    }

    @Test
    void shouldCountLowerSetsInARowOnly() {
        total(0, 5);
        total(MINUTE, 0);
        total(2 * MINUTE, 5);
        total(3 * MINUTE, 0);
        assertThat(bench.twin().holds(RuleId.NEWS2_MEDIUM)).isTrue();
        total(4 * MINUTE, 0);
        assertThat(bench.twin().holds(RuleId.NEWS2_MEDIUM)).isFalse();
    }

    @Test
    void shouldNotCountTheSameTimeTwice() {
        total(0, 5);
        total(MINUTE, 0);
        bench.set(MINUTE).set(MINUTE);
        assertThat(bench.twin().holds(RuleId.NEWS2_MEDIUM)).isTrue();
    }

    @Test
    void shouldNotCountAPartialSetAsLower() {
        total(0, 5);
        total(HOUR, 0);
        feed(Vital.HEART_RATE).at(14 * HOUR, 72);
        bench.set(14 * HOUR);
        assertThat(bench.twin().holds(RuleId.NEWS2_MEDIUM)).isTrue();
    }

    @Test
    void shouldEaseFromHighToMediumAfterTwoSetsOfTheLowerBand() {
        total(0, 7);
        total(MINUTE, 5);
        assertThat(bench.log()).noneMatch(line -> line.startsWith("DOWNGRADED"));
        total(2 * MINUTE, 6);
        assertThat(bench.log()).last().isEqualTo("DOWNGRADED NEWS2_MEDIUM MEDIUM 120");
        total(3 * MINUTE, 0);
        total(4 * MINUTE, 0);
        assertThat(bench.log()).last().isEqualTo("CLEARED NEWS2_MEDIUM MEDIUM 240");
        assertThat(bench.told()).containsExactly("RAISED NEWS2_HIGH HIGH 0");
    }

    @Test
    void shouldUpgradeAgainAfterEasing() {
        total(0, 7);
        total(MINUTE, 5);
        total(2 * MINUTE, 5);
        total(3 * MINUTE, 8);
        assertThat(bench.told()).containsExactly("RAISED NEWS2_HIGH HIGH 0", "UPGRADED NEWS2_HIGH HIGH 180");
    }

    @Test
    void shouldCapAHighScoreThatRestsOnASuspectInput() {
        total(0, 4);
        feed(Vital.RESPIRATORY_RATE).suspect(MINUTE, 26);
        bench.set(MINUTE);
        assertThat(bench.told()).containsExactly("RAISED NEWS2_HIGH MEDIUM 60");
        assertThat(Tag.of(bench.alert(0).tags())).contains(Tag.SUSPECT_INPUT, Tag.REMEASURE);
    }

    @Test
    void shouldNotCapAHighScoreThatIsHighWithoutTheSuspectInput() {
        total(0, 8);
        feed(Vital.BODY_TEMPERATURE).suspect(MINUTE, 39.5);
        bench.set(MINUTE);
        assertThat(bench.alert(0).priority().name()).isEqualTo("HIGH");
        assertThat(bench.told()).hasSize(1);
    }

    @Test
    void shouldNotScoreAFlatline() {
        total(0, 0);
        feed(Vital.HEART_RATE).because(Reason.FLATLINE).suspect(MINUTE, 135);
        bench.set(MINUTE);
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldTakeTheNewestOfTwoDevices() {
        total(0, 0);
        bench.feed("second", Vital.RESPIRATORY_RATE, Grade.CLINICAL, SPOT).at(MINUTE, 26);
        bench.set(MINUTE);
        assertThat(bench.log()).containsExactly("RAISED NEWS2_SINGLE_3 MEDIUM 60");
    }

    @Test
    void shouldNameAgeAndDeviceOfEveryInput() {
        total(0, 7);
        assertThat(bench.alert(0).text()).contains("total 7", "respiratory_rate 22 /min from a medical home device, 0 seconds old",
                "consciousness A", "body_temperature 36.8 Cel");
        assertThat(bench.alert(0).evidence()).hasSize(7).extracting(Proof::role).containsOnly("score-input");
        assertThat(bench.alert(0).episodeStartMillis()).isEqualTo(RuleBench.T0);
    }

    @Test
    void shouldScoreAContinuousStreamForAQuarterOfAnHour() {
        total(0, 0);
        bench.feed("patch", Vital.HEART_RATE, Grade.MEDICAL_HOME, Duration.ofMinutes(1)).at(MINUTE, 135);
        bench.set(16 * MINUTE);
        assertThat(bench.log()).containsExactly("RAISED NEWS2_SINGLE_3 MEDIUM 960");
        RuleBench later = RuleBench.adult();
        later.feed("patch", Vital.HEART_RATE, Grade.MEDICAL_HOME, Duration.ofMinutes(1)).at(MINUTE, 135);
        later.set(16 * MINUTE + 1);
        assertThat(later.log()).isEmpty();
    }

    @Test
    void shouldFollowTheCadenceOfThePlan() {
        bench.cadence(Vital.HEART_RATE, Duration.ofHours(8));
        bench.feed("patch", Vital.HEART_RATE, Grade.MEDICAL_HOME, Duration.ofMinutes(1)).at(0, 135);
        bench.set(HOUR);
        assertThat(bench.log()).containsExactly("RAISED NEWS2_SINGLE_3 MEDIUM 3600");
    }
}
