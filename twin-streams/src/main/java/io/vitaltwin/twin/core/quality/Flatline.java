package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;

/**
 * DQ-11: how long a sensor may repeat one value.
 *
 * <p>A bound (LO, HI) repeats by its nature: it is never a flatline, and a low glucose that stays below the sensor's range is never lost.
 * Glucose in mmol/L is too coarse for the rule, which is about a resolution of 1 mg/dL.
 *
 * @see "CLINICAL.md section 5.2"
 */
final class Flatline {

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    static final long PULSE_WHILE_STEPS_VARY = 15 * MINUTE;
    static final long PULSE_OTHERWISE = 45 * MINUTE;
    static final long GLUCOSE = 30 * MINUTE;
    static final long TEMPERATURE_PATCH = 4 * HOUR;
    static final long SATURATION = 3 * HOUR;

    /** A pulse slower than this is held to the longer limit. */
    private static final long FAST_PULSE_INTERVAL = MINUTE;

    /** Project default, no source: getting up once is no variation, walking about is. */
    private static final int LEAST_STEP_CHANGES = 3;

    private Flatline() {
    }

    static boolean isWatched(Vital vital, Device device, Value value) {
        if (value.kind() != Value.Kind.MEASURED) {
            return false;
        }
        return switch (vital) {
            case HEART_RATE, SPO2 -> true;
            case GLUCOSE_INTERSTITIAL -> value.unit() == Unit.MG_PER_DL;
            case BODY_TEMPERATURE, SKIN_TEMPERATURE -> device.kind().equals("patch") || device.kind().equals("skin-patch");
            default -> false;
        };
    }

    /** As in a sustained run (CR 0): one missing reading does not break it, two do. */
    static long longestGapMillis(long intervalMillis) {
        return 2 * intervalMillis;
    }

    static boolean isReached(QualityMemory own, Vital vital, PatientQuality shared, long at, long intervalMillis) {
        long run = own.runMillis();
        return switch (vital) {
            case HEART_RATE -> pulse(run, shared, at, intervalMillis);
            case SPO2 -> run >= SATURATION && shared.isPulseFlat(at);
            case GLUCOSE_INTERSTITIAL -> run >= GLUCOSE;
            case BODY_TEMPERATURE, SKIN_TEMPERATURE -> run >= TEMPERATURE_PATCH;
            default -> false;
        };
    }

    /** Without any step count it cannot be told apart from a patient who lies still: not judged. */
    private static boolean pulse(long run, PatientQuality shared, long at, long intervalMillis) {
        if (run < PULSE_WHILE_STEPS_VARY || !shared.knowsSteps(at)) {
            return false;
        }
        boolean varied = intervalMillis <= FAST_PULSE_INTERVAL && shared.stepChanges(at) >= LEAST_STEP_CHANGES;
        return varied || run >= PULSE_OTHERWISE;
    }
}
