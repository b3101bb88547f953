package io.vitaltwin.alerts.channel.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.alerts.message.Message;
import io.vitaltwin.schemas.Priority;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A message as a FHIR R4 Communication. Patient, recipient and alert are referred to by identifier, because nothing is known of the ids of a server.
 *
 * @param patientSystem of the identifier that is the patient's pseudonym
 * @param recipientSystem of the identifier that is the recipient's pseudonym or name
 * @see "HL7 FHIR R4, Communication; terminology.hl7.org CodeSystem communication-category"
 */
record CommunicationJson(String patientSystem, String recipientSystem) {

    /** Identifiers that this project defines; the same as in an export. */
    static final String OURS = "https://vitaltwin.io/fhir/";
    /** System of the identifier that a repeat shares with the first. */
    static final String NOTIFICATION = OURS + "notification";

    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/communication-category";

    /** @param sent cut to milliseconds */
    ObjectNode of(Message message, Instant sent) {
        ObjectNode communication = Json.object().put("resourceType", "Communication").put("language", message.language().tag());
        communication.putArray("identifier").add(identifier(NOTIFICATION, message.id()));
        communication.put("status", "completed");
        communication.putArray("category").addObject().putArray("coding").addObject().put("system", CATEGORY).put("code", "alert").put("display", "Alert");
        communication.put("priority", priority(message.about().priority()));
        communication.putObject("subject").put("type", "Patient").set("identifier", identifier(patientSystem, message.about().patientId()));
        communication.putObject("topic").put("text", message.subject());
        communication.putArray("about").addObject().set("identifier", identifier(OURS + "alert", message.about().alertId()));
        communication.put("sent", sent.truncatedTo(ChronoUnit.MILLIS).toString());
        String recipient = message.about().recipient();
        if (!recipient.isEmpty()) {
            communication.putArray("recipient").addObject().put("display", recipient).set("identifier", identifier(recipientSystem, recipient));
        }
        communication.putObject("sender").put("type", "Device").put("display", "vitaltwin");
        communication.putArray("payload").addObject().put("contentString", message.body().strip());
        return communication;
    }

    private static ObjectNode identifier(String system, String value) {
        return Json.object().put("system", system).put("value", value);
    }

    /** @see "FHIR R4 value set request-priority" */
    private static String priority(Priority priority) {
        return switch (priority) {
            case HIGH -> "stat";
            case MEDIUM -> "urgent";
            case LOW, INFO -> "routine";
        };
    }
}
