package io.vitaltwin.twin.core.news2;

import io.vitaltwin.twin.core.quality.VitalLimits;

/**
 * How old an input may be, in milliseconds.
 *
 * @see "CLINICAL.md sections 1.2, 2.3.1 and 3.12.12"
 */
public final class Freshness {

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    private Freshness() {
    }

    /**
     * How long a value counts as current, by its kind of stream.
     *
     * @param intervalMillis expected time between two readings; 0 when unknown, which counts as continuous, the stricter of the two
     */
    public static long ttlMillis(Parameter parameter, long intervalMillis) {
        return switch (parameter) {
            case HEART_RATE, RESPIRATORY_RATE, SPO2 -> VitalLimits.isContinuous(intervalMillis) ? 15 * MINUTE : 12 * HOUR;
            case BP_SYSTOLIC, BODY_TEMPERATURE, CONSCIOUSNESS -> 12 * HOUR;
            case OXYGEN -> 24 * HOUR;
        };
    }

    /**
     * How old a value may be after a band was published: the more urgent, the shorter. A flow holds until it changes, whatever the band;
     * consciousness, which no device feeds, keeps the hour of the medium band in the high one (project default, no source).
     */
    public static long maxAgeMillis(Parameter parameter, Band published) {
        if (parameter == Parameter.OXYGEN) {
            return 24 * HOUR;
        }
        return switch (published) {
            case ZERO -> 12 * HOUR;
            case LOW -> 6 * HOUR;
            case LOW_MEDIUM, MEDIUM -> HOUR;
            case HIGH -> parameter == Parameter.CONSCIOUSNESS ? HOUR : 15 * MINUTE;
        };
    }
}
