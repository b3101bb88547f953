package io.vitaltwin.testbench.bench.ward;

import io.vitaltwin.testbench.bench.ward.PlainCounter.Alarm;
import io.vitaltwin.testbench.bench.ward.PlainCounter.Support;
import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.RuleSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PlainCounterTest {

    private static final RuleSet RULES = RuleSetFile.bundled();

    /** Both sides of each limit of CR 3.0. */
    @ParameterizedTest
    @CsvSource({
        "OXIMETER, SPO2, 91, SATURATION_LOW, 1", "OXIMETER, SPO2, 92, SATURATION_LOW, 0",
        "MONITOR, HEART_RATE, 131, PULSE_HIGH, 1", "MONITOR, HEART_RATE, 130, PULSE_HIGH, 0",
        "MONITOR, HEART_RATE, 40, PULSE_LOW, 1", "MONITOR, HEART_RATE, 41, PULSE_LOW, 0",
        "MONITOR, RESPIRATORY_RATE, 25, BREATHS_HIGH, 1", "MONITOR, RESPIRATORY_RATE, 24, BREATHS_HIGH, 0",
        "MONITOR, RESPIRATORY_RATE, 8, BREATHS_LOW, 1", "MONITOR, RESPIRATORY_RATE, 9, BREATHS_LOW, 0",
        "THERMOMETER, BODY_TEMPERATURE, 38.0, FEVER, 1", "THERMOMETER, BODY_TEMPERATURE, 37.9, FEVER, 0",
        "CUFF, BP_SYSTOLIC, 180, PRESSURE_HIGH, 1", "CUFF, BP_SYSTOLIC, 179, PRESSURE_HIGH, 0",
        "CUFF, BP_DIASTOLIC, 120, PRESSURE_HIGH, 1", "CUFF, BP_DIASTOLIC, 119, PRESSURE_HIGH, 0",
        "CUFF, BP_SYSTOLIC, 90, PRESSURE_LOW, 1", "CUFF, BP_SYSTOLIC, 91, PRESSURE_LOW, 0"})
    void shouldAlarmAtTheLimit(Bed bed, Vital vital, double value, Limit limit, int expected) {
        PlainCounter.Outcome outcome = PlainCounter.count(Patients.one().at(0, bed, vital, value).alive(), RULES);

        assertThat(outcome.alarms().stream().filter(alarm -> alarm.limit() == limit)).hasSize(expected);
        assertThat(outcome.beyond().getOrDefault(limit, 0)).isEqualTo(expected);
    }

    @Test
    void shouldAlarmOnceUntilTheValueHasBeenBack() {
        WardPatient patient = Patients.one().hourly(Bed.OXIMETER, Vital.SPO2, 90, 89, 95, 91, 91).alive();

        PlainCounter.Outcome outcome = PlainCounter.count(patient, RULES);

        assertThat(outcome.alarms()).containsExactly(new Alarm(Limit.SATURATION_LOW, Patients.T0),
                new Alarm(Limit.SATURATION_LOW, Patients.T0 + 180 * Patients.MINUTE));
        assertThat(outcome.beyond()).containsEntry(Limit.SATURATION_LOW, 4);
    }

    @Test
    void shouldCountAPressureOnceWhenBothItsNumbersAreHigh() {
        WardPatient patient = Patients.one().at(0, Bed.CUFF, Vital.BP_SYSTOLIC, 190).at(0, Bed.CUFF, Vital.BP_DIASTOLIC, 125).alive();

        assertThat(PlainCounter.count(patient, RULES).alarms()).hasSize(1);
    }

    @Test
    void shouldCompareFahrenheitAsCelsius() {
        WardReading hot = new WardReading(Bed.THERMOMETER, Vital.BODY_TEMPERATURE, Values.fahrenheit(100_400), Patients.T0, Patients.T0);
        WardReading warm = new WardReading(Bed.THERMOMETER, Vital.BODY_TEMPERATURE, Values.fahrenheit(100_300), Patients.T0, Patients.T0);

        assertThat(PlainCounter.count(new WardPatient("p", java.util.List.of(hot), false, 0, java.util.List.of()), RULES).alarms()).hasSize(1);
        assertThat(PlainCounter.count(new WardPatient("p", java.util.List.of(warm), false, 0, java.util.List.of()), RULES).alarms()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"120, 90, YES", "120, 95, NO", "121, 90, UNKNOWN"})
    void shouldLookAgainWithinTwoHours(long minute, double next, Support expected) {
        WardPatient patient = Patients.one().at(0, Bed.OXIMETER, Vital.SPO2, 90).at(minute, Bed.OXIMETER, Vital.SPO2, next).alive();

        assertThat(PlainCounter.support(patient, RULES, new Alarm(Limit.SATURATION_LOW, Patients.T0), Ward.SUPPORT_MILLIS)).isEqualTo(expected);
    }
}
