package io.vitaltwin.ingest.format;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which vital a coded observation is of: the internal id where it is given, else by its LOINC code. A code that stands for several vitals, or for
 * an average, is none.
 *
 * @see "twin-streams/CLINICAL.md section 1.1"
 */
final class FhirVitals {

    private static final String OURS = "https://vitaltwin.io/fhir/CodeSystem/vital";
    private static final String LOINC = "http://loinc.org";
    private static final Pattern VITAL_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}");

    private static final Map<String, String> BY_LOINC = Map.ofEntries(
            Map.entry("8867-4", "heart_rate"), Map.entry("40443-4", "heart_rate"),
            Map.entry("59408-5", "spo2"), Map.entry("2708-6", "spo2"),
            Map.entry("9279-1", "respiratory_rate"),
            Map.entry("8480-6", "bp_systolic"), Map.entry("8462-4", "bp_diastolic"), Map.entry("8478-0", "bp_mean"),
            Map.entry("8310-5", "body_temperature"), Map.entry("8331-1", "body_temperature"), Map.entry("39106-0", "skin_temperature"),
            Map.entry("99504-3", "glucose_interstitial"), Map.entry("105272-9", "glucose_interstitial"),
            Map.entry("41653-7", "glucose_capillary"), Map.entry("14743-9", "glucose_capillary"),
            Map.entry("29463-7", "body_weight"),
            Map.entry("80404-7", "hrv_sdnn"), Map.entry("8637-1", "inter_beat_interval"), Map.entry("8601-7", "ecg_rhythm"),
            Map.entry("55423-8", "steps"), Map.entry("93832-4", "sleep_duration"),
            Map.entry("67775-7", "consciousness"), Map.entry("3151-8", "o2_flow"));

    private FhirVitals() {
    }

    /**
     * @param coded an Observation or one of its components
     * @throws LineRefused if no code says what was measured, or two say different things
     */
    static String of(JsonPart coded) throws LineRefused {
        JsonPart code = coded.require("code");
        String found = null;
        for (JsonPart coding : code.items("coding")) {
            Optional<String> vital = vital(coding);
            if (vital.isPresent() && found != null && !found.equals(vital.get())) {
                throw code.refused("names two different vitals: keep the one that was measured");
            }
            found = vital.orElse(found);
        }
        if (found == null) {
            throw code.refused("has no code that vitaltwin knows: add a LOINC code of a vital, or its id in system " + OURS);
        }
        return found;
    }

    private static Optional<String> vital(JsonPart coding) throws LineRefused {
        String system = coding.text("system").orElse("");
        String code = coding.text("code").orElse("");
        if (system.equals(OURS)) {
            if (!VITAL_ID.matcher(code).matches()) {
                throw coding.refused("code", "is not a vital id: write it as heart_rate");
            }
            return Optional.of(code);
        }
        return system.equals(LOINC) ? Optional.ofNullable(BY_LOINC.get(code)) : Optional.empty();
    }
}
