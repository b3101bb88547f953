package io.vitaltwin.ingest.format;

import io.vitaltwin.ingest.Refusal;
import io.vitaltwin.ingest.UcumUnits;
import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.FhirUris;
import io.vitaltwin.schemas.Reading;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * FHIR R4 Observations, one a line, as {@code export} writes them; others too. Of a file with several devices only those of the device that is loaded
 * are read. What would change the meaning and cannot be honoured is refused with its FHIR path.
 *
 * @see "HL7 FHIR R4 (4.0.1), Observation"
 */
final class FhirObservations implements ReadingFormat {

    private static final Set<String> MEASURED = Set.of("final", "amended", "corrected", "preliminary");
    private static final Set<String> CHANGES_MEANING = Set.of("modifierExtension", "implicitRules");
    private static final Pattern OFFSET = Pattern.compile(".*T.*(Z|[+-]\\d{2}:\\d{2})");

    @Override
    public String name() {
        return "fhir-ndjson";
    }

    @Override
    public String summary() {
        return "HL7 FHIR R4 Observations, one a line, as export writes them; of several devices only the one that is loaded";
    }

    @Override
    public boolean hasHeader() {
        return false;
    }

    @Override
    public LineParser open(String header, FormatSettings settings) throws FileRefused {
        FormatChecks.noUnit(this, settings);
        return new Parser(settings);
    }

    /** Remembers whose observations these are. */
    private static final class Parser implements LineParser {

        private final FormatSettings settings;
        private @Nullable String subject;

        Parser(FormatSettings settings) {
            this.settings = settings;
        }

        @Override
        public List<Reading> read(String line) throws LineRefused {
            JsonPart observation = JsonPart.read("Observation", line);
            check(observation);
            if (!isOfDevice(observation)) {
                return List.of();
            }
            Instant time = time(observation);
            List<Reading> readings = new ArrayList<>();
            if (observation.items("component").isEmpty() || hasValue(observation)) {
                readings.add(reading(observation, observation, time));
            }
            for (JsonPart component : observation.items("component")) {
                readings.add(reading(component, observation, time));
            }
            return readings;
        }

        private void check(JsonPart observation) throws LineRefused {
            if (!observation.require("resourceType").text().equals("Observation")) {
                throw observation.refused("resourceType", "is not Observation: give a file of Observations");
            }
            for (String field : CHANGES_MEANING) {
                if (observation.get(field).isPresent()) {
                    throw observation.refused(field, "cannot be honoured and may change the meaning: remove it if it does not");
                }
            }
            if (!MEASURED.contains(observation.require("status").text())) {
                throw observation.refused("status", "says that nothing was measured: only final, amended, corrected and preliminary are readings");
            }
            String whose = observation.require("subject").require("reference").text();
            subject = subject == null ? whose : subject;
            if (!subject.equals(whose)) {
                throw observation.require("subject").refused("reference", "is another patient than in the lines before: one file for each patient");
            }
        }

        /** An observation that names no device is of the one that is loaded. */
        private boolean isOfDevice(JsonPart observation) {
            Optional<JsonPart> device = observation.get("device");
            if (device.isEmpty() || settings.device().isEmpty()) {
                return true;
            }
            String wanted = settings.device().get();
            Optional<String> named = device.get().get("identifier").flatMap(identifier -> identifier.text("value"));
            return named.isPresent() ? named.get().equals(wanted)
                    : device.get().text("reference").map(reference -> reference.endsWith("Device/" + wanted)).orElse(true);
        }

        private Instant time(JsonPart observation) throws LineRefused {
            JsonPart time = observation.get("effectiveInstant").isPresent() ? observation.require("effectiveInstant")
                    : observation.require("effectiveDateTime");
            if (!OFFSET.matcher(time.text()).matches()) {
                throw time.refused("needs a time of day and an offset: write it as 2026-03-02T08:15:00Z");
            }
            return new Times(settings.timeZone()).iso(time.path(), new Field(time.text(), time.column()));
        }
    }

    private static boolean hasValue(JsonPart observation) {
        return observation.get("valueQuantity").isPresent() || observation.get("valueCodeableConcept").isPresent()
                || observation.get("valueString").isPresent();
    }

