package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Value.Kind;
import io.vitaltwin.twin.core.Vital;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class ConformanceTest {

    private static Value readable(String vital, Object value, String unit) {
        Conformance read = Conformance.of(vital, value, unit);
        assertThat(read).isInstanceOf(Conformance.Readable.class);
        assertThat(((Conformance.Readable) read).vital()).isEqualTo(Vital.of(vital).orElseThrow());
        return ((Conformance.Readable) read).value();
    }

    private static Reason unreadable(@Nullable String vital, @Nullable Object value, @Nullable String unit) {
        Conformance read = Conformance.of(vital, value, unit);
        assertThat(read).isInstanceOf(Conformance.Unreadable.class);
        return ((Conformance.Unreadable) read).reason();
    }

    @ParameterizedTest
    @CsvSource({
        "36.05, 36050", "36.04, 36040", "98.6, 98600", "72, 72000", "-0.0, 0", "0.1, 100", "82.1, 82100", "5.5555, 5556", "5.5554, 5555",
        "1.0005, 1001", "-1.0005, -1001", "0.0004999, 0", "9999999.999, 9999999999"})
    void shouldReadTheDecimalThatTheSenderMeant(double sent, long milli) {
        assertThat(readable("body_temperature", sent, "Cel")).isEqualTo(Value.measured(milli, Unit.CELSIUS));
    }

    @Test
    void shouldReadAnyKindOfNumber() {
        assertThat(readable("heart_rate", 72, "/min").milli()).isEqualTo(72_000);
        assertThat(readable("heart_rate", 72L, "/min").milli()).isEqualTo(72_000);
        assertThat(readable("heart_rate", 72.5f, "/min").milli()).isEqualTo(72_500);
    }

    @Test
    void shouldRefuseWhatIsMissing() {
        assertThat(unreadable(null, 72.0, "/min")).isEqualTo(Reason.SCHEMA_INVALID);
        assertThat(unreadable("", 72.0, "/min")).isEqualTo(Reason.SCHEMA_INVALID);
        assertThat(unreadable("heart_rate", null, "/min")).isEqualTo(Reason.SCHEMA_INVALID);
        assertThat(unreadable("heart_rate", 72.0, null)).isEqualTo(Reason.SCHEMA_INVALID);
        assertThat(unreadable("heart_rate", 72.0, "")).isEqualTo(Reason.SCHEMA_INVALID);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 10_000_001, -10_000_001, Double.MAX_VALUE})
    void shouldRefuseWhatIsNoNumberOrAbsurd(double sent) {
        assertThat(unreadable("heart_rate", sent, "/min")).isEqualTo(Reason.SCHEMA_INVALID);
    }

    @Test
    void shouldReadTheLargestAmountThatIsNotAbsurd() {
        assertThat(readable("heart_rate", 10_000_000.0, "/min").milli()).isEqualTo(10_000_000_000L);
    }

    @Test
    void shouldTellAnUnknownVitalFromAnUnknownUnitFromAUnitThatDoesNotFit() {
        assertThat(unreadable("location", "52.5 13.4", "deg")).isEqualTo(Reason.CODE_UNKNOWN);
        assertThat(unreadable("heart_rate", 72.0, "bpm")).isEqualTo(Reason.UNIT_UNKNOWN);
        assertThat(unreadable("heart_rate", 72.0, "kg")).isEqualTo(Reason.CODE_UNIT_MISMATCH);
        assertThat(unreadable("glucose_interstitial", 5.6, "kPa")).isEqualTo(Reason.CODE_UNIT_MISMATCH);
        assertThat(unreadable("consciousness", "A", "/min")).isEqualTo(Reason.CODE_UNIT_MISMATCH);
        assertThat(unreadable("spo2", 97.0, "code")).isEqualTo(Reason.CODE_UNIT_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LO", "Lo", "Low", "LOW"})
    void shouldReadALowAsABoundOfItsUnit(String sent) {
        assertThat(readable("glucose_interstitial", sent, "mg/dL")).isEqualTo(new Value(Kind.AT_MOST, 40_000, Unit.MG_PER_DL));
        assertThat(readable("glucose_capillary", new StringBuilder(sent), "mmol/L")).isEqualTo(new Value(Kind.AT_MOST, 2_200, Unit.MMOL_PER_L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HI", "Hi", "High", "HIGH"})
    void shouldReadAHighAsABoundOfItsUnit(String sent) {
        assertThat(readable("glucose_capillary", sent, "mg/dL")).isEqualTo(new Value(Kind.AT_LEAST, 400_000, Unit.MG_PER_DL));
        assertThat(readable("glucose_interstitial", sent, "mmol/L")).isEqualTo(new Value(Kind.AT_LEAST, 22_200, Unit.MMOL_PER_L));
    }

    @ParameterizedTest
    @CsvSource({
        "40, mg/dL, AT_MOST", "40.001, mg/dL, MEASURED", "39.999, mg/dL, MEASURED", "41, mg/dL, MEASURED",
        "400, mg/dL, AT_LEAST", "399, mg/dL, MEASURED", "401, mg/dL, MEASURED",
        "2.2, mmol/L, AT_MOST", "2.3, mmol/L, MEASURED", "2.1, mmol/L, MEASURED",
        "22.2, mmol/L, AT_LEAST", "22.1, mmol/L, MEASURED", "22.3, mmol/L, MEASURED"})
    void shouldTakeASensorAtItsReportingLimitAsABound(double sent, String unit, Kind kind) {
        assertThat(readable("glucose_interstitial", sent, unit).kind()).isEqualTo(kind);
        assertThat(readable("glucose_capillary", sent, unit).kind()).as("a meter reports beyond").isEqualTo(Kind.MEASURED);
    }

    @ParameterizedTest
    @CsvSource({"heart_rate, LO, /min", "glucose_interstitial, lo, mg/dL", "glucose_interstitial, 5.6, mmol/L", "spo2, 97, %", "consciousness, AV, code",
        "consciousness, a, code", "consciousness, '', code", "ecg_rhythm, sinus, code"})
    void shouldRefuseTextThatIsNoCodeOfTheVital(String vital, String sent, String unit) {
        assertThat(unreadable(vital, sent, unit)).isEqualTo(Reason.SCHEMA_INVALID);
    }

    @Test
    void shouldRefuseANumberWhereACodeBelongs() {
        assertThat(unreadable("consciousness", 65.0, "code")).isEqualTo(Reason.SCHEMA_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "C", "V", "P", "U"})
    void shouldReadEachLevelOfConsciousness(String code) {
        assertThat(readable("consciousness", code, "code")).isEqualTo(new Value(Kind.CODE, code.codePointAt(0), Unit.CODE));
    }

    @Test
    void shouldReadEachRhythmAsItsNumber() {
        assertThat(Conformance.RHYTHMS).hasSize(8).doesNotHaveDuplicates();
        assertThat(readable("ecg_rhythm", "sinusRhythm", "code")).isEqualTo(new Value(Kind.CODE, 0, Unit.CODE));
        assertThat(readable("ecg_rhythm", "atrialFibrillation", "code")).isEqualTo(new Value(Kind.CODE, 1, Unit.CODE));
    }

    @Test
    void shouldKnowWhichWordsOfADeviceMeanADisturbance() {
        assertThat(Conformance.flags(List.of("charging", "motion"))).isEqualTo(Measurement.OFF_BODY | Measurement.MOTION);
        assertThat(Conformance.flags(List.of(new StringBuilder("low-perfusion")))).isEqualTo(Measurement.MOTION);
        assertThat(Conformance.flags(List.of("off-body"))).isEqualTo(Measurement.OFF_BODY);
        assertThat(Conformance.flags(List.of("Charging", ""))).isZero();
        assertThat(Conformance.flags(List.of())).isZero();
    }

    @Test
    void shouldAnswerWhateverIsSent() {
        long seed = 11;
        Random random = new Random(seed);
        Object[] values = {Double.NaN, -1e300, 1e-300, 0.0, 5, "LO", "", "A", new Object(), List.of(1), true, Long.MAX_VALUE, Float.MIN_VALUE};
        String[] units = {"", "/min", "mg/dL", "mmol/L", "code", "kPa", "[degF]", "x"};
        for (int i = 0; i < 5_000; i++) {
            Object value = random.nextBoolean() ? values[random.nextInt(values.length)] : Double.longBitsToDouble(random.nextLong());
            String vital = random.nextInt(10) == 0 ? "?" : Vital.values()[random.nextInt(Vital.values().length)].id();
            String unit = units[random.nextInt(units.length)];
            Conformance read = Conformance.of(vital, value, unit);
            assertThat(read).as("seed %d: %s %s %s", seed, vital, value, unit).isNotNull();
            if (read instanceof Conformance.Readable ok) {
                assertThat(Units.canonicalMilli(ok.value(), ok.vital())).isBetween(-10_000_000_000_000L, 10_000_000_000_000L);
            }
        }
    }
}
