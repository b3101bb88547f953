package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Arrays;

import static io.vitaltwin.twin.core.rules.RuleBench.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 3.0 (CGM_*), 3.4 with its vectors, 3.12.10. */
class GlucoseRulesTest {

    private static final int FIVE = 5 * MINUTE;

    private final RuleBench bench = RuleBench.adult();
    private final Feed sensor = sensor(Grade.MEDICAL_HOME, 5);

    private Feed sensor(Grade grade, int minutes) {
        return bench.feed("sensor" + grade + minutes, Vital.GLUCOSE_INTERSTITIAL, grade, Duration.ofMinutes(minutes));
    }

    private static double[] times(int count, double value) {
        double[] values = new double[count];
        Arrays.fill(values, value);
        return values;
    }

    @Test
    void shouldWarnBeforeAnUrgentLowAndThenUpgrade() {
        // Given: CR 3.4, S14
        sensor.series(0, 160, 145, 130, 115, 100, 85, 70, 55, 40, 40, 40);
        // Then
        assertThat(bench.told()).containsExactly("RAISED CGM_URGENT_LOW_SOON MEDIUM 900", "UPGRADED CGM_URGENT_LOW HIGH 2100");
        assertThat(bench.log()).contains("UPDATED CGM_HYPO_L2 HIGH 3000");
        assertThat(bench.alert(0).predictive()).isTrue();
        assertThat(bench.alert(1).predictive()).isFalse();
        assertThat(bench.alert(1).episodeStartMillis()).isEqualTo(bench.alert(0).episodeStartMillis()).isEqualTo(RuleBench.T0);
    }

    @Test
    void shouldWarnAtASlopeOfOneAMinute() {
        // Given: CR 3.4, falling 1/min from 110: soon at 35 min (75), urgent at 55 min
        for (int i = 0; i <= 11; i++) {
            sensor.at((long) i * FIVE, 110 - 5 * i);
        }
        assertThat(bench.told()).containsExactly("RAISED CGM_URGENT_LOW_SOON MEDIUM 2100", "UPGRADED CGM_URGENT_LOW HIGH 3300");
    }

    @Test
    void shouldNotWarnOfASlowerFall() {
        sensor.series(0, 71, 66.5, 62, 57.5, 56);
        assertThat(bench.log()).noneMatch(line -> line.contains("SOON"));
    }

    @Test
    void shouldNotWarnFromFewerThanFourReadings() {
        sensor.series(0, 100, 80, 60);
        assertThat(bench.log()).isEmpty();
        sensor.at(3L * FIVE, 58);
        assertThat(bench.log()).containsExactly("RAISED CGM_URGENT_LOW_SOON MEDIUM 900");
    }

