package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class VitalLimitsTest {

    @ParameterizedTest
    @CsvSource({
        "HEART_RATE, 15, 30, 220, 300", "SPO2, 1, 70, 100, 100", "RESPIRATORY_RATE, 0, 4, 60, 100", "BP_SYSTOLIC, 40, 60, 260, 300",
        "BP_DIASTOLIC, 20, 30, 160, 200", "BP_MEAN, 30, 30, 200, 200", "BODY_TEMPERATURE, 25, 34, 42, 45", "SKIN_TEMPERATURE, 5, 28, 38, 45",
        "GLUCOSE_INTERSTITIAL, 10, 40, 500, 1000", "GLUCOSE_CAPILLARY, 10, 20, 600, 1000", "BODY_WEIGHT, 20, 30, 300, 500",
        "HRV_RMSSD, 1, 5, 250, 400", "HRV_SDNN, 1, 5, 300, 500", "INTER_BEAT_INTERVAL, 200, 300, 2000, 3000", "STEPS, 0, 0, 220, 300",
        "SLEEP_DURATION, 0, 1, 16, 24", "O2_FLOW, 0, 0, 15, 70"})
    void shouldIncludeBothEndsOfEachRange(Vital vital, long possibleFrom, long plausibleFrom, long plausibleTo, long possibleTo) {
        assertThat(VitalLimits.isPossible(vital, possibleFrom * 1_000)).isTrue();
        assertThat(VitalLimits.isPossible(vital, possibleFrom * 1_000 - 1)).isFalse();
        assertThat(VitalLimits.isPossible(vital, possibleTo * 1_000)).isTrue();
        assertThat(VitalLimits.isPossible(vital, possibleTo * 1_000 + 1)).isFalse();
        assertThat(VitalLimits.isPlausible(vital, plausibleFrom * 1_000)).isTrue();
        assertThat(VitalLimits.isPlausible(vital, plausibleFrom * 1_000 - 1)).isFalse();
        assertThat(VitalLimits.isPlausible(vital, plausibleTo * 1_000)).isTrue();
        assertThat(VitalLimits.isPlausible(vital, plausibleTo * 1_000 + 1)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"CONSCIOUSNESS", "ECG_RHYTHM"})
    void shouldNotMeasureCodes(Vital vital) {
        assertThat(VitalLimits.isPossible(vital, 'U')).isTrue();
        assertThat(VitalLimits.isPlausible(vital, 0)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"2200, 39634, true", "2199, 39616, false", "2221, 40013, true", "27755, 500023, false", "27753, 499987, true"})
    void shouldHoldMolarGlucoseToItsOwnLowerLimit(long milli, long canonical, boolean plausible) {
        assertThat(VitalLimits.isPlausible(Vital.GLUCOSE_INTERSTITIAL, canonical, milli, Unit.MMOL_PER_L)).isEqualTo(plausible);
    }

    @ParameterizedTest
    @CsvSource({"-1, 220", "15, 220", "20, 220", "21, 219", "60, 180", "90, 150", "120, 120", "130, 120"})
    void shouldLowerTheOpticalPulseLimitWithAge(int years, long limit) {
        assertThat(VitalLimits.opticalPulseLimit(years)).isEqualTo(limit * 1_000);
    }

    @ParameterizedTest
    @CsvSource({"watch, CONSUMER, true", "ring, CONSUMER, true", "tracker, CONSUMER, true", "finger-oximeter, CONSUMER, true",
        "chest-strap, CONSUMER, false", "patch, CONSUMER, false", "watch, MEDICAL_HOME, false", "watch, CLINICAL, false", "'', UNKNOWN, true"})
    void shouldKnowConsumerOpticalSensors(String kind, Grade grade, boolean optical) {
        assertThat(VitalLimits.isConsumerOptical(Stream.device(kind, grade, Duration.ofMinutes(1)))).isEqualTo(optical);
    }

    @ParameterizedTest
    @CsvSource({"HEART_RATE, PT15M, PT15M", "SPO2, PT15M, PT12H", "RESPIRATORY_RATE, PT15M, PT12H", "BP_SYSTOLIC, PT12H, PT12H",
        "BODY_TEMPERATURE, PT12H, PT12H", "GLUCOSE_INTERSTITIAL, PT15M, PT15M", "GLUCOSE_CAPILLARY, PT2H, PT2H", "BODY_WEIGHT, PT36H, PT36H",
        "HRV_RMSSD, PT36H, PT36H", "STEPS, PT24H, PT24H", "SLEEP_DURATION, PT36H, PT36H", "CONSCIOUSNESS, PT12H, PT12H", "O2_FLOW, PT24H, PT24H"})
    void shouldKnowHowLongAValueIsCurrent(Vital vital, Duration continuous, Duration spot) {
        assertThat(VitalLimits.ttlMillis(vital, true)).isEqualTo(continuous.toMillis());
        assertThat(VitalLimits.ttlMillis(vital, false)).isEqualTo(spot.toMillis());
    }

    @ParameterizedTest
    @CsvSource({"PT1H, true, PT15M", "PT1H0.001S, false, PT24H", "PT5S, true, PT15M", "PT24H, false, PT24H"})
    void shouldDivideContinuousFromSpotAtAnHour(Duration interval, boolean continuous, Duration lateAfter) {
        assertThat(VitalLimits.isContinuous(interval.toMillis())).isEqualTo(continuous);
        assertThat(VitalLimits.lateAfterMillis(interval.toMillis())).isEqualTo(lateAfter.toMillis());
    }

    @Test
    void shouldTakeTheDevicesIntervalOverTheDefault() {
        assertThat(VitalLimits.intervalMillis(Vital.HEART_RATE, Stream.device("watch", Grade.CONSUMER, Duration.ofSeconds(5)))).isEqualTo(5_000);
        assertThat(VitalLimits.intervalMillis(Vital.HEART_RATE, Device.unregistered("x"))).isEqualTo(60_000);
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveADefaultIntervalForEachVital(Vital vital) {
        assertThat(VitalLimits.intervalMillis(vital, Device.unregistered("x"))).isPositive();
    }
}
