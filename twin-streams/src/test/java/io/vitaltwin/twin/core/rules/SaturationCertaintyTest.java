package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static io.vitaltwin.twin.core.rules.RuleBench.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

/** What a consumer device, a second sign and the uncertainty of the measurement do to a low saturation: CR 3.0 (column C), 3.11, 3.12.2; S06. */
@org.junit.jupiter.api.Tag("ethics")
class SaturationCertaintyTest {

    private final RuleBench bench = RuleBench.adult();
    private final Feed finger = bench.feed(Vital.SPO2, Grade.MEDICAL_HOME, Duration.ofSeconds(5));

    private static Feed slow(RuleBench bench, Grade grade) {
        return bench.feed(Vital.SPO2, grade, Duration.ofSeconds(60));
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
        assertThat(Tag.of(bench.alert(0).tags())).containsExactly(Tag.UNVERIFIED, Tag.REMEASURE, Tag.BORDERLINE);
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
        assertThat(Tag.of(bench.alert(0).tags())).containsExactly(Tag.BORDERLINE);
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
}
