package io.vitaltwin.alerts.console;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;

/** What the log holds of one patient beside readings and alerts. No measured values but in the export. Safe for several threads. */
public interface PatientRecords {

    /**
     * One version of a consent.
     *
     * @param version {@code <consentId>/<versionId>}
     * @param classes vitals that its rules name; empty: all
     * @param period null: no limit is stated
     * @param knownAt when it became known
     */
    record Consent(String version, String status, List<String> purposes, List<String> classes, @Nullable Period period, Instant knownAt) {

        public Consent {
            purposes = List.copyOf(purposes);
            classes = List.copyOf(classes);
        }
    }

    /** Null: open on that side. */
    record Period(@Nullable Instant start, @Nullable Instant end) {
    }

    /** Who was shown what. */
    record Disclosed(Instant time, String egress, String actor, String role, String purpose, List<String> vitals) {

        public Disclosed {
            vitals = List.copyOf(vitals);
        }
    }

    /** Oldest first. @throws IOException if the log cannot be read */
    List<Consent> consents(String patient) throws IOException;

    /** Oldest first. @throws IOException if the log cannot be read */
    List<Disclosed> disclosures(String patient) throws IOException;

    /**
     * Writes all that the log holds of the patient as a zip of FHIR R4 NDJSON and CSV; the patient's own right, written down as a disclosure before the
     * first byte.
     *
     * @throws IOException if the log cannot be read or the stream not be written
     */
    void export(String patient, OutputStream zip) throws IOException;
}
