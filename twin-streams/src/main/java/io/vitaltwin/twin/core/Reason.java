package io.vitaltwin.twin.core;

import java.util.ArrayList;
import java.util.List;

/**
 * Why a verdict is what it is. A set of reasons is kept as a bit mask by {@link #bit()}; the order is stored in state: append only.
 *
 * @see "CLINICAL.md section 5.2"
 */
public enum Reason {
    SCHEMA_INVALID, CODE_UNKNOWN, UNIT_UNKNOWN, CODE_UNIT_MISMATCH, BP_RELATION, HR_IBI_MISMATCH, RANGE_IMPOSSIBLE, RANGE_IMPLAUSIBLE,
    UNIT_SUSPECT, SPIKE, RATE_IMPLAUSIBLE, FLATLINE, DUPLICATE_EXACT, DUPLICATE_NEAR, OUT_OF_ORDER, LATE, CLOCK_FUTURE, CLOCK_RESET,
    CLOCK_STEP, CLOCK_CORRECTED, CLOCK_DRIFT, CADENCE_LOCK, MOTION, CONTEXT_INVALID, OFF_BODY, CROSS_SENSOR_CONFLICT,
    WRONG_PERSON_SUSPECT, DEVICE_SHARED, GAMING_SUSPECT, COMPRESSION_POSSIBLE, SENSOR_WARMUP, DIGIT_PREFERENCE, SELECTIVE_REPORT,
    COVERAGE_LOW, IBI_QUALITY, PPG_SQI_LOW, CENSORED, GRADE_UNKNOWN, STEP_HR_INCONGRUENT, METRONOME, COMPRESSION_CONFIRMED, DISPUTED;

    private static final Reason[] VALUES = values();

    public long bit() {
        return 1L << ordinal();
    }

    public boolean in(long mask) {
        return (mask & bit()) != 0;
    }

    /** The reasons of a mask, in the order of this enum. */
    public static List<Reason> of(long mask) {
        List<Reason> reasons = new ArrayList<>(Long.bitCount(mask));
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            reasons.add(VALUES[Long.numberOfTrailingZeros(rest)]);
        }
        return reasons;
    }
}
