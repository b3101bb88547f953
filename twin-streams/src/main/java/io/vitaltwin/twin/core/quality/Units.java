package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;

import java.math.BigDecimal;
import java.math.RoundingMode;

import static io.vitaltwin.twin.core.Unit.CELSIUS;
import static io.vitaltwin.twin.core.Unit.FAHRENHEIT;
import static io.vitaltwin.twin.core.Unit.GRAM;
import static io.vitaltwin.twin.core.Unit.HOUR;
import static io.vitaltwin.twin.core.Unit.KILOGRAM;
import static io.vitaltwin.twin.core.Unit.KILOPASCAL;
import static io.vitaltwin.twin.core.Unit.MG_PER_DL;
import static io.vitaltwin.twin.core.Unit.MILLISECOND;
import static io.vitaltwin.twin.core.Unit.MINUTE;
import static io.vitaltwin.twin.core.Unit.MMOL_PER_L;
import static io.vitaltwin.twin.core.Unit.MM_HG;
import static io.vitaltwin.twin.core.Unit.POUND;
import static io.vitaltwin.twin.core.Unit.SECOND;
import static io.vitaltwin.twin.core.Unit.STEPS;
import static io.vitaltwin.twin.core.Unit.STEPS_PER_MINUTE;

/**
 * Which units a vital may come in, and its value in the one unit that limits are written in. Nothing is converted in place: the value as
 * sent stays beside it.
 *
 * @see "CLINICAL.md section 1.1 (units) and 1.3 (constants)"
 */
public final class Units {

    /** Largest amount that is converted, in thousandths: more than any vital can be, and small enough that no product overflows. */
    static final long MAX_MILLI = 10_000_000_000L;

    private static final BigDecimal KILOPASCAL_PER_MM_HG = new BigDecimal("0.133322387415");

    private Units() {
    }

    /** Whether the vital may be sent in this unit. */
    public static boolean allows(Vital vital, Unit unit) {
        return switch (vital) {
            case HEART_RATE, SPO2, RESPIRATORY_RATE, ECG_RHYTHM, CONSCIOUSNESS, O2_FLOW -> unit == vital.unit();
            case BP_SYSTOLIC, BP_DIASTOLIC, BP_MEAN -> unit == MM_HG || unit == KILOPASCAL;
            case BODY_TEMPERATURE, SKIN_TEMPERATURE -> unit == CELSIUS || unit == FAHRENHEIT;
            case GLUCOSE_INTERSTITIAL, GLUCOSE_CAPILLARY -> unit == MG_PER_DL || unit == MMOL_PER_L;
            case BODY_WEIGHT -> unit == KILOGRAM || unit == GRAM || unit == POUND;
            case HRV_RMSSD, HRV_SDNN, INTER_BEAT_INTERVAL -> unit == MILLISECOND || unit == SECOND;
            case STEPS -> unit == STEPS || unit == STEPS_PER_MINUTE;
            case SLEEP_DURATION -> unit == HOUR || unit == MINUTE;
        };
    }

    /**
     * The value in thousandths of the vital's canonical unit, rounded half up. A code stays its code. A cadence stays a cadence: it has no
     * count of steps without its duration.
     *
     * @throws IllegalArgumentException if the vital does not come in the unit of the value, which {@link Conformance} refuses before
     */
    public static long canonicalMilli(Value value, Vital vital) {
        Unit unit = value.unit();
        if (unit == vital.unit() || unit == STEPS_PER_MINUTE && vital == Vital.STEPS) {
            return value.milli();
        }
        if (!allows(vital, unit)) {
            throw new IllegalArgumentException(vital.id() + " does not come in " + unit.ucum());
        }
        long milli = value.milli();
        return switch (unit) {
            case MMOL_PER_L -> scaled(milli, 180_156, 10_000);                  // 18.0156 mg/dL in a mmol/L
            case FAHRENHEIT -> scaled(milli - 32_000, 5, 9);
            case POUND -> scaled(milli, 45_359_237, 100_000_000);               // 0.45359237 kg, exact
            case KILOPASCAL -> millimetresOfMercury(milli);
            case GRAM -> scaled(milli, 1, 1_000);
            case SECOND -> milli * 1_000;
            case MINUTE -> scaled(milli, 1, 60);
            case PER_MINUTE, PERCENT, MM_HG, CELSIUS, MG_PER_DL, KILOGRAM, MILLISECOND, STEPS, STEPS_PER_MINUTE, HOUR, LITRE_PER_MINUTE, CODE ->
                throw new IllegalStateException(unit.ucum() + " is allowed for " + vital.id() + " but has no conversion");
        };
    }

    /** Exact: the constant has too many digits for a product of longs, and few devices send kPa. */
    private static long millimetresOfMercury(long milliKilopascal) {
        return BigDecimal.valueOf(milliKilopascal).divide(KILOPASCAL_PER_MM_HG, 0, RoundingMode.HALF_UP).longValueExact();
    }

    /** milli x numerator / denominator, rounded half up (away from zero, as decimals are rounded). */
    private static long scaled(long milli, long numerator, long denominator) {
        long product = milli * numerator;
        long half = denominator / 2;
        return product >= 0 ? (product + half) / denominator : -((-product + half) / denominator);
    }
}
