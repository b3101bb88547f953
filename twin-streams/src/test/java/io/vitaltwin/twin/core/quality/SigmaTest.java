package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The table of CLINICAL.md 4.4, cell by cell; R is "reject", - is nothing. */
class SigmaTest {

    private static final PatientFacts DARK = new PatientFacts(PatientFacts.NO_BIRTH_DATE, true, false);
    private static final PatientFacts APNOEA = new PatientFacts(PatientFacts.NO_BIRTH_DATE, false, true);

    private static double sigma(Vital vital, String kind, Grade grade, Context context, double value) {
        Device device = Stream.device(kind, grade, Duration.ofMinutes(1));
        return Sigma.of(vital, device, context, Stream.milli(value), PatientFacts.NONE);
    }

    private static void assertCell(double sigma, String cell) {
        switch (cell) {
            case "R" -> assertThat(Sigma.isRejected(sigma)).isTrue();
            case "-" -> assertThat(sigma).isNaN();
            default -> assertThat(sigma).isCloseTo(Double.parseDouble(cell), within(1e-9));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HEART_RATE, patch, CLINICAL, 72, 1 1.5 2.5 4 2.5",
        "HEART_RATE, finger-oximeter, MEDICAL_HOME, 72, 2 2.5 4 6 4",
        "HEART_RATE, ring, CONSUMER, 72, 1.5 3 8 14 8",
        "HEART_RATE, watch, CONSUMER, 72, 2.5 4 8 12 9",
        "HEART_RATE, tracker, CONSUMER, 72, 2.5 4 8 12 9",
        "HEART_RATE, chest-strap, CONSUMER, 72, 1.5 2 2.5 4 3",
        "HEART_RATE, watch, UNKNOWN, 72, 3.125 5 10 15 11.25",
        "HEART_RATE, '', UNKNOWN, 72, 3.125 5 10 15 11.25",
        "SPO2, finger-oximeter, CLINICAL, 95, 3 3 4 R 4",
        "SPO2, finger-oximeter, MEDICAL_HOME, 85, 3 3 4 R 4",
        "SPO2, finger-oximeter, CONSUMER, 85, 4 4 5 R 5",
        "SPO2, watch, CONSUMER, 90, 4 4 R R 6",
        "SPO2, watch, CONSUMER, 89.999, 4 5 R R 6",
        "SPO2, '', UNKNOWN, 95, 5 5 R R 7.5",
        "RESPIRATORY_RATE, capnograph, CLINICAL, 12, 1 1 2 4 2",
        "RESPIRATORY_RATE, kit, MEDICAL_HOME, 12, 1.5 2 4 R 3",
        "RESPIRATORY_RATE, watch, CONSUMER, 12, 1.7 3 5 R 5",
        "RESPIRATORY_RATE, watch, UNKNOWN, 12, 2.125 3.75 6.25 R 6.25",
        "BP_SYSTOLIC, cuff, MEDICAL_HOME, 120, 8 8 12 R 10",
        "BP_DIASTOLIC, cuff, CLINICAL, 80, 8 8 12 R 10",
        "BP_MEAN, cuff, CONSUMER, 90, 12 12 15 R 14",
        "BP_SYSTOLIC, wrist-cuff, CONSUMER, 120, 12 12 15 R 14",
        "BP_SYSTOLIC, cuffless, CONSUMER, 120, 15 15 R R 18",
        "BP_SYSTOLIC, cuffless, MEDICAL_HOME, 120, 15 15 R R 18",
        "BODY_TEMPERATURE, thermometer, CLINICAL, 37, 0.2 0.2 0.2 0.4 0.3",
        "BODY_TEMPERATURE, thermometer, MEDICAL_HOME, 37, 0.35 0.35 0.4 0.6 0.5",
        "BODY_TEMPERATURE, thermometer, CONSUMER, 37, 0.6 0.6 0.7 0.8 0.7",
        "SKIN_TEMPERATURE, skin-patch, CONSUMER, 33, 0.3 0.3 0.3 0.3 0.3",
        "GLUCOSE_CAPILLARY, glucose-meter, MEDICAL_HOME, 99, 7.65 7.65 7.65 7.65 7.65",
        "GLUCOSE_CAPILLARY, glucose-meter, MEDICAL_HOME, 100, 7.65 7.65 7.65 7.65 7.65",
        "GLUCOSE_CAPILLARY, glucose-meter, MEDICAL_HOME, 200, 15.3 15.3 15.3 15.3 15.3",
        "GLUCOSE_CAPILLARY, glucose-meter, CONSUMER, 100, 20 20 20 20 20",
        "GLUCOSE_CAPILLARY, '', UNKNOWN, 100, 25 25 25 25 25",
        "GLUCOSE_INTERSTITIAL, cgm, MEDICAL_HOME, 80, 10 10 10 13 10",
        "GLUCOSE_INTERSTITIAL, cgm, MEDICAL_HOME, 100, 12 12 12 15.6 12",
        "GLUCOSE_INTERSTITIAL, cgm, CONSUMER, 70, 15 15 15 15 15",
        "GLUCOSE_INTERSTITIAL, cgm, UNKNOWN, 100, 20 20 20 20 20",
        "BODY_WEIGHT, scale, MEDICAL_HOME, 82, 0.1 0.1 - - 0.2",
        "BODY_WEIGHT, scale, CONSUMER, 82, 0.3 0.3 - - 0.5",
        "HRV_RMSSD, ring, CONSUMER, 50, 4 - - - 15",
        "HRV_RMSSD, tracker, CONSUMER, 50, 5.5 - - - 15",
        "HRV_RMSSD, watch, CONSUMER, 50, 9 - - - 15",
        "HRV_RMSSD, chest-strap, CONSUMER, 50, - - - - -",
        "HRV_SDNN, watch, CONSUMER, 50, 18 18 R R 20",
        "HRV_SDNN, watch, CONSUMER, 0, 0 0 R R 0",
        "HRV_SDNN, ring, CONSUMER, 50, - - - - -",
        "INTER_BEAT_INTERVAL, patch, CLINICAL, 800, 5 5 5 5 5",
        "INTER_BEAT_INTERVAL, patch, MEDICAL_HOME, 800, 10 10 10 10 10",
        "INTER_BEAT_INTERVAL, watch, CONSUMER, 800, 25 25 25 25 25",
        "INTER_BEAT_INTERVAL, watch, UNKNOWN, 800, 31.25 31.25 31.25 31.25 31.25",
        "STEPS, tracker, CONSUMER, 100, - - 25 20 30",
        "SLEEP_DURATION, ring, CONSUMER, 7, 0.5 - - - 0.7",
        "CONSCIOUSNESS, manual, CLINICAL, 0.065, - - - - -",
        "O2_FLOW, concentrator, MEDICAL_HOME, 2, - - - - -"})
    void shouldFollowTheTable(Vital vital, String kind, Grade grade, double value, String row) {
        String[] cells = row.split(" ");
        for (Context context : Context.values()) {
            assertCell(sigma(vital, kind, grade, context, value), cells[context.ordinal()]);
        }
    }

