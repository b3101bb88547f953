package io.vitaltwin.standalone.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.schemas.FhirUris;
import io.vitaltwin.schemas.Loinc;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Vital;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * LOINC codes of vitals. A LOINC code says in which unit its values come: a value that was sent in another unit gets no LOINC code, because
 * it is not that observation.
 *
 * @see "CLINICAL.md section 1.1"
 */
final class VitalCodes {

    /** Vital signs profile of FHIR R4: units that it allows besides the vital's canonical one. */
    private static final Map<Vital, Set<String>> MORE_UNITS = Map.of(
            Vital.BODY_TEMPERATURE, Set.of("[degF]"),
            Vital.SKIN_TEMPERATURE, Set.of("[degF]"),
            Vital.BODY_WEIGHT, Set.of("g", "[lb_av]"),
            Vital.SLEEP_DURATION, Set.of("min"),
            Vital.BP_SYSTOLIC, Set.of("kPa"),
            Vital.BP_DIASTOLIC, Set.of("kPa"),
            Vital.BP_MEAN, Set.of("kPa"));
    private static final Set<Vital> ACTIVITY = Set.of(Vital.STEPS, Vital.SLEEP_DURATION);

    private VitalCodes() {
    }

    /** The LOINC code under which a value of this vital in this unit may be written; empty: none. */
    static Optional<String> loinc(String vitalId, String unit) {
        return Vital.of(vitalId).flatMap(vital -> {
            if (unit.equals(Unit.MMOL_PER_L.ucum())) {
                return Loinc.ofVitalInMoles(vitalId);
            }
            boolean fits = unit.equals(vital.unit().ucum()) || MORE_UNITS.getOrDefault(vital, Set.of()).contains(unit);
            return fits ? Loinc.ofVital(vitalId) : Optional.empty();
        });
    }

    /** Most exact first; the internal id is always among them where it can be a code. */
    static ObjectNode concept(String vitalId, Optional<String> loinc) {
        ArrayNode codings = Fhir.array();
        loinc.ifPresent(code -> codings.add(Fhir.coding(FhirUris.LOINC, code)));
        if (loinc.isPresent() && vitalId.equals(Vital.SPO2.id())) {
            codings.add(Fhir.coding(FhirUris.LOINC, Loinc.OXYGEN_SATURATION));
        }
        if (Fhir.isCode(vitalId)) {
            codings.add(Fhir.coding(FhirUris.VITAL, vitalId));
        }
        ObjectNode concept = Fhir.object();
        Fhir.setUnlessEmpty(concept, "coding", codings);
        return concept.put("text", vitalId.isBlank() ? "(without a name)" : vitalId);
    }

    /** {@code vital-signs} or {@code activity}; empty for what the twin does not know. */
    static Optional<String> category(String vitalId) {
        return Vital.of(vitalId).map(vital -> ACTIVITY.contains(vital) ? "activity" : "vital-signs");
    }
}
