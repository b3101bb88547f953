package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Vital;

/**
 * Ranges, freshness and rhythm of each vital in adults. Amounts are thousandths of the canonical unit, spans milliseconds.
 *
 * @see "CLINICAL.md section 1.2; 3.12.12 for continuous and spot"
 */
public final class VitalLimits {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    /** A stream that expects a reading at least this often is continuous, else spot. */
    private static final long LONGEST_CONTINUOUS_INTERVAL = HOUR;

    /** By vital: possible from, possible to, plausible from, plausible to, in whole canonical units. Steps: per minute. */
    private static final long[][] RANGES = new long[Vital.values().length][];

    static {
        range(Vital.HEART_RATE, 15, 300, 30, 220);
        range(Vital.SPO2, 1, 100, 70, 100);
        range(Vital.RESPIRATORY_RATE, 0, 100, 4, 60);
        range(Vital.BP_SYSTOLIC, 40, 300, 60, 260);
        range(Vital.BP_DIASTOLIC, 20, 200, 30, 160);
        range(Vital.BP_MEAN, 30, 200, 30, 200);                    // the public tables behind section 1.2; no narrower plausible range given
        range(Vital.BODY_TEMPERATURE, 25, 45, 34, 42);
        range(Vital.SKIN_TEMPERATURE, 5, 45, 28, 38);
        range(Vital.GLUCOSE_INTERSTITIAL, 10, 1_000, 40, 500);
        range(Vital.GLUCOSE_CAPILLARY, 10, 1_000, 20, 600);
        range(Vital.BODY_WEIGHT, 20, 500, 30, 300);
        range(Vital.HRV_RMSSD, 1, 400, 5, 250);
        range(Vital.HRV_SDNN, 1, 500, 5, 300);
        range(Vital.INTER_BEAT_INTERVAL, 200, 3_000, 300, 2_000);
        range(Vital.STEPS, 0, 300, 0, 220);
        range(Vital.SLEEP_DURATION, 0, 24, 1, 16);
        range(Vital.O2_FLOW, 0, 70, 0, 15);
    }

    /** No age has a lower limit: 220 - 120 + 20. Below it the age need not be known. */
    static final long LOWEST_PULSE_LIMIT = 120_000;

    /** The lowest plausible rate of breaths that a device averages. */
    static final long LOWEST_AVERAGE_BREATHS = 4_000;

    private VitalLimits() {
    }

    private static void range(Vital vital, long possibleFrom, long possibleTo, long plausibleFrom, long plausibleTo) {
        RANGES[vital.ordinal()] = new long[] {possibleFrom * 1_000, possibleTo * 1_000, plausibleFrom * 1_000, plausibleTo * 1_000};
    }

    /** DQ-06: outside it the number cannot be that vital in a living adult. Codes are always possible. */
    public static boolean isPossible(Vital vital, long canonicalMilli) {
        long[] range = RANGES[vital.ordinal()];
        return range == null || canonicalMilli >= range[0] && canonicalMilli <= range[1];
    }

    /** DQ-07: outside it the number asks for a repeat. Codes are always plausible. Without what {@link #opticalPulseLimit} says. */
    public static boolean isPlausible(Vital vital, long canonicalMilli) {
        long[] range = RANGES[vital.ordinal()];
        return range == null || canonicalMilli >= range[2] && canonicalMilli <= range[3];
    }

    /**
     * DQ-07 in the unit in which the value came: 2.2 mmol/L is the display of 40 mg/dL and as plausible, although it converts to 39.6 (CR
     * 1.3: values are compared with the limit of their own unit).
     */
    static boolean isPlausible(Vital vital, long canonicalMilli, long milli, Unit unit) {
        if (vital == Vital.GLUCOSE_INTERSTITIAL && unit == Unit.MMOL_PER_L && canonicalMilli < Conformance.LOW_MG_PER_DL) {
            return milli >= Conformance.LOW_MMOL_PER_L;
        }
        return isPlausible(vital, canonicalMilli);
    }

