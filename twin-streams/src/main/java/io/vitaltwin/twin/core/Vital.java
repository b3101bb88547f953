package io.vitaltwin.twin.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The vitals that the twin knows. The order is stored in state: append only.
 *
 * @see "CLINICAL.md section 1.1 (LOINC, UCUM)"
 */
public enum Vital {
    HEART_RATE("heart_rate", "8867-4", Unit.PER_MINUTE),
    SPO2("spo2", "59408-5", Unit.PERCENT),
    RESPIRATORY_RATE("respiratory_rate", "9279-1", Unit.PER_MINUTE),
    BP_SYSTOLIC("bp_systolic", "8480-6", Unit.MM_HG),
    BP_DIASTOLIC("bp_diastolic", "8462-4", Unit.MM_HG),
    BP_MEAN("bp_mean", "8478-0", Unit.MM_HG),
    BODY_TEMPERATURE("body_temperature", "8310-5", Unit.CELSIUS),
    SKIN_TEMPERATURE("skin_temperature", "39106-0", Unit.CELSIUS),
    GLUCOSE_INTERSTITIAL("glucose_interstitial", "99504-3", Unit.MG_PER_DL),
    GLUCOSE_CAPILLARY("glucose_capillary", "41653-7", Unit.MG_PER_DL),
    BODY_WEIGHT("body_weight", "29463-7", Unit.KILOGRAM),
    HRV_RMSSD("hrv_rmssd", "", Unit.MILLISECOND),
    HRV_SDNN("hrv_sdnn", "80404-7", Unit.MILLISECOND),
    INTER_BEAT_INTERVAL("inter_beat_interval", "8637-1", Unit.MILLISECOND),
    ECG_RHYTHM("ecg_rhythm", "8601-7", Unit.CODE),
    STEPS("steps", "55423-8", Unit.STEPS),
    SLEEP_DURATION("sleep_duration", "93832-4", Unit.HOUR),
    CONSCIOUSNESS("consciousness", "67775-7", Unit.CODE),
    O2_FLOW("o2_flow", "3151-8", Unit.LITRE_PER_MINUTE);

    private static final Map<String, Vital> BY_ID = new HashMap<>();
    private static final Vital[] VALUES = values();

    static {
        for (Vital vital : VALUES) {
            BY_ID.put(vital.id, vital);
        }
    }

    private final String id;
    private final String loinc;
    private final Unit unit;

    Vital(String id, String loinc, Unit unit) {
        this.id = id;
        this.loinc = loinc;
        this.unit = unit;
    }

    /** Internal id, such as {@code heart_rate}. */
    public String id() {
        return id;
    }

    /** LOINC code; empty where none is known. */
    public String loinc() {
        return loinc;
    }

    /** The unit in which limits, uncertainty and baselines of this vital are expressed. */
    public Unit unit() {
        return unit;
    }

    /** Empty when the id is not a vital that the twin knows. */
    public static Optional<Vital> of(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    /** @throws IllegalArgumentException if there is no vital with this number */
    public static Vital ofOrdinal(int ordinal) {
        if (ordinal < 0 || ordinal >= VALUES.length) {
            throw new IllegalArgumentException("no vital has number " + ordinal);
        }
        return VALUES[ordinal];
    }
}
