package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a sender sent: DQ-01 (SCHEMA_INVALID), DQ-02 (CODE_UNKNOWN, UNIT_UNKNOWN), DQ-03 (CODE_UNIT_MISMATCH) and DQ-31 (CENSORED).
 * What passes has a known vital, a unit that this vital comes in, and a number, bound or code.
 *
 * @see "CLINICAL.md section 5.2"
 */
public sealed interface Conformance {

    /** Readable: may be judged. */
    record Readable(Vital vital, Value value) implements Conformance {
    }

    /** Not readable, and why. CODE_UNKNOWN: nobody registered the vital, which is more than asked for (HYPERCOLLECTION). */
    record Unreadable(Reason reason) implements Conformance {
        // One object per reason: refusing a flood of bad readings allocates nothing.
        private static final Unreadable SCHEMA_INVALID = new Unreadable(Reason.SCHEMA_INVALID);
        private static final Unreadable CODE_UNKNOWN = new Unreadable(Reason.CODE_UNKNOWN);
        private static final Unreadable UNIT_UNKNOWN = new Unreadable(Reason.UNIT_UNKNOWN);
        private static final Unreadable CODE_UNIT_MISMATCH = new Unreadable(Reason.CODE_UNIT_MISMATCH);
    }

    /** Codes of ecg_rhythm; the place in this list is the stored value: append only. HL7 PHR guide, code system ecg-classification-codes. */
    List<String> RHYTHMS = List.of("sinusRhythm", "atrialFibrillation", "inconclusiveHighHeartRate", "inconclusiveLowHeartRate",
            "inconclusivePoorReading", "inconclusiveOther", "notSet", "unrecognized");

    /** Codes of consciousness: alert, new confusion, voice, pain, unresponsive. */
    String ACVPU = "ACVPU";

    /** Reporting limits of glucose sensors, mg/dL and mmol/L in thousandths (DQ-31; 2.2 and 22.2 are their display in mmol/L). */
    long LOW_MG_PER_DL = 40_000;
    long HIGH_MG_PER_DL = 400_000;
    long LOW_MMOL_PER_L = 2_200;
    long HIGH_MMOL_PER_L = 22_200;

    /**
     * @param vitalId internal id
     * @param value a number, or text (a code, or LO and HI of glucose); null is unreadable
     * @param unit UCUM text
     */
    static Conformance of(@Nullable CharSequence vitalId, @Nullable Object value, @Nullable CharSequence unit) {
        if (vitalId == null || vitalId.isEmpty() || value == null || unit == null || unit.isEmpty()) {
            return Unreadable.SCHEMA_INVALID;
        }
        Optional<Vital> vital = Vital.of(vitalId.toString());
        if (vital.isEmpty()) {
            return Unreadable.CODE_UNKNOWN;
        }
        Optional<Unit> known = Unit.of(unit.toString());
        if (known.isEmpty()) {
            return Unreadable.UNIT_UNKNOWN;
        }
        if (!Units.allows(vital.get(), known.get())) {
            return Unreadable.CODE_UNIT_MISMATCH;
        }
        Value read = read(vital.get(), value, known.get());
        return read == null ? Unreadable.SCHEMA_INVALID : new Readable(vital.get(), read);
    }

    /** What the words of a device about a value mean: bits of {@link Measurement#flags} (DQ-18, DQ-19). Other words do not make it worthless. */
    static int flags(Iterable<? extends CharSequence> words) {
        int flags = 0;
        for (CharSequence word : words) {
            flags |= switch (word.toString()) {
                case "motion", "low-perfusion" -> Measurement.MOTION;
                case "off-body", "charging" -> Measurement.OFF_BODY;
                default -> 0;
            };
        }
        return flags;
    }

    private static @Nullable Value read(Vital vital, Object value, Unit unit) {
        if (unit == Unit.CODE) {
            return value instanceof CharSequence text ? code(vital, text.toString()) : null;
        }
        if (value instanceof CharSequence text) {
            return isGlucose(vital) ? bound(text.toString(), unit) : null;
        }
        return value instanceof Number number ? number(vital, number.doubleValue(), unit) : null;
    }

    private static @Nullable Value code(Vital vital, String code) {
        if (vital == Vital.ECG_RHYTHM) {
            int rhythm = RHYTHMS.indexOf(code);
            return rhythm < 0 ? null : new Value(Value.Kind.CODE, rhythm, Unit.CODE);
        }
        boolean known = code.length() == 1 && ACVPU.contains(code);
        return known ? new Value(Value.Kind.CODE, code.charAt(0), Unit.CODE) : null;
    }

    /** The code as it was sent: a letter of ACVPU, or the name of a rhythm. @throws IllegalArgumentException if the value is no code */
    static String codeText(Value value) {
        if (value.kind() != Value.Kind.CODE) {
            throw new IllegalArgumentException("not a code but " + value.kind());
        }
        int number = Math.toIntExact(value.milli());
        return number < RHYTHMS.size() ? RHYTHMS.get(number) : Character.toString(number);
    }

    private static @Nullable Value bound(String text, Unit unit) {
        boolean molar = unit == Unit.MMOL_PER_L;
        return switch (text) {
            case "LO", "Lo", "LOW", "Low" -> new Value(Value.Kind.AT_MOST, molar ? LOW_MMOL_PER_L : LOW_MG_PER_DL, unit);
            case "HI", "Hi", "HIGH", "High" -> new Value(Value.Kind.AT_LEAST, molar ? HIGH_MMOL_PER_L : HIGH_MG_PER_DL, unit);
            default -> null;
        };
    }

    /**
     * The decimal that the sender meant: the shortest one that is this double, half up to thousandths. A sensor that shows its reporting
     * limit says no more than "at most" or "at least".
     */
    private static @Nullable Value number(Vital vital, double sent, Unit unit) {
        if (!Double.isFinite(sent) || Math.abs(sent) > Units.MAX_MILLI / 1_000.0) {
            return null;
        }
        long milli = milli(sent);
        if (vital != Vital.GLUCOSE_INTERSTITIAL) {
            return Value.measured(milli, unit);
        }
        boolean molar = unit == Unit.MMOL_PER_L;
        if (milli == (molar ? LOW_MMOL_PER_L : LOW_MG_PER_DL)) {
            return new Value(Value.Kind.AT_MOST, milli, unit);
        }
        if (milli == (molar ? HIGH_MMOL_PER_L : HIGH_MG_PER_DL)) {
            return new Value(Value.Kind.AT_LEAST, milli, unit);
        }
        return Value.measured(milli, unit);
    }

    private static long milli(double sent) {
        long whole = (long) sent;
        if (whole == sent) {
            return whole * 1_000;          // most readings; saves the decimal
        }
        return BigDecimal.valueOf(sent).setScale(3, RoundingMode.HALF_UP).unscaledValue().longValueExact();
    }

    private static boolean isGlucose(Vital vital) {
        return vital == Vital.GLUCOSE_INTERSTITIAL || vital == Vital.GLUCOSE_CAPILLARY;
    }
}
