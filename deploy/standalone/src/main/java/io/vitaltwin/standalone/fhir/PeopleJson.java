package io.vitaltwin.standalone.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.schemas.FhirUris;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.PatientReport;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.RegisteredDevice;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The patient, the devices, what the patient said, and where readings came from. */
public final class PeopleJson {

    private static final Set<String> GENDERS = Set.of("female", "male", "other", "unknown");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private PeopleJson() {
    }

    /** @param plan null: none is known */
    public static ObjectNode patient(String patient, @Nullable PatientContext plan) {
        ObjectNode node = Fhir.resource("Patient", Fhir.id(patient));
        node.set("identifier", Fhir.array(Fhir.identifier("patient", patient)));
        if (plan != null) {
            node.put("gender", GENDERS.contains(plan.getSex()) ? plan.getSex() : "unknown");
            if (plan.getBirthDate() != null && DATE.matcher(plan.getBirthDate()).matches()) {
                node.put("birthDate", plan.getBirthDate());
            }
        }
        return node;
    }

    /**
     * A device that was heard.
     *
     * @param registrations what the plan says of it, in its order; empty: nothing
     */
    public static ObjectNode device(String patient, String deviceId, List<RegisteredDevice> registrations) {
        ObjectNode node = Fhir.resource("Device", Fhir.id(deviceId));
        ArrayNode extensions = Fhir.array();
        registrations.forEach(registration -> extensions.add(registration(registration)));
        Fhir.setUnlessEmpty(node, "extension", extensions);
        if (!deviceId.isBlank()) {
            node.set("identifier", Fhir.array(Fhir.identifier("device", deviceId)));
        }
        registrations.stream().map(RegisteredDevice::getSerial).filter(serial -> serial != null && !serial.isBlank()).findFirst()
                .ifPresent(serial -> node.put("serialNumber", serial));
        registrations.stream().map(RegisteredDevice::getKind).filter(kind -> !kind.isBlank()).findFirst()
                .ifPresent(kind -> node.set("type", Fhir.object().put("text", kind)));
        node.set("patient", Fhir.reference("Patient", patient));
        return node;
    }

    private static ObjectNode registration(RegisteredDevice device) {
        List<ObjectNode> parts = new ArrayList<>();
        parts.add(Fhir.part("grade", "valueCode", device.getGrade().name()));
        device.getVitals().stream().filter(Fhir::isCode).forEach(vital -> parts.add(Fhir.part("vital", "valueCode", vital)));
        if (device.getValidFrom() != null) {
            parts.add(Fhir.part("from", "valueDateTime", Fhir.time(device.getValidFrom())));
        }
        if (device.getValidTo() != null) {
            parts.add(Fhir.part("to", "valueDateTime", Fhir.time(device.getValidTo())));
        }
        return Fhir.extension("registration", parts);
    }

    /** What the patient said. */
    public static ObjectNode report(String patient, Place place, PatientReport report) {
        ObjectNode node = Fhir.resource("Communication", "s-" + place.id());
        if (!report.getReportId().isBlank()) {
            node.set("identifier", Fhir.array(Fhir.identifier("report", report.getReportId())));
        }
        node.put("status", "completed");
        node.set("category", Fhir.array(Fhir.word(report.getKind().name())));
        node.set("subject", Fhir.reference("Patient", patient));
        node.put("sent", Fhir.time(report.getEffectiveTime()));
        node.put("received", Fhir.time(place.append()));
        node.set("sender", Fhir.reference("Patient", patient));
        ArrayNode payload = Fhir.array();
        Stream.of(said("symptom", report.getSymptom()), said("rule", report.getDisputedRule()), said("alert", report.getDisputedAlertId()),
                said("note", report.getNote()), said("vital", report.getDisputedVital()), said("device", report.getDisputedDeviceId()),
                said("from", report.getDisputedFrom()), said("until", report.getUntilTime()))
                .filter(text -> !text.isEmpty()).forEach(text -> payload.add(Fhir.object().put("contentString", text)));
        Fhir.setUnlessEmpty(node, "payload", payload);
        return node;
    }

    private static String said(String what, @Nullable Object value) {
        return value == null || value.toString().isBlank() ? "" : what + ": " + value.toString().toLowerCase(Locale.ROOT);
    }

    /** Where the readings of one batch came from and where its record lies. */
    public static ObjectNode provenance(Place place, ReadingBatch batch) {
        ObjectNode node = Fhir.resource("Provenance", "p-" + place.id());
        List<ObjectNode> parts = new ArrayList<>();
        parts.add(Fhir.part("record", "valueString", place.label()));
        if (!batch.getBatchId().isBlank()) {
            parts.add(Fhir.part("batch", "valueString", batch.getBatchId()));
        }
        parts.add(Fhir.part("sequence", "valueString", Long.toString(batch.getSequence())));
        if (Fhir.isWritable(batch.getSentAt())) {
            parts.add(Fhir.part("sent", "valueDateTime", Fhir.time(batch.getSentAt())));
        }
        if (batch.getBatteryPercent() != null && Float.isFinite(batch.getBatteryPercent())) {
            parts.add(Fhir.part("battery-percent", Double.parseDouble(batch.getBatteryPercent().toString())));
        }
        if (batch.getMemoryCount() != null) {
            parts.add(Fhir.part("memory-count", "valueString", batch.getMemoryCount().toString()));
        }
        node.set("extension", Fhir.array(Fhir.extension("batch", parts)));
        ArrayNode targets = Fhir.array();
        for (int index = 0; index < batch.getReadings().size(); index++) {
            targets.add(Fhir.reference("Observation", ObservationJson.id(place.partition(), place.offset(), index)));
        }
        node.set("target", targets);
        node.put("recorded", Fhir.time(place.append()));
        ObjectNode agent = Fhir.object();
        agent.set("type", Fhir.concept(Fhir.coding(FhirUris.TERMINOLOGY + "provenance-participant-type", "author")));
        agent.set("who", Fhir.reference("Device", batch.getDeviceId()));
        node.set("agent", Fhir.array(agent));
        return node;
    }
}
