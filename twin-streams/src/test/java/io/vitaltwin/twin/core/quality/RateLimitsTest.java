package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static io.vitaltwin.twin.core.quality.Stream.HOUR;
import static io.vitaltwin.twin.core.quality.Stream.MINUTE;
import static io.vitaltwin.twin.core.quality.Stream.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

/** DQ-10, both sides of each limit of CLINICAL.md 1.2. */
class RateLimitsTest {

    private static Stream stream(Vital vital, Duration interval) {
        return Stream.of(vital, "kit", Grade.MEDICAL_HOME, interval);
    }

    private static void assertJump(Stream stream, double from, double to, long gapMillis, boolean implausible) {
        // Given
        assertThat(stream.at(0, from).verdict()).isEqualTo(Verdict.ACCEPT);
        // When
        Judgement judgement = stream.at(gapMillis, to);
        // Then
        assertThat(judgement.has(Reason.RATE_IMPLAUSIBLE)).isEqualTo(implausible);
        assertThat(judgement.verdict()).isEqualTo(implausible ? Verdict.SUSPECT : Verdict.ACCEPT);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 70, 73, false", "1, 70, 73.001, true", "0.5, 70, 73, false", "0.5, 70, 73.001, true",
        "5, 70, 85, false", "5, 70, 85.001, true", "10, 70, 100, false", "10, 70, 100.001, true",
        "10.001, 70, 150, false", "10.001, 70, 150.001, true", "60, 70, 150, false", "60, 70, 150.001, true",
        "90, 60, 180, false", "90, 60, 180.001, true",
        "1, 160, 100, false", "1, 160, 99.999, true", "60, 160, 100, false", "60, 160, 99.999, true", "90, 160, 70, false", "90, 160, 69.999, true"})
    void shouldLimitTheRiseAndFallOfThePulse(double gapSeconds, double from, double to, boolean implausible) {
        assertJump(stream(Vital.HEART_RATE, Duration.ofMinutes(1)), from, to, Math.round(gapSeconds * SECOND), implausible);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 97, 93, false", "1, 97, 92.999, true", "1.001, 97, 87, false", "5, 97, 87, false", "5, 97, 86.999, true", "5.001, 97, 71, false",
        "60, 97, 86, false", "1, 75, 97, false"})
    void shouldLimitTheFallOfSaturationOnly(double gapSeconds, double from, double to, boolean implausible) {
        assertJump(stream(Vital.SPO2, Duration.ofSeconds(5)), from, to, Math.round(gapSeconds * SECOND), implausible);
    }

    @ParameterizedTest
    @CsvSource({"60, 12, 27, false", "60, 12, 27.001, true", "60, 27, 12, false", "60, 27, 11.999, true", "120, 12, 42, false", "120, 12, 42.001, true"})
    void shouldLimitTheBreaths(long gapSeconds, double from, double to, boolean implausible) {
        assertJump(stream(Vital.RESPIRATORY_RATE, Duration.ofMinutes(1)), from, to, gapSeconds * SECOND, implausible);
    }

    @ParameterizedTest
    @CsvSource({
        "BP_SYSTOLIC, 300, 120, 160, REST, false", "BP_SYSTOLIC, 300, 120, 160.001, REST, true", "BP_SYSTOLIC, 300, 160.001, 120, UNKNOWN, true",
        "BP_SYSTOLIC, 301, 120, 200, REST, false", "BP_SYSTOLIC, 300, 120, 200, LIGHT, false", "BP_SYSTOLIC, 300, 120, 161, SLEEP, true",
        "BP_DIASTOLIC, 300, 80, 105, REST, false", "BP_DIASTOLIC, 300, 80, 105.001, REST, true", "BP_DIASTOLIC, 300, 80, 54.999, REST, true",
        "BP_DIASTOLIC, 301, 80, 120, REST, false", "BP_MEAN, 60, 60, 150, REST, false"})
    void shouldLimitARepeatedPressureAtRest(Vital vital, long gapSeconds, double from, double to, Context context, boolean implausible) {
        assertJump(stream(vital, Duration.ofHours(12)).context(context), from, to, gapSeconds * SECOND, implausible);
    }

    @ParameterizedTest
    @CsvSource({
        "BODY_TEMPERATURE, 10, 37, 38, false", "BODY_TEMPERATURE, 10, 37, 38.001, true", "BODY_TEMPERATURE, 10, 38.001, 37, true",
        "BODY_TEMPERATURE, 11, 37, 39, false", "BODY_TEMPERATURE, 60, 37, 39.001, true", "BODY_TEMPERATURE, 90, 37, 40, false",
        "BODY_TEMPERATURE, 90, 37, 40.001, true",
        "SKIN_TEMPERATURE, 1, 33, 36, false", "SKIN_TEMPERATURE, 10, 33, 36.001, true", "SKIN_TEMPERATURE, 20, 30, 36, false"})
    void shouldLimitTemperatures(Vital vital, long gapMinutes, double from, double to, boolean implausible) {
        assertJump(stream(vital, Duration.ofMinutes(20)), from, to, gapMinutes * MINUTE, implausible);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 200, 150, false", "5, 200, 149.999, true", "5, 100, 150, false", "5, 100, 150.001, true",
        "1, 100, 110, false", "1, 100, 110.001, true", "0.5, 100, 110, false", "0.5, 100, 110.001, true",
        "50, 450, 41, false", "51, 450, 41, false"})
    void shouldLimitOneStepOfGlucoseToTenAMinute(double gapMinutes, double from, double to, boolean implausible) {
        assertJump(stream(Vital.GLUCOSE_INTERSTITIAL, Duration.ofMinutes(5)), from, to, Math.round(gapMinutes * MINUTE), implausible);
    }

    @ParameterizedTest
    @CsvSource({
        "200, 174.999, 149.998, true", "200, 174.999, 149.999, false", "200, 175, 149.999, false", "100, 126, 152, true",
        "200, 170, 199, false", "200, 200, 170, false"})
    void shouldLimitTwoStepsOfGlucoseInOneDirectionToFiveAMinute(double first, double second, double third, boolean implausible) {
        // Given
        Stream cgm = stream(Vital.GLUCOSE_INTERSTITIAL, Duration.ofMinutes(5));
        cgm.at(0, first);
        assertThat(cgm.at(5 * MINUTE, second).verdict()).isEqualTo(Verdict.ACCEPT);
        // When
        Judgement judgement = cgm.at(10 * MINUTE, third);
        // Then
        assertThat(judgement.has(Reason.RATE_IMPLAUSIBLE)).isEqualTo(implausible);
    }

    @Test
    void shouldCompareMolarGlucoseInTheCanonicalUnit() {
        Stream cgm = stream(Vital.GLUCOSE_INTERSTITIAL, Duration.ofMinutes(5)).in(Unit.MMOL_PER_L);
        cgm.at(0, 10.0);
        assertThat(cgm.at(5 * MINUTE, 7.3).has(Reason.RATE_IMPLAUSIBLE)).as("48.6 mg/dL").isFalse();
        assertThat(cgm.at(10 * MINUTE, 4.5).has(Reason.RATE_IMPLAUSIBLE)).as("twice over 5 mg/dL a minute").isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "24, 60, 62.5, false", "24, 60, 62.501, true", "24, 60, 57.499, true", "24, 100, 103, false", "24, 100, 103.001, true",
        "12, 100, 103.001, true", "48, 100, 106, false", "48, 100, 106.001, true", "24, 100, 96.999, true"})
    void shouldLimitWeightToTheLargerOfTwoAndAHalfKilogramsAndThreePercent(long gapHours, double from, double to, boolean implausible) {
        assertJump(stream(Vital.BODY_WEIGHT, Duration.ofHours(24)), from, to, gapHours * HOUR, implausible);
    }

    @ParameterizedTest
    @CsvSource({"HRV_RMSSD, 30, 90, false", "HRV_RMSSD, 30, 90.001, true", "HRV_RMSSD, 90, 30, false", "HRV_SDNN, 90, 29.999, true"})
    void shouldLimitVariabilityToAThirdOrThreeTimes(Vital vital, double from, double to, boolean implausible) {
        assertJump(stream(vital, Duration.ofHours(24)), from, to, 24 * HOUR, implausible);
    }

    @ParameterizedTest
    @CsvSource({"INTER_BEAT_INTERVAL, 600, 1400", "STEPS, 0, 200", "GLUCOSE_CAPILLARY, 80, 300", "SLEEP_DURATION, 8, 3", "O2_FLOW, 0, 10"})
    void shouldNotLimitTheOthers(Vital vital, double from, double to) {
        assertJump(stream(vital, Duration.ofMinutes(1)), from, to, MINUTE, false);
    }

    @ParameterizedTest
    @CsvSource({"600, true", "601, false"})
    void shouldCompareUpToTenIntervals(long gapSeconds, boolean compared) {
        assertJump(stream(Vital.RESPIRATORY_RATE, Duration.ofMinutes(1)), 4, 100, 1, true);
        Stream glucose = stream(Vital.GLUCOSE_INTERSTITIAL, Duration.ofMinutes(1));
        assertJump(glucose, 41, 141.2, gapSeconds * SECOND, compared);
    }

    @Test
    void shouldCompareWithTheLastAcceptedValueAndNotWithASuspectOne() {
        // Given
        Stream pulse = stream(Vital.HEART_RATE, Duration.ofSeconds(10));
        pulse.at(0, 70);
        assertThat(pulse.at(10 * SECOND, 170).has(Reason.RATE_IMPLAUSIBLE)).isTrue();
        // When, Then
        assertThat(pulse.at(20 * SECOND, 71).verdict()).as("71 after 70, not after 170").isEqualTo(Verdict.ACCEPT);
    }

    @Test
    void shouldCompareAReadingOutOfOrderWithWhatWasMeasuredBeforeIt() {
        Stream pulse = stream(Vital.HEART_RATE, Duration.ofSeconds(10));
        pulse.at(0, 70);
        pulse.at(60 * SECOND, 149);
        assertThat(pulse.at(10 * SECOND, 95).has(Reason.RATE_IMPLAUSIBLE)).as("25 in 10 s").isFalse();
        assertThat(pulse.at(5 * SECOND, 90).has(Reason.RATE_IMPLAUSIBLE)).as("20 in 5 s").isTrue();
    }
}
