package io.vitaltwin.schemas;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a LOINC code says about vitals. The one table for readings that come in, consents that name vitals, and exports.
 *
 * @param code such as {@code 8867-4}
 * @param vitals ids of the vitals that it covers, such as {@code heart_rate}; several of a panel
 * @param isNarrower it names only a part of what the vitals hold, such as a temperature taken under the tongue: enough to deny, not to permit
 * @see "twin-streams/CLINICAL.md section 1.1"
 */
public record Loinc(String code, List<String> vitals, boolean isNarrower) {

    /** The vital signs profiles of FHIR R4 ask for this code of every pulse oximetry, besides the more exact one. */
    public static final String OXYGEN_SATURATION = "2708-6";

    private static final Map<String, Loinc> BY_CODE = new TreeMap<>();
    private static final Map<String, String> OF_VITAL = new HashMap<>();
    private static final Map<String, String> MOLAR = new HashMap<>();

    static {
        vital("heart_rate", "8867-4");
        narrower("heart_rate", "40443-4");
        vital("spo2", "59408-5");
        put(OXYGEN_SATURATION, false, "spo2");
        vital("respiratory_rate", "9279-1");
        vital("bp_systolic", "8480-6");
        vital("bp_diastolic", "8462-4");
        vital("bp_mean", "8478-0");
        narrower("bp_systolic", "96608-5");
        narrower("bp_diastolic", "96609-3");
        put("85354-9", false, "bp_systolic", "bp_diastolic", "bp_mean");
        put("96607-7", true, "bp_systolic", "bp_diastolic");
        vital("body_temperature", "8310-5");
        narrower("body_temperature", "8331-1", "8328-7", "8333-7");
        vital("skin_temperature", "39106-0");
        vital("glucose_interstitial", "99504-3");
        molar("glucose_interstitial", "105272-9");
        narrower("glucose_interstitial", "97507-8", "105273-7", "104642-4", "106793-3", "104643-2", "97510-2");
        vital("glucose_capillary", "41653-7");
        molar("glucose_capillary", "14743-9");
        vital("body_weight", "29463-7");
        vital("hrv_sdnn", "80404-7");
        vital("inter_beat_interval", "8637-1");
        vital("ecg_rhythm", "8601-7");
        vital("steps", "55423-8");
        narrower("steps", "41950-7");
        vital("sleep_duration", "93832-4");
        vital("consciousness", "67775-7");
        vital("o2_flow", "3151-8");
        narrower("o2_flow", "3150-0");
    }

    public Loinc {
        vitals = List.copyOf(vitals);
    }

    /** Empty where the code names no vital, or a part of one, that is known here. */
    public static Optional<Loinc> of(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** The code under which a vital is written in its canonical unit; empty where none is known. */
    public static Optional<String> ofVital(String vital) {
        return Optional.ofNullable(OF_VITAL.get(vital));
    }

    /** The code of values in mmol/L, which are not the observation that {@link #ofVital} names; empty where there is none. */
    public static Optional<String> ofVitalInMoles(String vital) {
        return Optional.ofNullable(MOLAR.get(vital));
    }

    /** Every code, sorted. */
    public static Collection<Loinc> all() {
        return Collections.unmodifiableCollection(BY_CODE.values());
    }

    private static void vital(String vital, String code) {
        OF_VITAL.put(vital, code);
        put(code, false, vital);
    }

    private static void molar(String vital, String code) {
        MOLAR.put(vital, code);
        put(code, false, vital);
    }

    private static void narrower(String vital, String... codes) {
        for (String code : codes) {
            put(code, true, vital);
        }
    }

    private static void put(String code, boolean isNarrower, String... vitals) {
        BY_CODE.put(code, new Loinc(code, List.of(vitals), isNarrower));
    }
}
