package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Lane;

/** One open episode per patient and family, and key where there is one. Stored in state by number: append only. */
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
    REPEAT(Lane.ADMINISTRATIVE),
    /** A rule of the rule set's own; its id is the key. */
    CUSTOM(Lane.PHYSIOLOGICAL),
    /** A rule of the rule set's own that cannot be computed; its id is the key. */
    CUSTOM_FAULT(Lane.TECHNICAL);

    private static final Family[] VALUES = values();

    private final Lane lane;

    Family(Lane lane) {
        this.lane = lane;
    }

    public Lane lane() {
        return lane;
    }

    /** Whether each key of the family has an episode of its own, and none is without one. */
    public boolean isKeyed() {
        return this == CUSTOM || this == CUSTOM_FAULT;
    }

    /** Whether an episode of the family may have a key: what is about one device has its id. */
    public boolean mayBeKeyed() {
        return isKeyed() || this == DATA_QUALITY;
    }

    /** The name that an episode goes by, such as {@code SPO2} or {@code CUSTOM:MY_RULE}. @param key empty for an episode without one */
    public String name(String key) {
        return key.isEmpty() ? name() : name() + ':' + key;
    }

    public static Family ofOrdinal(int ordinal) {
        return VALUES[ordinal];
    }
}
