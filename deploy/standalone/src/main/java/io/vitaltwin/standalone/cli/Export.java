package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.Disclosure;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.PatientReport;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.RegisteredDevice;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.fhir.AuditEventJson;
import io.vitaltwin.standalone.fhir.ConsentJson;
import io.vitaltwin.standalone.fhir.DetectedIssueJson;
import io.vitaltwin.standalone.fhir.ObservationJson;
import io.vitaltwin.standalone.fhir.PeopleJson;
import io.vitaltwin.standalone.fhir.Place;
import io.vitaltwin.twin.core.AlertId;
import io.vitaltwin.twin.core.disclosure.Datum;
import io.vitaltwin.twin.query.Mark;
import io.vitaltwin.twin.query.QualityMarks;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything that the log holds of one patient, as far as it went when this was opened, written record by record. In memory are the flags of the patient's
 * readings and the ids of consents, and nothing else that grows. The same log gives the same bytes.
 */
final class Export implements AutoCloseable {

    private static final List<String> READING_COLUMNS = List.of("time", "vital", "value", "unit", "context", "device", "grade", "verdict",
            "reasons", "sigma", "signalQuality", "flags", "original", "received", "batchId", "sequence", "record", "index");

    private final String patient;
    private final ExportFolder folder;
    private final PatientLog<PatientContext> plans;
    private final PatientLog<QualityFlag> flags;
    private final PatientLog<ReadingBatch> readings;
    private final PatientLog<AlertEvent> alerts;
    private final PatientLog<ConsentRecord> consents;
    private final PatientLog<PatientReport> reports;
    private final PatientLog<Disclosure> disclosures;
    private final PatientLog<ConsentViolation> violations;
    private final List<PatientLog<?>> logs = new ArrayList<>();

    private final QualityMarks marks = new QualityMarks();
    private final TreeSet<String> devices = new TreeSet<>();
    private final Map<String, Datum> data = new TreeMap<>();
    /** Resources that each consent came to. */
    private final Map<String, Integer> parts = new TreeMap<>();
    private @Nullable PatientContext plan;
    private @Nullable Long firstReading;
    private long values;
    private long records;