    @Test
    void shouldNotWarnOverAGap() {
        sensor.series(0, 130, 115, 100).at(2 * FIVE + 2 * FIVE + 1, 85);
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldWithdrawTheWarningAfterTwoSafePredictions() {
        sensor.series(0, 130, 115, 100, 85).series(4 * FIVE, 90, 95, 100);
        assertThat(bench.log()).startsWith("RAISED CGM_URGENT_LOW_SOON MEDIUM 900").hasSize(2);
        assertThat(bench.log()).last().asString().startsWith("CLEARED CGM_URGENT_LOW_SOON MEDIUM");
        assertThat(bench.twin().episode(Family.CGM_LOW)).isEmpty();
    }

    @Test
    void shouldNotWarnOfWhatHasCome() {
        sensor.series(0, 85, 75, 65, 55, 45, 40);
        assertThat(bench.told()).containsExactly("RAISED CGM_URGENT_LOW HIGH 900");
        assertThat(bench.twin().holds(RuleId.CGM_URGENT_LOW_SOON)).isFalse();
    }

    @Test
    void shouldLetAConsumerSensorWarnAtLowAndRaiseAtMedium() {
        sensor(Grade.CONSUMER, 5).series(0, 160, 145, 130, 115, 100, 85, 70, 55);
        assertThat(bench.told()).containsExactly("RAISED CGM_URGENT_LOW_SOON LOW 900", "UPGRADED CGM_URGENT_LOW MEDIUM 2100");
        assertThat(Tag.of(bench.alert(0).tags())).containsExactly(Tag.UNVERIFIED);
    }

    @ParameterizedTest
    @CsvSource({"55, MG_PER_DL, 1", "55.001, MG_PER_DL, 0", "3.1, MMOL_PER_L, 1", "3.101, MMOL_PER_L, 0", "3.06, MMOL_PER_L, 1"})
    void shouldRaiseAnUrgentLowAtOneReading(double value, Unit unit, int raised) {
        sensor.in(unit).at(0, value);
        assertThat(bench.log()).hasSize(raised).allMatch("RAISED CGM_URGENT_LOW HIGH 0"::equals);
    }

    @Test
    void shouldNotGateAnUrgentLow() {
        sensor.sigma(30).at(0, 55);
        assertThat(bench.log()).containsExactly("RAISED CGM_URGENT_LOW HIGH 0");
        assertThat(Tag.of(bench.alert(0).tags())).containsExactly(Tag.BORDERLINE);
    }

    @Test
    void shouldNotRaiseAnUrgentLowForASuspectOrAnOldReading() {
        sensor.suspect(0, 50);
        sensor.at(2L * FIVE, 100).at(FIVE, 50);
        assertThat(bench.log()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"69.999, MG_PER_DL, 1", "70, MG_PER_DL, 0", "3.8, MMOL_PER_L, 1", "3.9, MMOL_PER_L, 0", "3.899, MMOL_PER_L, 1"})
    void shouldRaiseLevelOneBelowTheLimitOfItsUnit(double value, Unit unit, int raised) {
        sensor.in(unit).series(0, value, value, value);
        assertThat(bench.log()).hasSize(raised).allMatch("RAISED CGM_HYPO_L1 LOW 600"::equals);
    }

    @ParameterizedTest
    @CsvSource({"1, 15", "5, 3", "15, 2", "10, 2", "4, 4"})
    void shouldCountReadingsInsteadOfMinutes(int interval, int needed) {
        Feed other = sensor(Grade.MEDICAL_HOME, interval);
        other.series(0, times(needed - 1, 65));
        assertThat(bench.log()).isEmpty();
        other.at((long) (needed - 1) * interval * MINUTE, 65);
        assertThat(bench.log()).containsExactly("RAISED CGM_HYPO_L1 LOW " + (needed - 1) * interval * MINUTE);
    }

    @Test
    void shouldNotRaiseAShortDip() {
        sensor.series(0, 84, 82, 80, 78, 74, 69, 68, 72, 75, 78);
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldRaiseAndEndADipOfThreeReadings() {
        sensor.series(0, 84, 82, 80, 78, 74, 69, 68, 69, 72, 75, 78);
        assertThat(bench.log()).containsExactly("RAISED CGM_HYPO_L1 LOW " + 35 * MINUTE, "CLEARED CGM_HYPO_L1 LOW " + 50 * MINUTE);
        assertThat(bench.alert(0).episodeStartMillis()).isEqualTo(RuleBench.millis(25 * MINUTE));
    }

    @ParameterizedTest
    @CsvSource({"53.999, MG_PER_DL, 1", "54, MG_PER_DL, 0", "2.9, MMOL_PER_L, 1", "3.0, MMOL_PER_L, 0"})
    void shouldReachLevelTwoBelowTheLimitOfItsUnit(double value, Unit unit, int reached) {
        sensor.in(unit).series(0, value, value, value);
        assertThat(bench.log().stream().filter(line -> line.contains("CGM_HYPO_L2 HIGH 600"))).hasSize(reached);
        assertThat(bench.told()).as("one alert").containsExactly("RAISED CGM_URGENT_LOW HIGH 0");
    }

    @ParameterizedTest
    @CsvSource({"70, 3, true", "70, 2, false", "69.999, 10, false"})
    void shouldEndAnUrgentLowAfterThreeReadingsAtSeventy(double value, int readings, boolean ended) {
        sensor.at(0, 55).series(FIVE, times(readings, value));
        assertThat(bench.twin().holds(RuleId.CGM_URGENT_LOW)).isEqualTo(!ended);
        assertThat(bench.twin().episode(Family.CGM_LOW).isEmpty()).isEqualTo(ended);
    }

    @Test
    void shouldEndAnUrgentLowInMillimoles() {
        sensor.in(Unit.MMOL_PER_L).at(0, 3.0).series(FIVE, 3.9, 3.9, 3.9);
        assertThat(bench.log()).containsExactly("RAISED CGM_URGENT_LOW HIGH 0", "CLEARED CGM_URGENT_LOW HIGH 900");
    }

    @Test
    void shouldTellTheEndOfAllLevelsAsOne() {
        sensor.series(0, 53, 53, 53, 70, 70, 70);
        assertThat(bench.log()).last().isEqualTo("CLEARED CGM_URGENT_LOW HIGH 1500");
        assertThat(bench.log()).noneMatch(line -> line.startsWith("DOWNGRADED"));
    }

    @Test
    void shouldEndLevelTwoBeforeLevelOne() {
        bench.override(RuleId.CGM_URGENT_LOW, "on", 20);
        sensor.series(0, 53, 53, 53, 54, 54, 54, 70, 70, 70);
        assertThat(bench.log()).containsExactly(
                "RAISED CGM_HYPO_L2 HIGH 600",
                "UPDATED CGM_HYPO_L1 HIGH 600",
                "DOWNGRADED CGM_HYPO_L1 LOW 1500",
                "CLEARED CGM_HYPO_L1 LOW 2400");
    }

    @ParameterizedTest
    @CsvSource({"23, 0", "24, 1"})
    void shouldCallALowExtendedAfterTwoHours(int readings, int reached) {
        sensor.series(0, times(readings, 65));
        assertThat(bench.told().stream().filter("UPGRADED CGM_HYPO_EXTENDED HIGH 6900"::equals)).hasSize(reached);
    }

    @Test
    void shouldEndAnExtendedLowWithLevelOne() {
        sensor.series(0, times(24, 65)).series(24 * FIVE, 70, 70, 70);
        assertThat(bench.twin().episode(Family.CGM_LOW)).isEmpty();
        assertThat(bench.told()).hasSize(2);
    }

    @Test
    void shouldCapAConsumerSensorAtMedium() {
        sensor(Grade.UNKNOWN, 5).series(0, times(24, 53));
        assertThat(bench.told()).containsExactly("RAISED CGM_URGENT_LOW MEDIUM 0");
    }

    @Test
    void shouldBreakALowAtAGap() {
        sensor.series(0, 65, 65).at(FIVE + 2 * FIVE + 1, 65).at(FIVE + 3 * FIVE, 65);
        assertThat(bench.log()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"250.001, MG_PER_DL, 1", "250, MG_PER_DL, 0", "13.9, MMOL_PER_L, 0", "13.901, MMOL_PER_L, 1", "14.0, MMOL_PER_L, 1"})
    void shouldNoteVeryHighGlucoseAboveTheLimitOfItsUnit(double value, Unit unit, int raised) {
        sensor.in(unit).series(0, value, value, value);
        assertThat(bench.log()).hasSize(raised).allMatch("RAISED CGM_HYPER_L2 INFO 600"::equals);
    }

    @ParameterizedTest
    @CsvSource({"17, 0", "18, 1"})
    void shouldUpgradeVeryHighGlucoseAfterNinetyMinutes(int readings, int upgraded) {
        sensor.series(0, times(readings, 260));
        assertThat(bench.told().stream().filter("UPGRADED CGM_HYPER_L2 MEDIUM 5100"::equals)).hasSize(upgraded);
    }

    @Test
    void shouldAddUpNinetyMinutesWithinTwoHours() {
        // Given: nine high, six not, nine high: eighteen of twenty-four
        sensor.series(0, times(9, 260)).series(9 * FIVE, times(6, 240)).series(15 * FIVE, times(9, 260));
        assertThat(bench.told()).containsExactly("RAISED CGM_HYPER_L2 INFO 600", "UPGRADED CGM_HYPER_L2 MEDIUM " + 23 * FIVE);
    }

    @Test
    void shouldNotAddUpOverMoreThanTwoHours() {
        sensor.series(0, times(9, 260)).series(9 * FIVE, times(7, 240)).series(16 * FIVE, times(9, 260));
        assertThat(bench.told()).containsExactly("RAISED CGM_HYPER_L2 INFO 600");
    }

    @Test
    void shouldCountReadingsThatNeverCameAsNotHigh() {
        sensor.series(0, times(17, 260)).at(23 * FIVE, 260);
        assertThat(bench.told()).hasSize(2);
        RuleBench other = RuleBench.adult();
        other.feed(Vital.GLUCOSE_INTERSTITIAL, Grade.MEDICAL_HOME, Duration.ofMinutes(5)).series(0, times(17, 260)).at(24 * FIVE, 260);
        assertThat(other.told()).hasSize(1);
    }

    @Test
    void shouldCapVeryHighGlucoseOfAConsumerSensorAtLow() {
        sensor(Grade.CONSUMER, 5).series(0, times(20, 300));
        assertThat(bench.told()).containsExactly("RAISED CGM_HYPER_L2 INFO 600", "UPGRADED CGM_HYPER_L2 LOW 5100");
    }

    @ParameterizedTest
    @CsvSource({"180, MG_PER_DL, 3, true", "180, MG_PER_DL, 2, false", "180.001, MG_PER_DL, 10, false", "10.0, MMOL_PER_L, 3, true",
        "10.001, MMOL_PER_L, 9, false"})
    void shouldEndVeryHighGlucose(double value, Unit unit, int readings, boolean ended) {
        sensor.series(0, 260, 260, 260).in(unit).series(3 * FIVE, times(readings, value));
        assertThat(bench.twin().episode(Family.CGM_HIGH).isEmpty()).isEqualTo(ended);
    }

    @Test
    void shouldKeepLowAndHighGlucoseApart() {
        sensor.series(0, 260, 260, 260).at(3L * FIVE, 55);
        assertThat(bench.told()).containsExactly("RAISED CGM_HYPER_L2 INFO 600", "RAISED CGM_URGENT_LOW HIGH 900");
        assertThat(bench.twin().episodes()).hasSize(2);
    }

    @Test
    void shouldSayThatALowMayComeFromPressureOnTheSensorAndDelayNothing() {
        // Given: S15
        sensor.context(Context.SLEEP).series(0, 118, 117, 116, 98, 76).because(Reason.COMPRESSION_POSSIBLE).series(5L * FIVE, 62, 57, 55, 54, 56);
        // Then
        assertThat(bench.told()).containsExactly("RAISED CGM_URGENT_LOW_SOON MEDIUM 1200", "UPGRADED CGM_URGENT_LOW HIGH 2100");
        assertThat(bench.alert(0).text()).doesNotContain("compression");
        assertThat(bench.alerts()).filteredOn(change -> change.rule() == RuleId.CGM_URGENT_LOW)
                .allMatch(change -> change.text().contains("pressure on the sensor (compression) is possible, not certain"));
    }

    @Test
    void shouldTellBesideTheAlertThatTheRecoveryFitsPressureOnTheSensor() {
        sensor.context(Context.SLEEP).series(0, 100, 55).because(Reason.COMPRESSION_CONFIRMED).at(2L * FIVE, 90);
        assertThat(bench.log()).contains("UPDATED CGM_URGENT_LOW HIGH 600");
        assertThat(bench.alerts().getLast().text()).contains("look like pressure on the sensor (compression)");
    }

    @Test
    void shouldTellNobodyAboutACompressionWithoutAnAlert() {
        sensor.because(Reason.COMPRESSION_CONFIRMED).at(0, 90);
        assertThat(bench.log()).isEmpty();
    }
}
