package io.vitaltwin.twin.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The vitals that the twin knows. The order is stored in state: append only.
 *
 * @see "CLINICAL.md section 1.1 (UCUM)"
 */
public enum Vital {
    HEART_RATE("heart_rate", Unit.PER_MINUTE),
    SPO2("spo2", Unit.PERCENT),
    RESPIRATORY_RATE("respiratory_rate", Unit.PER_MINUTE),
    BP_SYSTOLIC("bp_systolic", Unit.MM_HG),
    BP_DIASTOLIC("bp_diastolic", Unit.MM_HG),
    BP_MEAN("bp_mean", Unit.MM_HG),
    BODY_TEMPERATURE("body_temperature", Unit.CELSIUS),
    SKIN_TEMPERATURE("skin_temperature", Unit.CELSIUS),
    GLUCOSE_INTERSTITIAL("glucose_interstitial", Unit.MG_PER_DL),
    GLUCOSE_CAPILLARY("glucose_capillary", Unit.MG_PER_DL),
    BODY_WEIGHT("body_weight", Unit.KILOGRAM),
    HRV_RMSSD("hrv_rmssd", Unit.MILLISECOND),
    HRV_SDNN("hrv_sdnn", Unit.MILLISECOND),
    INTER_BEAT_INTERVAL("inter_beat_interval", Unit.MILLISECOND),
    ECG_RHYTHM("ecg_rhythm", Unit.CODE),
    STEPS("steps", Unit.STEPS),
    SLEEP_DURATION("sleep_duration", Unit.HOUR),
    CONSCIOUSNESS("consciousness", Unit.CODE),
    O2_FLOW("o2_flow", Unit.LITRE_PER_MINUTE);

    private static final Map<String, Vital> BY_ID = new HashMap<>();
    private static final Vital[] VALUES = values();

    static {
        for (Vital vital : VALUES) {
            BY_ID.put(vital.id, vital);
        }
    }

    private final String id;
    private final Unit unit;

    Vital(String id, Unit unit) {
        this.id = id;
        this.unit = unit;
    }

    /** Internal id, such as {@code heart_rate}. */
    public String id() {
        return id;
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
