package io.vitaltwin.schemas;

import io.vitaltwin.schemas.Processing.Basis;
import io.vitaltwin.schemas.Processing.Category;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.vitaltwin.schemas.Processing.Category.CONSENT;
import static io.vitaltwin.schemas.Processing.Category.DEVICE;
import static io.vitaltwin.schemas.Processing.Category.HEALTH;
import static io.vitaltwin.schemas.Processing.Category.PSEUDONYM;
import static io.vitaltwin.schemas.Processing.Category.RECORD;
import static io.vitaltwin.schemas.Processing.Category.STAFF;

/**
 * For what, on which ground and by whom each topic of the catalogue is processed. A topic without an entry, or a field that no entry declares, does
 * not pass the build.
 *
 * @see Topics
 */
public final class ProcessingRegister {

    private static final Set<String> TREAT = Set.of("TREAT");
    private static final Set<String> AUDIT = Set.of("HCOMPL");
    private static final List<String> PATIENTS = List.of("monitored patients");
    private static final List<String> PATIENTS_AND_STAFF = List.of("monitored patients", "care staff");
    private static final List<String> TWIN = List.of("twin-streams");
    private static final List<String> SHOWN = List.of("tail", "twin show", "export");
    private static final List<String> INSIDE = List.of();

    private static final List<Processing> ALL = List.of(
            new Processing("readings", "Measurements are taken in, judged and folded into the patient's twin, as far as consent covers them.", TREAT,
                    Basis.CONSENT, PATIENTS, fields(HEALTH, "readings").and(DEVICE, "deviceId", "batteryPercent", "memoryCount")
                            .and(RECORD, "batchId", "sentAt", "sequence").map(), List.of("ingest", "device makers' systems"), List.of("export", "sink")),
            new Processing("patients", "The care plan says what is collected of whom, by which devices, and what the rules must know.", TREAT,
                    Basis.CARE, PATIENTS, fields(PSEUDONYM, "patientId")
                            .and(HEALTH, "birthDate", "sex", "conditions", "attributes", "spo2Scale", "oxygen", "rules", "news2", "baselines", "monitor")
                            .and(DEVICE, "devices").and(RECORD, "timeZone").map(), List.of("care systems", "patient apply"), List.of("export")),
            new Processing("consents", "Every version of every consent is kept, so that each decision can be shown to rest on one.", Set.of("TREAT", "HCOMPL"),
                    Basis.ACCOUNTABILITY, PATIENTS_AND_STAFF, fields(PSEUDONYM, "patientId")
                            .and(CONSENT, "consentId", "versionId", "status", "effectiveTime", "provisions", "dateTime", "policyUri", "verified",
                                    "verificationDate", "scope", "categories", "policyRule", "source")
                            .and(STAFF, "verifiedWith", "performers", "emergency").map(), List.of("consent systems", "consent"), List.of("export", "consent show")),
            new Processing("reports", "What patients say of themselves stands beside what their devices say.", TREAT, Basis.CONSENT, PATIENTS,
                    fields(PSEUDONYM, "patientId").and(HEALTH, "symptom", "note", "disputedVital", "effectiveTime", "untilTime")
                            .and(DEVICE, "disputedDeviceId").and(RECORD, "reportId", "kind", "disputedRule", "disputedAlertId", "disputedFrom").map(),
                    List.of("patient app"), List.of("export")),
            new Processing("ticks", "A clock for each partition.", Set.of("HOPERAT"), Basis.NO_PERSON, List.of(),
                    fields(RECORD, "partition", "time").map(), TWIN, INSIDE),
            new Processing("alerts", "Events that a nurse can act on, each with its evidence.", TREAT, Basis.CONSENT, PATIENTS,
                    fields(PSEUDONYM, "patientId").and(HEALTH, "rule", "family", "priority", "text", "evidence", "thresholds", "contextNotes", "tags",
                            "informationType", "lane").and(CONSENT, "consentVersion", "endReason")
                            .and(RECORD, "alertId", "event", "episodeStart", "effectiveTime", "appendTime", "ruleSetVersion", "schemaVersion").map(),
                    TWIN, List.of("tail", "notifications", "console", "export", "sink")),
            new Processing("consent-violations", "What was refused is counted, without any value.", AUDIT, Basis.ACCOUNTABILITY, PATIENTS,
                    fields(PSEUDONYM, "patientId").and(DEVICE, "deviceHash").and(CONSENT, "vital", "purpose", "stage", "reason", "consentVersion")
                            .and(STAFF, "actor").and(RECORD, "firstTime", "lastTime", "count").map(),
                    List.of("twin-streams", "disclosure gate"), List.of("tail")),
            new Processing("quality-flags", "Why a reading is in doubt, without its value.", TREAT, Basis.CONSENT, PATIENTS,
                    fields(PSEUDONYM, "patientId").and(HEALTH, "vital", "verdict", "reasons").and(DEVICE, "deviceId")
                            .and(RECORD, "effectiveTime", "untilTime", "ruleVersion", "sigma", "appendTime").map(), TWIN, SHOWN),
            new Processing("twins", "The newest state of each twin.", TREAT, Basis.CONSENT, PATIENTS,
                    fields(PSEUDONYM, "patientId").and(HEALTH, "vitals", "news2", "openAlerts", "patientSays").and(DEVICE, "devices")
                            .and(CONSENT, "consentVersion").and(RECORD, "appendTime", "fates", "verdicts", "stateBytes").map(), TWIN, SHOWN),
            new Processing("alert-actions", "Who did what with an alert.", TREAT, Basis.CARE, PATIENTS_AND_STAFF,
                    fields(PSEUDONYM, "patientId").and(HEALTH, "text").and(STAFF, "actor", "assignee")
                            .and(HEALTH, "outcome", "seenPriority").and(RECORD, "actionId", "alertId", "kind", "time", "until", "undoes").map(),
                    List.of("console", "care systems", "alert"), List.of("export")),
            new Processing("care-teams", "Who is told of whose alerts, and at which hours.", TREAT, Basis.CARE, PATIENTS_AND_STAFF,
                    fields(PSEUDONYM, "patientId").and(STAFF, "team", "shifts")
                            .and(RECORD, "timeZone", "holidays", "workingDays", "digestMinute", "quietFromMinute", "quietUntilMinute").map(),
                    List.of("care systems", "care-team apply"), INSIDE),
            new Processing("alert-workflow", "Who did what with an alert, when it was escalated, and what could not be done; never a value.", TREAT,
                    Basis.CARE, PATIENTS_AND_STAFF, fields(PSEUDONYM, "patientId").and(HEALTH, "rule", "family", "priority", "lane", "reason", "outcome")
                            .and(STAFF, "actor", "assignee").and(RECORD, "eventId", "alertId", "type", "stateBefore", "state", "time", "refusal", "actionId",
                                    "until", "step", "round", "ruleSetVersion").map(), List.of("alerts"), INSIDE),
            new Processing("worklist", "Each open alert with where it stands.", TREAT, Basis.CARE, PATIENTS_AND_STAFF,
                    fields(PSEUDONYM, "patientId").and(HEALTH, "rule", "family", "priority", "lane", "text", "alerts").and(STAFF, "assignee")
                            .and(RECORD, "alertId", "state", "episodeStart", "updated").map(), List.of("alerts"), List.of("console", "alert list")),
            new Processing("notifications", "Who was told of an alert, and whether it arrived; never a value.", TREAT, Basis.CARE, PATIENTS_AND_STAFF,
                    fields(PSEUDONYM, "patientId").and(STAFF, "channel", "recipient").and(HEALTH, "priority", "lane")
                            .and(RECORD, "notificationId", "alertId", "status", "time", "detail", "step", "due", "attempt", "next", "reference").map(), List.of("alerts", "twin-streams", "erase"),
                    List.of("notification channels")),
            new Processing("disclosures", "Who was shown what, for which purpose: the patient may read it.", AUDIT, Basis.ACCOUNTABILITY, PATIENTS_AND_STAFF,
                    fields(PSEUDONYM, "patientId").and(STAFF, "actor", "role", "egress").and(CONSENT, "purpose", "consentVersion", "reason", "vitals")
                            .and(RECORD, "disclosureId", "count", "time").map(), List.of("every way out"), List.of("disclosures", "export")),
            new Processing("device-sightings", "Which device measured whom, by a hash of its serial number.", TREAT, Basis.CARE, PATIENTS,
                    fields(PSEUDONYM, "patientId").and(DEVICE, "serialHash", "deviceId").and(RECORD, "effectiveTime", "registeredUntil").map(), TWIN, INSIDE),
            new Processing("device-sharings", "The same device measured somebody else.", TREAT, Basis.CARE, PATIENTS,
                    fields(PSEUDONYM, "patientId").and(DEVICE, "deviceId").and(RECORD, "fromTime", "untilTime").map(), TWIN, INSIDE),
            new Processing("erasure-orders", "Whom to forget; removed when it is proven.", AUDIT, Basis.ERASURE, PATIENTS,
                    fields(PSEUDONYM, "patientId").and(RECORD, "erasureId", "time").map(), List.of("erase"), INSIDE),
            new Processing("erasures", "That somebody was erased and how it was proven; not who.", AUDIT, Basis.ERASURE, List.of("care staff"),
                    fields(STAFF, "actor", "recipients").and(RECORD, "erasureId", "requested", "finished", "ground", "searched").map(), List.of("erase"), INSIDE),
            new Processing("readings-dlq", "Records that nobody can read or convert, as they came, until somebody repairs them.", TREAT, Basis.CONSENT, PATIENTS,
                    fields(HEALTH, "(original bytes)").and(RECORD, "(headers: reason and origin)").map(), List.of("ingest", "twin-streams", "alerts"),
                    INSIDE));

    private ProcessingRegister() {
    }

    /** One entry for each topic, in the order of the catalogue. */
    public static List<Processing> all() {
        return ALL;
    }

    /** The entry of a topic; empty: nobody has said what it is processed for. */
    public static Optional<Processing> of(Topic<?> topic) {
        return ALL.stream().filter(entry -> topic.name().endsWith(entry.what() + ".v1")
                && !topic.name().endsWith("-" + entry.what() + ".v1")).findFirst();
    }

    private static Fields fields(Category category, String... names) {
        return new Fields(Map.of()).and(category, names);
    }

    /** Fields by category, as they are declared. */
    private record Fields(Map<String, Category> map) {

        Fields and(Category category, String... names) {
            Map<String, Category> more = new HashMap<>(map);
            for (String name : names) {
                if (more.put(name, category) != null) {
                    throw new IllegalStateException("field " + name + " is declared twice");
                }
            }
            return new Fields(more);
        }
    }
}