    /**
     * Largest plausible heart rate of a consumer's optical sensor: 220 - age + 20, never above 220 nor below 120.
     *
     * @param ageYears -1 when not known: 220
     */
    static long opticalPulseLimit(int ageYears) {
        return ageYears < 0 ? 220_000 : Math.clamp((240L - ageYears) * 1_000, LOWEST_PULSE_LIMIT, 220_000);
    }

    /** Whether a consumer device takes the pulse by light. A device that nobody registered might. */
    static boolean isConsumerOptical(Device device) {
        if (device.grade() == Grade.CLINICAL || device.grade() == Grade.MEDICAL_HOME) {
            return false;
        }
        return switch (device.kind()) {
            case "watch", "ring", "tracker", "finger-oximeter", "" -> true;
            default -> false;
        };
    }

    /**
     * Whether the device counts every breath, so that 0 means that none came: a regulated capnograph. Others average, and their numbers
     * cannot tell a pause (CR 3.8).
     */
    public static boolean isBreathLevel(Device device) {
        return device.kind().equals("capnograph") && (device.grade() == Grade.CLINICAL || device.grade() == Grade.MEDICAL_HOME);
    }

    /**
     * How long a value counts as current, in milliseconds. Not in the reference, project defaults: skin temperature as body temperature,
     * inter-beat interval as heart rate, rhythm as consciousness.
     */
    public static long ttlMillis(Vital vital, boolean continuous) {
        return switch (vital) {
            case HEART_RATE, GLUCOSE_INTERSTITIAL, INTER_BEAT_INTERVAL -> 15 * MINUTE;
            case SPO2, RESPIRATORY_RATE -> continuous ? 15 * MINUTE : 12 * HOUR;
            case BP_SYSTOLIC, BP_DIASTOLIC, BP_MEAN, BODY_TEMPERATURE, SKIN_TEMPERATURE, CONSCIOUSNESS, ECG_RHYTHM -> 12 * HOUR;
            case GLUCOSE_CAPILLARY -> 2 * HOUR;
            case STEPS, O2_FLOW -> 24 * HOUR;
            case BODY_WEIGHT, HRV_RMSSD, HRV_SDNN, SLEEP_DURATION -> 36 * HOUR;
        };
    }

    /** Expected milliseconds between two readings: the device's, else a project default within the typical interval of the reference. */
    public static long intervalMillis(Vital vital, Device device) {
        return device.intervalMillis() > 0 ? device.intervalMillis() : defaultIntervalMillis(vital);
    }

    /** Project default, for devices that state no interval. */
    private static long defaultIntervalMillis(Vital vital) {
        return switch (vital) {
            case INTER_BEAT_INTERVAL -> SECOND;
            case HEART_RATE, SPO2, RESPIRATORY_RATE, SKIN_TEMPERATURE, STEPS -> MINUTE;
            case GLUCOSE_INTERSTITIAL -> 5 * MINUTE;
            case BODY_TEMPERATURE -> 4 * HOUR;
            case GLUCOSE_CAPILLARY -> 6 * HOUR;
            case BP_SYSTOLIC, BP_DIASTOLIC, BP_MEAN, CONSCIOUSNESS -> 12 * HOUR;
            case BODY_WEIGHT, HRV_RMSSD, HRV_SDNN, SLEEP_DURATION, ECG_RHYTHM, O2_FLOW -> 24 * HOUR;
        };
    }

    /** Continuous streams expect a reading at least hourly; all others are spot measurements: CR 3.12.12. */
    public static boolean isContinuous(long intervalMillis) {
        return intervalMillis <= LONGEST_CONTINUOUS_INTERVAL;
    }

    /** DQ-14: a reading that arrives later than this after its effective time is history. */
    public static long lateAfterMillis(long intervalMillis) {
        return isContinuous(intervalMillis) ? 15 * MINUTE : 24 * HOUR;
    }
}
