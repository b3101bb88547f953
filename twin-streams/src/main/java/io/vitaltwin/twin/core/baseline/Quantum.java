package io.vitaltwin.twin.core.baseline;

import io.vitaltwin.twin.core.Vital;

import java.util.EnumMap;
import java.util.Map;

/**
 * In which steps daily centres are kept: about an eighth of the uncertainty of a medical device at rest (CLINICAL.md section 4.4), so
 * that keeping them costs at most a sixteenth of it. Project default.
 */
final class Quantum {

    private static final Map<Vital, Long> MILLI = new EnumMap<>(Map.ofEntries(
            Map.entry(Vital.HEART_RATE, 250L),
            Map.entry(Vital.SPO2, 250L),
            Map.entry(Vital.RESPIRATORY_RATE, 250L),
            Map.entry(Vital.BP_SYSTOLIC, 1_000L),
            Map.entry(Vital.BP_DIASTOLIC, 1_000L),
            Map.entry(Vital.BP_MEAN, 1_000L),
            Map.entry(Vital.BODY_TEMPERATURE, 25L),
            Map.entry(Vital.SKIN_TEMPERATURE, 25L),
            Map.entry(Vital.GLUCOSE_INTERSTITIAL, 1_000L),
            Map.entry(Vital.GLUCOSE_CAPILLARY, 1_000L),
            Map.entry(Vital.BODY_WEIGHT, 20L),
            Map.entry(Vital.HRV_RMSSD, 500L),
            Map.entry(Vital.HRV_SDNN, 500L),
            Map.entry(Vital.SLEEP_DURATION, 50L)));

    private Quantum() {
    }

    /** Whether a baseline of single values makes sense: not of codes, flows, beats, nor of counts since the reading before. */
    static boolean isLearned(Vital vital) {
        return MILLI.containsKey(vital);
    }

    static long milli(Vital vital) {
        return MILLI.getOrDefault(vital, 1_000L);
    }
}
