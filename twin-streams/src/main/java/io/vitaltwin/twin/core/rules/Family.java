package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Lane;

/** One open episode per patient and family. Stored in state by number: append only. */
public enum Family {
    SPO2(Lane.PHYSIOLOGICAL),
    COPD_OVER_OXYGENATION(Lane.PHYSIOLOGICAL),
    HR(Lane.PHYSIOLOGICAL),
    RESP(Lane.PHYSIOLOGICAL),
    BP_SEVERE(Lane.PHYSIOLOGICAL),
    BP_LOW(Lane.PHYSIOLOGICAL),
    BP_HOME_AVG(Lane.PHYSIOLOGICAL),
    HF_WEIGHT(Lane.PHYSIOLOGICAL),
    CGM_LOW(Lane.PHYSIOLOGICAL),
    CGM_HIGH(Lane.PHYSIOLOGICAL),
    AF_SUSPECT(Lane.PHYSIOLOGICAL),
    FEVER(Lane.PHYSIOLOGICAL),
    NEWS2(Lane.PHYSIOLOGICAL),
    QSOFA(Lane.PHYSIOLOGICAL),
    NIGHT_RHR(Lane.PHYSIOLOGICAL),
    ACTIVITY_DROP(Lane.PHYSIOLOGICAL),
    SYMPTOM_REPORT(Lane.PHYSIOLOGICAL),
    SILENCE(Lane.TECHNICAL),
    DATA_QUALITY(Lane.TECHNICAL),
    CONSENT(Lane.ADMINISTRATIVE),
    /** Asks the patient to measure again. */
    REPEAT(Lane.ADMINISTRATIVE);

    private static final Family[] VALUES = values();

    private final Lane lane;

    Family(Lane lane) {
        this.lane = lane;
    }

    public Lane lane() {
        return lane;
    }

    public static Family ofOrdinal(int ordinal) {
        return VALUES[ordinal];
    }
}
