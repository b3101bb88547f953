package io.vitaltwin.standalone.input.fhir;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.TrustedRecords;
import io.vitaltwin.twin.core.consent.ConsentTimeline;
import io.vitaltwin.twin.core.consent.Stage;
import io.vitaltwin.twin.topology.ConsentRecords;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Consents written by hand after the published R4 specification, and what they mean. */
final class FhirFiles {

    static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    static final List<String> ALL = List.of("treatment-all", "research-deny", "nested", "data-period", "emergency-only");

    private static final List<Instant> TIMES = List.of(NOW, Instant.parse("2026-02-01T00:00:00Z"), Instant.parse("2026-05-31T23:59:59.999Z"),
            Instant.parse("2027-03-02T00:00:00Z"), Instant.parse("2029-01-01T00:00:00Z"));

    private FhirFiles() {
    }

    static String text(String name) {
        try (InputStream in = FhirFiles.class.getResourceAsStream("/fhir/" + name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("no test file " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("test file " + name + " cannot be read", e);
        }
    }

    static List<ConsentRecord> parse(String text) {
        TrustedRecords.trust();
        return FhirConsents.parse("c.json", text, Optional.empty(), NOW);
    }

    static ConsentTimeline timeline(List<ConsentRecord> consents) {
        ConsentTimeline timeline = ConsentTimeline.empty();
        for (ConsentRecord consent : consents) {
            timeline = timeline.apply(ConsentRecords.version(consent, NOW.toEpochMilli()));
        }
        return timeline;
    }

    /** Questions that are answered with yes. */
    static List<String> permitted(List<ConsentRecord> consents) {
        ConsentTimeline timeline = timeline(consents);
        List<String> permitted = new ArrayList<>();
        for (String vital : List.of("heart_rate", "spo2", "steps")) {
            for (String purpose : List.of("TREAT", "ETREAT", "HRESCH", "HMARKT")) {
                for (String actor : List.of("vitaltwin", "heart-team", "insurer")) {
                    for (Stage stage : Stage.values()) {
                        ask(timeline, vital, purpose, actor, stage, permitted);
                    }
                }
            }
        }
        return permitted;
    }

    private static void ask(ConsentTimeline timeline, String vital, String purpose, String actor, Stage stage, List<String> permitted) {
        for (Instant effective : TIMES) {
            for (Instant processing : List.of(NOW, TIMES.getLast())) {
                if (timeline.decide(vital, purpose, actor, stage, effective.toEpochMilli(), processing.toEpochMilli()).isPermitted()) {
                    permitted.add(vital + " " + purpose + " " + actor + " " + stage + " " + effective + " " + processing);
                }
            }
        }
    }
}
