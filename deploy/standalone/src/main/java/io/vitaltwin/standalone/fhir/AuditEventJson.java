package io.vitaltwin.standalone.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Disclosure;
import io.vitaltwin.schemas.FhirUris;

import java.util.Locale;

/** Who was shown what, and what was refused to whom, as AuditEvents. Never a measured value. */
public final class AuditEventJson {

    private static final String SUCCESS = "0";
    private static final String REFUSED = "4";

    private AuditEventJson() {
    }

    public static ObjectNode of(String patient, Place place, Disclosure disclosure) {
        ObjectNode event = head("d-" + place.id(), "R", Fhir.time(disclosure.getTime()), SUCCESS, disclosure.getPurpose());
        ObjectNode agent = Fhir.object();
        if (!disclosure.getRole().isBlank()) {
            agent.set("role", Fhir.array(Fhir.object().put("text", disclosure.getRole())));
        }
        agent.set("who", Fhir.named("actor", disclosure.getActor()));
        event.set("agent", Fhir.array(agent.put("requestor", true)));
        event.set("source", source(disclosure.getEgress()));
        ArrayNode details = Fhir.array();
        disclosure.getVitals().forEach(vital -> detail(details, "vital", vital));
        detail(details, "values", Long.toString(disclosure.getCount()));
        detail(details, "consent", disclosure.getConsentVersion());
        detail(details, "reason", disclosure.getReason());
        event.set("entity", entity(patient, details));
        return event;
    }

    public static ObjectNode of(String patient, Place place, ConsentViolation violation) {
        String action = switch (violation.getStage()) {
            case COLLECT -> "C";
            case USE -> "E";
            case DISCLOSE -> "R";
        };
        ObjectNode event = head("v-" + place.id(), action, Fhir.time(violation.getLastTime()), REFUSED, violation.getPurpose());
        event.put("outcomeDesc", "refused: " + violation.getReason());
        ObjectNode agent = Fhir.object();
        agent.set("who", Fhir.named("actor", violation.getActor()));
        event.set("agent", Fhir.array(agent.put("requestor", true)));
        event.set("source", source(violation.getStage().name().toLowerCase(Locale.ROOT)));
        ArrayNode details = Fhir.array();
        detail(details, "vital", violation.getVital());
        detail(details, "device-hash", violation.getDeviceHash());
        detail(details, "count", Long.toString(violation.getCount()));
        detail(details, "first", Fhir.time(violation.getFirstTime()));
        detail(details, "consent", violation.getConsentVersion());
        event.set("entity", entity(patient, details));
        return event;
    }

    private static ObjectNode head(String id, String action, String recorded, String outcome, String purpose) {
        ObjectNode event = Fhir.resource("AuditEvent", id);
        event.set("type", Fhir.coding("http://dicom.nema.org/resources/ontology/DCM", "110106").put("display", "Export"));
        event.put("action", action).put("recorded", recorded).put("outcome", outcome);
        event.set("purposeOfEvent", Fhir.array(Fhir.concept(Fhir.coding(FhirUris.ACT_REASON, purpose))));
        return event;
    }

    private static ObjectNode source(String egress) {
        ObjectNode source = Fhir.object();
        source.set("observer", Fhir.named("egress", egress));
        return source;
    }

    private static ArrayNode entity(String patient, ArrayNode details) {
        ObjectNode entity = Fhir.object();
        entity.set("what", Fhir.reference("Patient", patient));
        Fhir.setUnlessEmpty(entity, "detail", details);
        return Fhir.array(entity);
    }

    private static void detail(ArrayNode details, String type, String value) {
        if (!value.isBlank()) {
            details.add(Fhir.object().put("type", type).put("valueString", value));
        }
    }
}
