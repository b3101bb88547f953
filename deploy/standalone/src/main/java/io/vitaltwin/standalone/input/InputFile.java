package io.vitaltwin.standalone.input;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.TrustedRecords;
import io.vitaltwin.standalone.input.fhir.FhirConsents;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Patients and consents from a YAML or JSON file, in the shapes of scenario files or with the field names of the records. One file may hold
 * both; each command takes its own part:
 *
 * <pre>{@code
 * start: 2026-03-02T00:00:00Z          # what spans below count from; only needed with spans
 * timezone: UTC                        # of patients that give none
 * patients: [{id: p1, monitor: [spo2]}]
 * devices:  [{id: oxi1, patient: p1, kind: finger-oximeter, grade: MEDICAL_HOME, vitals: [spo2], interval: PT5S}]
 * consents: [{patient: p1, status: active, permit: [{purpose: TREAT, except: [{vitals: [steps]}]}]}]
 * }</pre>
 *
 * A list alone, or a single object alone, is taken as what the command reads.
 *
 * @param patients in the order of the file, each with its devices
 * @param consents in the order of the file
 */
public record InputFile(List<PatientContext> patients, List<ConsentRecord> consents) {

    /** Enough for many thousand patients; a larger file is a mistake, or an attack. */
    private static final long LARGEST = 64L * 1024 * 1024;

    /** The consent that this program manages, where nobody names another. */
    public static final String DEFAULT_CONSENT = ConsentInput.DEFAULT_CONSENT;

    /** What a file without section names holds. */
    public enum Kind { PATIENTS, CONSENTS }

    public InputFile {
        patients = List.copyOf(patients);
        consents = List.copyOf(consents);
    }

    /**
     * Reads a file.
     *
     * @param bare what a list or an object without section names is
     * @param now the time of what gives none
     * @throws InputException if the file cannot be read or understood
     */
    public static InputFile read(Path file, Kind bare, Instant now) {
        return parse(file.toString(), text(file), bare, now);
    }

    /**
     * Reads the consents of a file, which may also be FHIR R4 in JSON: a Consent, a Bundle of them, or one a line.
     *
     * @param patient pseudonym that is used whatever the resources say; only with FHIR
     * @param now the time of what gives none
     * @throws InputException if the file cannot be read or understood, or holds what cannot be honoured
     */
    public static List<ConsentRecord> readConsents(Path file, Optional<String> patient, Instant now) {
        String text = text(file);
        if (FhirConsents.isFhir(text)) {
            TrustedRecords.trust();
            return FhirConsents.parse(file.toString(), text, patient, now);
        }
        if (patient.isPresent()) {
            throw new InputException(file.toString(), "--patient is for FHIR; here each consent names its patient itself");
        }
        return parse(file.toString(), text, Kind.CONSENTS, now).consents();
    }

    static String text(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new InputException(file.toString(), 1, "larger than " + LARGEST / 1024 / 1024 + " MB; split it");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new InputException("no file " + file + "; check the path", e);
        } catch (IOException e) {
            throw new InputException("cannot read " + file + " as UTF-8 text; check the file and its permissions", e);
        }
    }

    /**
     * Reads a text.
     *
     * @param name what messages call it
     * @throws InputException if it cannot be understood
     */
    public static InputFile parse(String name, String text, Kind bare, Instant now) {
        TrustedRecords.trust();
        Item root = compose(name, text);
        if (root.isMap() && isDocument(root)) {
            return document(root, now);
        }
        FileClock clock = new FileClock(Optional.empty(), now);
        return switch (bare) {
            case PATIENTS -> new InputFile(PatientInput.patients(root.items(), List.of(), "UTC", clock), List.of());
            case CONSENTS -> new InputFile(List.of(), ConsentInput.consents(root.items(), clock));
        };
    }

    private static boolean isDocument(Item root) {
        return root.entries().keySet().stream().anyMatch(List.of("patients", "devices", "consents")::contains)
                && !root.entries().containsKey("id") && !root.entries().containsKey("patientId");
    }

    private static InputFile document(Item root, Instant now) {
        Fields fields = root.fields();
        FileClock none = new FileClock(Optional.empty(), now);
        FileClock clock = new FileClock(fields.take("start").map(start -> start.time(none)), now);
        String zone = fields.take("timezone", "timeZone").map(Item::zone).orElse("UTC");
        List<Item> patients = fields.take("patients").map(Item::items).orElse(List.of());
        List<Item> devices = fields.take("devices").map(Item::items).orElse(List.of());
        List<Item> consents = fields.take("consents").map(Item::items).orElse(List.of());
        fields.end();
        return new InputFile(PatientInput.patients(patients, devices, zone, clock), ConsentInput.consents(consents, clock));
    }

    static Item compose(String name, String text) {
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(name).setMaxAliasesForCollections(0)
                    .setCodePointLimit((int) LARGEST).build();
            return new Item(name, new Compose(settings).composeString(text)
                    .orElseThrow(() -> new InputException(name, 1, "the file is empty")));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new InputException(name, line, "not YAML or JSON: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new InputException(name, 1, "not YAML or JSON: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }
}