    /** Opens every topic, so that all are read up to one moment. */
    Export(ClusterOptions cluster, String patient, ExportFolder folder) {
        this.patient = patient;
        this.folder = folder;
        Topics topics = cluster.topics();
        try {
            plans = open(cluster, topics.patients());
            flags = open(cluster, topics.qualityFlags());
            readings = open(cluster, topics.readings());
            alerts = open(cluster, topics.alerts());
            consents = open(cluster, topics.consents());
            reports = open(cluster, topics.reports());
            disclosures = open(cluster, topics.disclosures());
            violations = open(cluster, topics.violations());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private <T extends SpecificRecord> PatientLog<T> open(ClusterOptions cluster, Topic<T> topic) {
        PatientLog<T> log = new PatientLog<>(cluster, topic, patient);
        logs.add(log);
        return log;
    }

    void write() throws IOException {
        plans.forEach(record -> plan = record.value());
        each(flags, "quality-flags", (place, flag) -> marks.take(flag));
        readings.forEach(record -> {
            ReadingBatch batch = record.value();
            if (batch != null) {
                take(place(record), batch);
            }
        });
        each(alerts, "alerts", (place, alert) -> folder.resource(DetectedIssueJson.of(patient, place, alert, this::isExported)));
        each(consents, "consents", (place, consent) -> {
            List<ObjectNode> resources = ConsentJson.of(patient, place, consent, parts.getOrDefault(consent.getConsentId(), 0));
            parts.put(consent.getConsentId(), resources.size());
            for (ObjectNode resource : resources) {
                folder.resource(resource);
            }
        });
        each(reports, "reports", (place, report) -> folder.resource(PeopleJson.report(patient, place, report)));
        each(disclosures, "disclosures", (place, disclosure) -> folder.resource(AuditEventJson.of(patient, place, disclosure)));
        each(violations, "violations", (place, violation) -> folder.resource(AuditEventJson.of(patient, place, violation)));
        people();
    }

    private interface Writing<T> {

        void write(Place place, T value) throws IOException;
    }

    /** A row for each record with all its fields, and whatever else is made of it. */
    private <T extends SpecificRecord> void each(PatientLog<T> log, String name, Writing<T> more) throws IOException {
        log.forEach(record -> {
            T value = record.value();
            if (value == null) {
                return;
            }
            records++;
            row(name, place(record), value);
            more.write(place(record), value);
        });
    }

    private void row(String name, Place place, SpecificRecord value) throws IOException {
        List<String> columns = new ArrayList<>(List.of("record", "append"));
        List<String> fields = new ArrayList<>(List.of(place.label(), place.append().toString()));
        RecordText.json(value).properties().forEach(field -> {
            columns.add(field.getKey());
            fields.add(CsvText.of(field.getValue()));
        });
        folder.row(name, columns, fields);
    }

    private void take(Place place, ReadingBatch batch) throws IOException {
        firstReading = firstReading == null ? place.offset() : firstReading;
        devices.add(batch.getDeviceId());
        records++;
        for (int index = 0; index < batch.getReadings().size(); index++) {
            Reading reading = batch.getReadings().get(index);
            DeviceGrade grade = grade(batch.getDeviceId(), reading.getEffectiveTime());
            Mark mark = marks.of(batch.getDeviceId(), reading.getVital(), reading.getEffectiveTime().toEpochMilli());
            folder.resource(ObservationJson.of(patient, place, batch, index, grade, mark));
            folder.row("readings", READING_COLUMNS, fields(place, batch, index, grade, mark));
            count(batch.getDeviceId(), reading);
        }
        if (!batch.getReadings().isEmpty()) {
            folder.resource(PeopleJson.provenance(place, batch));
        }
    }

    private static List<String> fields(Place place, ReadingBatch batch, int index, DeviceGrade grade, @Nullable Mark mark) {
        Reading reading = batch.getReadings().get(index);
        ObjectNode json = RecordText.json(reading);
        return List.of(reading.getEffectiveTime().toString(), reading.getVital(), CsvText.of(json.get("value")), reading.getUnit(),
                reading.getContext().name(), batch.getDeviceId(), grade.name(), mark == null ? "" : mark.verdict().name(),
                mark == null ? "" : String.join(" ", mark.reasons()), mark == null || mark.sigma() == null ? "" : mark.sigma().toString(),
                CsvText.of(json.get("signalQuality")), CsvText.of(json.get("flags")), CsvText.of(json.get("original")),
                place.append().toString(), batch.getBatchId(), Long.toString(batch.getSequence()), place.label(), Integer.toString(index));
    }

    /** What goes out, for the disclosure log: each vital with the span of its effective times. */
    private void count(String deviceId, Reading reading) {
        long effective = reading.getEffectiveTime().toEpochMilli();
        data.merge(reading.getVital(), Datum.at(AlertId.ofDevice(patient, deviceId), reading.getVital(), effective),
                (known, more) -> new Datum(known.device(), known.vital(), Math.min(known.fromMillis(), effective),
                        Math.max(known.untilMillis(), effective)));
        values++;
    }

    private void people() throws IOException {
        folder.resource(PeopleJson.patient(patient, plan));
        if (plan != null) {
            row("plan", new Place(plans.topic(), 0, plans.end(), Instant.EPOCH), plan);
            plan.getDevices().forEach(device -> devices.add(device.getDeviceId()));
        }
        for (String device : devices) {
            folder.resource(PeopleJson.device(patient, device, registrations(device)));
        }
    }

    private List<RegisteredDevice> registrations(String deviceId) {
        return plan == null ? List.of() : plan.getDevices().stream().filter(device -> device.getDeviceId().equals(deviceId)).toList();
    }

    /** As registered for that time by the newest plan. */
    private DeviceGrade grade(String deviceId, Instant time) {
        return registrations(deviceId).stream()
                .filter(device -> device.getValidFrom() == null || !time.isBefore(device.getValidFrom()))
                .filter(device -> device.getValidTo() == null || time.isBefore(device.getValidTo()))
                .map(RegisteredDevice::getGrade).findFirst().orElse(DeviceGrade.UNKNOWN);
    }

    /** Readings are kept for a month, alerts for a year: what an old alert rests on may be gone. */
    private boolean isExported(Evidence evidence) {
        return evidence.getTopic().equals(readings.topic()) && firstReading != null && evidence.getOffset() >= firstReading;
    }

    private static Place place(Decoded<?> record) {
        return new Place(record.topic(), record.partition(), record.offset(), record.append());
    }

    /** Records found; 0: the log knows nothing of this patient. */
    long records() {
        return records;
    }

    /** Records of the patient that cannot be read and are not in the export. */
    long unreadable() {
        return logs.stream().mapToLong(PatientLog::unreadable).sum();
    }

    /** The vitals that the export holds. */
    List<Datum> data() {
        return List.copyOf(data.values());
    }

    /** Measured values in the export. */
    long values() {
        return values;
    }

    /** Topic -> offset up to which it was read. */
    Map<String, Long> ends() {
        Map<String, Long> ends = new LinkedHashMap<>();
        logs.forEach(log -> ends.put(log.topic(), log.end()));
        return ends;
    }

    @Override
    public void close() {
        logs.forEach(PatientLog::close);
    }
}
