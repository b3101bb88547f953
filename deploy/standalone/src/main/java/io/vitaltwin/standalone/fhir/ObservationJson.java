package io.vitaltwin.standalone.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.FhirUris;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.query.Mark;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A reading as an Observation: the value as it was sent, never converted. LO and HI become an absent value with the interpretation "off scale";
 * a value that FHIR cannot write becomes an absent value with the text beside it.
 *
 * @see "HL7 FHIR R4 (4.0.1), Observation and the vital signs profiles"
 */
public final class ObservationJson {

    /** What a coded value is sent in. */
    private static final String CODED = "code";

    private ObservationJson() {
    }

    /** Id of the Observation of a reading. @param index place in the batch, from 0 */
    public static String id(int partition, long offset, int index) {
        return "r-" + partition + "-" + offset + "-" + index;
    }

    /**
     * @param index place of the reading in its batch, from 0
     * @param grade of the device as registered for the time of the reading
     * @param mark null: nothing was said of it
     */
    public static ObjectNode of(String patient, Place place, ReadingBatch batch, int index, DeviceGrade grade, @Nullable Mark mark) {
        Reading reading = batch.getReadings().get(index);
        ObjectNode observation = Fhir.resource("Observation", id(place.partition(), place.offset(), index));
        Fhir.setUnlessEmpty(observation, "extension", extensions(reading, grade, mark));
        observation.put("status", "final");
        VitalCodes.category(reading.getVital()).ifPresent(category -> observation.set("category",
                Fhir.array(Fhir.concept(Fhir.coding(FhirUris.TERMINOLOGY + "observation-category", category)))));
        observation.set("code", VitalCodes.concept(reading.getVital(), loinc(reading)));
        observation.set("subject", Fhir.reference("Patient", patient));
        if (Fhir.isWritable(reading.getEffectiveTime())) {
            observation.put("effectiveDateTime", Fhir.time(reading.getEffectiveTime()));
        }
        observation.put("issued", Fhir.time(place.append()));
        value(observation, reading);
        observation.set("device", device(batch.getDeviceId()));
        return observation;
    }

    private static ObjectNode device(String deviceId) {
        ObjectNode device = Fhir.reference("Device", deviceId);
        if (!deviceId.isBlank()) {
            device.set("identifier", Fhir.identifier("device", deviceId));
        }
        return device;
    }

    /** Only where the value and its unit are what the LOINC code stands for. */
    private static Optional<String> loinc(Reading reading) {
        boolean fits = switch (reading.getValue()) {
            case Double number -> Double.isFinite(number);
            case CharSequence text -> isBound(text) || CODED.equals(reading.getUnit());
            case null, default -> false;
        };
        return fits && Fhir.isWritable(reading.getEffectiveTime()) ? VitalCodes.loinc(reading.getVital(), reading.getUnit()) : Optional.empty();
    }

    private static void value(ObjectNode observation, Reading reading) {
        String unit = reading.getUnit();
        switch (reading.getValue()) {
            case Double number when Double.isFinite(number) -> observation.set("valueQuantity", quantity(number, unit));
            case Double number -> absent(observation, number.isNaN() ? "not-a-number" : number > 0 ? "positive-infinity" : "negative-infinity");
            case CharSequence text when isBound(text) -> bound(observation, text.toString());
            case CharSequence text when CODED.equals(unit) && Fhir.isCode(text.toString()) ->
                observation.set("valueCodeableConcept", Fhir.concept(Fhir.coding(Fhir.VALUE, text.toString())));
            case CharSequence text when !text.toString().isBlank() -> observation.put("valueString", text.toString());
            case null, default -> absent(observation, "unknown");
        }
    }

    private static ObjectNode quantity(double value, String unit) {
        ObjectNode quantity = Fhir.object().put("value", value);
        if (!unit.isBlank()) {
            quantity.put("unit", unit);
        }
        if (Unit.of(unit).isPresent() && !CODED.equals(unit)) {
            quantity.put("system", FhirUris.UCUM).put("code", unit);
        }
        return quantity;
    }

    /** Below or above what the device can measure. */
    private static void bound(ObjectNode observation, String bound) {
        ObjectNode reason = Fhir.concept(Fhir.coding(Fhir.ABSENT, "unsupported"), Fhir.coding(Fhir.VALUE, bound));
        observation.set("dataAbsentReason", reason);
        observation.set("interpretation", Fhir.array(Fhir.concept(
                Fhir.coding(FhirUris.TERMINOLOGY + "v3-ObservationInterpretation", bound.equals("LO") ? "<" : ">"))));
    }

    private static void absent(ObjectNode observation, String reason) {
        observation.set("dataAbsentReason", Fhir.concept(Fhir.coding(Fhir.ABSENT, reason)));
    }

    private static boolean isBound(CharSequence text) {
        return text.toString().equals("LO") || text.toString().equals("HI");
    }

    private static ArrayNode extensions(Reading reading, DeviceGrade grade, @Nullable Mark mark) {
        ArrayNode extensions = Fhir.array();
        if (mark != null) {
            extensions.add(quality(mark));
        }
        extensions.add(Fhir.extension("device-grade", "valueCode", grade.name()));
        if (reading.getContext() != ActivityContext.UNKNOWN) {
            extensions.add(Fhir.extension("activity-context", "valueCode", reading.getContext().name()));
        }
        if (!(reading.getValue() instanceof Double number && Double.isFinite(number)) && !reading.getUnit().isBlank()) {
            extensions.add(Fhir.extension("unit-as-sent", "valueString", reading.getUnit()));
        }
        if (reading.getSignalQuality() != null && Float.isFinite(reading.getSignalQuality())) {
            extensions.add(Fhir.extension("signal-quality", Double.parseDouble(reading.getSignalQuality().toString())));
        }
        reading.getFlags().stream().filter(flag -> !flag.isBlank())
                .forEach(flag -> extensions.add(Fhir.extension("device-flag", "valueString", flag)));
        switch (reading.getOriginal()) {
            case Double number when Double.isFinite(number) -> extensions.add(Fhir.extension("original-value", number));
            case CharSequence text when !text.toString().isBlank() ->
                extensions.add(Fhir.extension("original-value", "valueString", text.toString()));
            case null, default -> { }
        }
        if (!Fhir.isWritable(reading.getEffectiveTime())) {
            extensions.add(Fhir.extension("effective-millis", "valueString", Long.toString(reading.getEffectiveTime().toEpochMilli())));
        }
        return extensions;
    }

    private static ObjectNode quality(Mark mark) {
        List<ObjectNode> parts = new ArrayList<>();
        parts.add(Fhir.part("verdict", "valueCode", mark.verdict().name()));
        mark.reasons().forEach(reason -> parts.add(Fhir.part("reason", "valueCode", reason)));
        if (mark.sigma() != null) {
            parts.add(Fhir.part("sigma", mark.sigma()));
        }
        parts.add(Fhir.part("rule-version", "valueString", mark.ruleVersion()));
        return Fhir.extension("quality", parts);
    }
}