    /** @param measured the observation, or a component of it */
    private static Reading reading(JsonPart measured, JsonPart observation, Instant time) throws LineRefused {
        String vital = FhirVitals.of(measured);
        Reading reading = measured.get("valueQuantity").isPresent() ? quantity(vital, time, measured.require("valueQuantity"))
                : measured.get("valueCodeableConcept").isPresent() ? coded(vital, time, measured.require("valueCodeableConcept"))
                : measured.get("valueString").isPresent()
                        ? Readings.of(vital, time, measured.require("valueString").text(), unitAsSent(observation, "valueString"))
                : bound(vital, time, measured);
        extend(reading, observation);
        return reading;
    }

    private static Reading quantity(String vital, Instant time, JsonPart quantity) throws LineRefused {
        if (quantity.get("comparator").isPresent()) {
            throw quantity.refused("comparator", "cannot be honoured: write a value off the scale as an absent value with an interpretation < or >");
        }
        double value = quantity.require("value").number();
        boolean ucum = quantity.text("system").map(FhirUris.UCUM::equals).orElse(true);
        JsonPart unit = quantity.get("code").isPresent() && ucum ? quantity.require("code") : quantity.require("unit");
        return Readings.of(vital, time, value, known(unit, unit.text()));
    }

    private static Reading coded(String vital, Instant time, JsonPart concept) throws LineRefused {
        List<JsonPart> codings = concept.items("coding");
        if (codings.isEmpty()) {
            throw concept.refused("coding", "is missing: text alone is not a value");
        }
        JsonPart code = codings.getFirst().require("code");
        return Readings.of(vital, time, Values.code(code.path(), new Field(code.text(), code.column())), UcumUnits.CODE);
    }

    /** Below or above what the device can measure; any other absent value is no reading. */
    private static Reading bound(String vital, Instant time, JsonPart measured) throws LineRefused {
        for (JsonPart interpretation : measured.items("interpretation")) {
            for (JsonPart coding : interpretation.items("coding")) {
                String code = coding.text("code").orElse("");
                if (code.equals("<") || code.equals(">")) {
                    return Readings.of(vital, time, code.equals("<") ? Values.LOW_BOUND : Values.HIGH_BOUND, unitAsSent(measured, "interpretation"));
                }
            }
        }
        throw measured.refused("holds no value: an absent value is not a reading");
    }

    private static String unitAsSent(JsonPart measured, String what) throws LineRefused {
        Optional<JsonPart> unit = extension(measured, "unit-as-sent");
        if (unit.isEmpty()) {
            throw measured.refused(what, "has no unit: add the extension " + FhirUris.EXTENSION + "unit-as-sent");
        }
        return known(unit.get(), unit.get().text("valueString").orElse(""));
    }

    private static String known(JsonPart where, String unit) throws LineRefused {
        if (!UcumUnits.isKnown(unit)) {
            throw where.refused(Refusal.Reason.UNIT_UNKNOWN, "is not a unit that vitaltwin takes: " + UcumUnits.ADVICE);
        }
        return unit;
    }

    private static void extend(Reading reading, JsonPart observation) throws LineRefused {
        Optional<JsonPart> context = extension(observation, "activity-context");
        if (context.isPresent()) {
            reading.setContext(context(context.get()));
        }
        Optional<JsonPart> quality = extension(observation, "signal-quality");
        if (quality.isPresent()) {
            reading.setSignalQuality((float) quality.get().require("valueDecimal").number());
        }
        List<String> flags = new ArrayList<>();
        for (JsonPart extension : observation.items("extension")) {
            if (extension.text("url").map((FhirUris.EXTENSION + "device-flag")::equals).orElse(false)) {
                flags.add(extension.require("valueString").text());
            }
        }
        reading.setFlags(flags);
        Optional<JsonPart> original = extension(observation, "original-value");
        if (original.isPresent()) {
            reading.setOriginal(original.get().get("valueDecimal").isPresent() ? (Object) original.get().require("valueDecimal").number()
                    : original.get().require("valueString").text());
        }
    }

    private static ActivityContext context(JsonPart extension) throws LineRefused {
        String word = extension.require("valueCode").text();
        for (ActivityContext known : ActivityContext.values()) {
            if (known.name().equals(word)) {
                return known;
            }
        }
        throw extension.refused("valueCode", "is not an activity: use SLEEP, REST, LIGHT, VIGOROUS or UNKNOWN");
    }

    private static Optional<JsonPart> extension(JsonPart observation, String name) {
        return observation.items("extension").stream().filter(extension -> extension.text("url").map((FhirUris.EXTENSION + name)::equals).orElse(false))
                .findFirst();
    }
}