    @Test
    void shouldTakeAConsumersRareRespiratoryRateAsTheMeanOfANight() {
        Device nightly = Stream.device("ring", Grade.CONSUMER, Duration.ofHours(24));
        assertThat(Sigma.of(Vital.RESPIRATORY_RATE, nightly, Context.SLEEP, 15_000, PatientFacts.NONE)).isEqualTo(1);
        assertThat(Sigma.of(Vital.RESPIRATORY_RATE, nightly, Context.UNKNOWN, 15_000, PatientFacts.NONE)).isEqualTo(1);
        assertThat(Sigma.of(Vital.RESPIRATORY_RATE, nightly, Context.SLEEP, 15_000, APNOEA)).isEqualTo(3);
        assertThat(Sigma.of(Vital.RESPIRATORY_RATE, nightly, Context.LIGHT, 15_000, PatientFacts.NONE)).isNaN();
        Device hourly = Stream.device("ring", Grade.CONSUMER, Duration.ofHours(1));
        assertThat(Sigma.of(Vital.RESPIRATORY_RATE, hourly, Context.SLEEP, 15_000, PatientFacts.NONE)).isEqualTo(1.7);
    }

    @Test
    void shouldWidenOnlySaturationAndOnlyWhereItIsRecorded() {
        assertThat(Sigma.widened(Vital.SPO2, 3, DARK)).isCloseTo(3.6, within(1e-9));
        assertThat(Sigma.widened(Vital.SPO2, 3, PatientFacts.NONE)).isEqualTo(3);
        assertThat(Sigma.widened(Vital.HEART_RATE, 3, DARK)).isEqualTo(3);
        assertThat(Sigma.widened(Vital.SPO2, Double.NaN, DARK)).isNaN();
    }

    @Test
    void shouldWidenAMedicalGlucoseSensorWhileItWarmsUp() {
        Device medical = Stream.device("cgm", Grade.MEDICAL_HOME, Duration.ofMinutes(5));
        assertThat(Sigma.inWarmUp(Vital.GLUCOSE_INTERSTITIAL, medical, 10)).isEqualTo(15);
        assertThat(Sigma.inWarmUp(Vital.GLUCOSE_CAPILLARY, medical, 10)).isEqualTo(10);
        assertThat(Sigma.inWarmUp(Vital.GLUCOSE_INTERSTITIAL, Stream.device("cgm", Grade.CONSUMER, Duration.ofMinutes(5)), 20)).isEqualTo(20);
    }
}
