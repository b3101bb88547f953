package io.vitaltwin.standalone.input.fhir;

import io.vitaltwin.schemas.FhirUris;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Codes that a consent may name, in the words of this program.
 *
 * @see "CLINICAL.md section 8.1"
 */
final class Codes {

    static final String RESOURCE_TYPES = "http://hl7.org/fhir/resource-types";

    /** What processing is done for here. A narrower code, such as BIORCH, could not be told apart from its kin, so it is none of them. */
    static final List<String> PURPOSES = List.of("TREAT", "ETREAT", "HRESCH", "HPAYMT", "HMARKT", "PATRQT", "HOPERAT", "PUBHLTH");

    /** Roles in which an actor gets or processes data, from v3 ParticipationType, RoleClass and the extra security roles of FHIR. */
    static final Set<String> ROLES = Set.of("PRCP", "IRCP", "CST", "PROV", "DELEGATEE", "datacollector", "dataprocessor");

    /** Nothing here corrects data: the word covers nothing. */
    private static final Map<String, String> ACTIONS = Map.of(
            "collect", "COLLECT", "use", "USE", "disclose", "DISCLOSE", "access", "DISCLOSE", "correct", "CORRECT");

    private Codes() {
    }

    /** @param code of {@link FhirUris#CONSENT_ACTION} */
    static Optional<String> action(String code) {
        return Optional.ofNullable(ACTIONS.get(code));
    }
}
