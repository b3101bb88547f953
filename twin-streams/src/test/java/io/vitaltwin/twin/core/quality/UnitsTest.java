package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Vectors of CLINICAL.md 1.3, to the thousandth. */
class UnitsTest {

    @ParameterizedTest
    @CsvSource({
        "GLUCOSE_INTERSTITIAL, mmol/L, 3.0, 54.047",
        "GLUCOSE_INTERSTITIAL, mmol/L, 3.9, 70.261",
        "GLUCOSE_INTERSTITIAL, mmol/L, 10.0, 180.156",
        "GLUCOSE_CAPILLARY, mmol/L, 13.9, 250.417",
        "GLUCOSE_CAPILLARY, mg/dL, 70, 70",
        "BODY_TEMPERATURE, [degF], 98.6, 37.0",
        "BODY_TEMPERATURE, [degF], 100.4, 38.0",
        "BODY_TEMPERATURE, [degF], 101.0, 38.333",
        "BODY_TEMPERATURE, [degF], 102.2, 39.0",
        "SKIN_TEMPERATURE, [degF], 104.0, 40.0",
        "BODY_TEMPERATURE, [degF], 30.0, -1.111",
        "BODY_WEIGHT, [lb_av], 2, 0.907",
        "BODY_WEIGHT, [lb_av], 3, 1.361",
        "BODY_WEIGHT, [lb_av], 5, 2.268",
        "BODY_WEIGHT, [lb_av], 181, 82.100",
        "BODY_WEIGHT, g, 82100.5, 82.101",
        "BODY_WEIGHT, g, 82100.4, 82.100",
        "BP_SYSTOLIC, kPa, 16.0, 120.010",
        "BP_SYSTOLIC, kPa, 15.999, 120.002",
        "BP_DIASTOLIC, kPa, 10.666, 80.002",
        "BP_MEAN, kPa, 13.332, 99.998",
        "INTER_BEAT_INTERVAL, s, 0.812, 812",
        "HRV_RMSSD, s, 0.042, 42",
        "HRV_SDNN, ms, 42, 42",
        "SLEEP_DURATION, min, 440, 7.333",
        "SLEEP_DURATION, min, 450, 7.5",
        "STEPS, {steps}/min, 110, 110",
        "HEART_RATE, /min, 72, 72"})
    void shouldConvertToTheCanonicalUnit(Vital vital, String ucum, BigDecimal sent, BigDecimal canonical) {
        // Given
        Value value = Value.measured(sent.movePointRight(3).longValueExact(), Unit.of(ucum).orElseThrow());
        // When
        long milli = Units.canonicalMilli(value, vital);
        // Then
        assertThat(milli).isEqualTo(canonical.movePointRight(3).longValueExact());
        assertThat(value.milli()).as("the value as sent stays").isEqualTo(sent.movePointRight(3).longValueExact());
    }

    @ParameterizedTest
    @CsvSource({"120, 15.9987", "80, 10.6658", "135, 17.9985"})
    void shouldComeBackFromTheKilopascalsOfTheReference(long mmHg, BigDecimal kilopascal) {
        long milli = kilopascal.setScale(3, RoundingMode.HALF_UP).movePointRight(3).longValueExact();
        // half a thousandth of a kPa is 0.004 mm[Hg]
        assertThat(Units.canonicalMilli(Value.measured(milli, Unit.KILOPASCAL), Vital.BP_SYSTOLIC)).isBetween(mmHg * 1_000 - 4, mmHg * 1_000 + 4);
    }

    @Test
    void shouldAgreeWithExactDecimalsForEveryPossibleValue() {
        long seed = 7;
        Random random = new Random(seed);
        BigDecimal mmHgPerKilopascal = BigDecimal.ONE.divide(new BigDecimal("0.133322387415"), new MathContext(40));
        for (int i = 0; i < 2_000; i++) {
            long milli = random.nextLong(Units.MAX_MILLI + 1);
            assertThat(Units.canonicalMilli(Value.measured(milli, Unit.MMOL_PER_L), Vital.GLUCOSE_CAPILLARY)).as("seed %d, %d mmol", seed, milli)
                    .isEqualTo(exact(milli, new BigDecimal("18.0156")));
            assertThat(Units.canonicalMilli(Value.measured(milli, Unit.POUND), Vital.BODY_WEIGHT)).as("seed %d, %d lb", seed, milli)
                    .isEqualTo(exact(milli, new BigDecimal("0.45359237")));
            long pressure = milli % 40_001;
            assertThat(Units.canonicalMilli(Value.measured(pressure, Unit.KILOPASCAL), Vital.BP_MEAN)).as("seed %d, %d kPa", seed, pressure)
                    .isEqualTo(exact(pressure, mmHgPerKilopascal));
        }
    }

    private static long exact(long milli, BigDecimal factor) {
        return BigDecimal.valueOf(milli).multiply(factor).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    @ParameterizedTest
    @EnumSource
    void shouldConvertEveryUnitThatAVitalComesInAndNoOther(Vital vital) {
        for (int i = 0; i < Unit.values().length; i++) {
            Value value = Value.measured(37_000, Unit.ofOrdinal(i));
            if (Units.allows(vital, value.unit())) {
                assertThat(Units.canonicalMilli(value, vital)).as(value.unit().ucum()).isNotNegative();
            } else {
                assertThatThrownBy(() -> Units.canonicalMilli(value, vital)).isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("%s does not come in %s", vital.id(), value.unit().ucum());
            }
        }
        assertThat(Units.allows(vital, vital.unit())).isTrue();
    }
}
