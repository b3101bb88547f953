package io.vitaltwin.standalone.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.Priority;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** One event of an alert as a DetectedIssue: why, since when, on what, with the limits that were in force. All events of an alert share an identifier. */
public final class DetectedIssueJson {

    private DetectedIssueJson() {
    }

    /** @param isExported whether the reading of an evidence is in the same export, so that it can be referred to */
    public static ObjectNode of(String patient, Place place, AlertEvent alert, Predicate<Evidence> isExported) {
        ObjectNode issue = Fhir.resource("DetectedIssue", "a-" + place.id());
        issue.set("extension", extensions(place, alert));
        issue.set("identifier", Fhir.array(Fhir.identifier("alert", alert.getAlertId())));
        issue.put("status", alert.getEvent() == AlertEventType.INVALIDATED ? "entered-in-error" : "final");
        issue.set("code", Fhir.concept(Fhir.coding(Fhir.RULE, alert.getRule())).put("text", alert.getRule()));
        severity(alert.getPriority()).ifPresent(severity -> issue.put("severity", severity));
        issue.set("patient", Fhir.reference("Patient", patient));
        issue.put("identifiedDateTime", Fhir.time(alert.getEffectiveTime()));
        Fhir.setUnlessEmpty(issue, "evidence", evidence(alert, isExported));
        if (!alert.getText().isBlank()) {
            issue.put("detail", alert.getText());
        }
        return issue;
    }

    /** FHIR has three; INFO has none. */
    private static Optional<String> severity(Priority priority) {
        return switch (priority) {
            case HIGH -> Optional.of("high");
            case MEDIUM -> Optional.of("moderate");
            case LOW -> Optional.of("low");
            case INFO -> Optional.empty();
        };
    }

    private static ArrayNode evidence(AlertEvent alert, Predicate<Evidence> isExported) {
        ArrayNode all = Fhir.array();
        for (Evidence proof : alert.getEvidence()) {
            ObjectNode evidence = Fhir.object();
            evidence.set("extension", Fhir.array(Fhir.extension("evidence", parts(proof))));
            if (isExported.test(proof)) {
                evidence.set("detail", Fhir.array(Fhir.reference("Observation",
                        ObservationJson.id(proof.getPartition(), proof.getOffset(), proof.getIndex()))));
            }
            all.add(evidence);
        }
        return all;
    }

    private static List<ObjectNode> parts(Evidence proof) {
        List<ObjectNode> parts = new ArrayList<>();
        text(parts, "role", proof.getRole());
        text(parts, "vital", proof.getVital());
        text(parts, "value", proof.getValue() == null ? "" : proof.getValue().toString());
        text(parts, "unit", proof.getUnit());
        if (Fhir.isWritable(proof.getEffectiveTime())) {
            parts.add(Fhir.part("effective", "valueDateTime", Fhir.time(proof.getEffectiveTime())));
        }
        text(parts, "device", proof.getDeviceId());
        parts.add(Fhir.part("grade", "valueCode", proof.getGrade().name()));
        parts.add(Fhir.part("verdict", "valueCode", proof.getVerdict().name()));
        proof.getReasons().forEach(reason -> parts.add(Fhir.part("reason", "valueCode", reason)));
        if (proof.getSigma() != null) {
            parts.add(Fhir.part("sigma", proof.getSigma()));
        }
        parts.add(Fhir.part("record", "valueString", proof.getTopic() + "/" + proof.getPartition() + "/" + proof.getOffset() + "/"
                + proof.getIndex()));
        return parts;
    }

    private static ArrayNode extensions(Place place, AlertEvent alert) {
        List<ObjectNode> parts = new ArrayList<>();
        parts.add(Fhir.part("event", "valueCode", alert.getEvent().name()));
        parts.add(Fhir.part("family", "valueString", alert.getFamily()));
        parts.add(Fhir.part("priority", "valueCode", alert.getPriority().name()));
        parts.add(Fhir.part("lane", "valueCode", alert.getLane().name()));
        parts.add(Fhir.part("information-type", "valueCode", alert.getInformationType().name()));
        parts.add(Fhir.part("episode-start", "valueDateTime", Fhir.time(alert.getEpisodeStart())));
        parts.add(Fhir.part("decided", "valueDateTime", Fhir.time(alert.getAppendTime())));
        alert.getTags().forEach(tag -> parts.add(Fhir.part("tag", "valueCode", tag)));
        new TreeMap<>(alert.getThresholds()).forEach((name, limit) -> parts.add(Fhir.part("limit", "valueString", name + " = " + limit)));
        text(parts, "rule-set-version", alert.getRuleSetVersion());
        text(parts, "consent-version", alert.getConsentVersion());
        text(parts, "end-reason", alert.getEndReason());
        alert.getContextNotes().forEach(note -> text(parts, "context-note", note));
        text(parts, "record", place.label());
        return Fhir.array(Fhir.extension("alert", parts));
    }

    private static void text(List<ObjectNode> parts, String name, String value) {
        if (!value.isBlank()) {
            parts.add(Fhir.part(name, "valueString", value));
        }
    }
}
