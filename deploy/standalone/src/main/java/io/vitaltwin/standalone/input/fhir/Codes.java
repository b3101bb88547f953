package io.vitaltwin.standalone.input.fhir;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Codes that a consent may name, in the words of this program.
 *
 * @see "CLINICAL.md sections 1.1 and 8.1"
 */
final class Codes {

    static final String LOINC = "http://loinc.org";
    static final String ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
    static final String ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    static final String RESOURCE_TYPES = "http://hl7.org/fhir/resource-types";
    static final String CONSENT_ACTION = "http://terminology.hl7.org/CodeSystem/consentaction";

    /** What processing is done for here. A narrower code, such as BIORCH, could not be told apart from its kin, so it is none of them. */
    static final List<String> PURPOSES = List.of("TREAT", "ETREAT", "HRESCH", "HPAYMT", "HMARKT", "PATRQT", "HOPERAT", "PUBHLTH");

    /** Roles in which an actor gets or processes data, from v3 ParticipationType, RoleClass and the extra security roles of FHIR. */
    static final Set<String> ROLES = Set.of("PRCP", "IRCP", "CST", "PROV", "DELEGATEE", "datacollector", "dataprocessor");

    /** Nothing here corrects data: the word covers nothing. */
    private static final Map<String, String> ACTIONS = Map.of(
            "collect", "COLLECT", "use", "USE", "disclose", "DISCLOSE", "access", "DISCLOSE", "correct", "CORRECT");

    private static final Map<String, Loinc> VITALS = new HashMap<>();

    /**
     * What a LOINC code stands for.
     *
     * @param isNarrower it names only a part of what the vitals hold, such as a temperature taken under the tongue: enough to deny, not to permit
     */
    record Loinc(List<String> vitals, boolean isNarrower) {
    }

    static {
        exact("heart_rate", "8867-4");
        narrower("heart_rate", "40443-4");
        exact("spo2", "59408-5", "2708-6");
        exact("respiratory_rate", "9279-1");
        exact("bp_systolic", "8480-6");
        exact("bp_diastolic", "8462-4");
        exact("bp_mean", "8478-0");
        narrower("bp_systolic", "96608-5");
        narrower("bp_diastolic", "96609-3");
        VITALS.put("85354-9", new Loinc(List.of("bp_systolic", "bp_diastolic", "bp_mean"), false));
        VITALS.put("96607-7", new Loinc(List.of("bp_systolic", "bp_diastolic"), true));
        exact("body_temperature", "8310-5");
        narrower("body_temperature", "8331-1", "8328-7", "8333-7");
        exact("skin_temperature", "39106-0");
        exact("glucose_interstitial", "99504-3", "105272-9");
        narrower("glucose_interstitial", "97507-8", "105273-7", "104642-4", "106793-3", "104643-2", "97510-2");
        exact("glucose_capillary", "41653-7", "14743-9");
        exact("body_weight", "29463-7");
        exact("hrv_sdnn", "80404-7");
        exact("inter_beat_interval", "8637-1");
        exact("ecg_rhythm", "8601-7");
        exact("steps", "55423-8");
        narrower("steps", "41950-7");
        exact("sleep_duration", "93832-4");
        exact("consciousness", "67775-7");
        exact("o2_flow", "3151-8");
        narrower("o2_flow", "3150-0");
    }

    private Codes() {
    }

    static Optional<Loinc> vitals(String loinc) {
        return Optional.ofNullable(VITALS.get(loinc));
    }

    /** @param code of {@link #CONSENT_ACTION} */
    static Optional<String> action(String code) {
        return Optional.ofNullable(ACTIONS.get(code));
    }

    private static void exact(String vital, String... codes) {
        for (String code : codes) {
            VITALS.put(code, new Loinc(List.of(vital), false));
        }
    }

    private static void narrower(String vital, String... codes) {
        for (String code : codes) {
            VITALS.put(code, new Loinc(List.of(vital), true));
        }
    }
}
