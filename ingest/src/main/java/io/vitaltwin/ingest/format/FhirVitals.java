package io.vitaltwin.ingest.format;

import io.vitaltwin.schemas.FhirUris;
import io.vitaltwin.schemas.Loinc;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which vital a coded observation is of: the internal id where it is given, else by its LOINC code. A code that stands for several vitals, or for
 * an average, is none.
 *
 * @see "twin-streams/CLINICAL.md section 1.1"
 */
final class FhirVitals {

    private static final Pattern VITAL_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}");

    /** Codes of a part of a vital whose values are readings of it: a heart rate at rest, a temperature under the tongue. */
    private static final Set<String> PARTS = Set.of("40443-4", "8331-1");

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
            throw code.refused("has no code that vitaltwin knows: add a LOINC code of a vital, or its id in system " + FhirUris.VITAL);
        }
        return found;
    }

    private static Optional<String> vital(JsonPart coding) throws LineRefused {
        String system = coding.text("system").orElse("");
        String code = coding.text("code").orElse("");
        if (system.equals(FhirUris.VITAL)) {
            if (!VITAL_ID.matcher(code).matches()) {
                throw coding.refused("code", "is not a vital id: write it as heart_rate");
            }
            return Optional.of(code);
        }
        return system.equals(FhirUris.LOINC) ? measured(code) : Optional.empty();
    }

    private static Optional<String> measured(String code) {
        return Loinc.of(code).filter(loinc -> loinc.vitals().size() == 1 && (!loinc.isNarrower() || PARTS.contains(code)))
                .map(loinc -> loinc.vitals().getFirst());
    }
}
