package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.Emergency;
import io.vitaltwin.schemas.MonitoredVital;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.PatientReport;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.RegisteredDevice;
import io.vitaltwin.schemas.ReportKind;
import io.vitaltwin.schemas.Tick;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import org.apache.avro.specific.SpecificRecord;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Writes the records that tests play, as the bytes that would be on the topics. */
final class Story {

    static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX, 1);
    static final BundledSchemaIds IDS = new BundledSchemaIds();

    /** When every test begins. */
    static final Instant T0 = Instant.parse("2026-03-01T08:00:00Z");

    static final String ANN = "patient-ann";
    static final String BEN = "patient-ben";
    static final String CAT = "patient-cat";

    static final String OXIMETER = "oximeter-1";
    static final String PATCH = "patch-1";
    static final String SENSOR = "sensor-1";

    private static final AvroSerde<PatientContext> PLANS = new AvroSerde<>(TOPICS.patients(), IDS);
    private static final AvroSerde<ConsentRecord> CONSENTS = new AvroSerde<>(TOPICS.consents(), IDS);
    private static final AvroSerde<ReadingBatch> READINGS = new AvroSerde<>(TOPICS.readings(), IDS);
    private static final AvroSerde<PatientReport> REPORTS = new AvroSerde<>(TOPICS.reports(), IDS);
    private static final AvroSerde<Tick> TICKS = new AvroSerde<>(TOPICS.ticks(), IDS);

    private Story() {
    }

    static Instant at(long seconds) {
        return T0.plusSeconds(seconds);
    }

    /** A plan with an oximeter (30 s), a patch for pulse and steps (1 min) and a glucose sensor (5 min). */
    static Input plan(String patient, Instant at) {
        return plan(patient, at, device(OXIMETER, "finger-oximeter", Duration.ofSeconds(30), "spo2"),
                device(PATCH, "patch", Duration.ofMinutes(1), "heart_rate", "steps"),
                device(SENSOR, "cgm", Duration.ofMinutes(5), "glucose_interstitial"));
    }

    static Input plan(String patient, Instant at, RegisteredDevice... devices) {
        return plan(PatientContext.newBuilder().setPatientId(patient).setNews2(false).setDevices(List.of(devices)).build(), at);
    }

    /** A plan that registers what may be collected. */
    static Input plan(String patient, Instant at, List<MonitoredVital> monitor, RegisteredDevice... devices) {
        return plan(PatientContext.newBuilder().setPatientId(patient).setNews2(false).setMonitor(monitor).setDevices(List.of(devices)).build(), at);
    }

    static Input plan(PatientContext plan, Instant at) {
        return new Input("patients", plan.getPatientId(), bytes(PLANS, TOPICS.patients(), plan), at);
    }

    static RegisteredDevice device(String id, String kind, Duration interval, String... vitals) {
        return RegisteredDevice.newBuilder().setDeviceId(id).setKind(kind).setGrade(DeviceGrade.MEDICAL_HOME)
                .setVitals(List.of(vitals)).setIntervalMillis(interval.toMillis()).build();
    }

    /** Everything may be used for treatment. */
    static Input permit(String patient, String version, Instant at) {
        return consent(patient, version, ConsentStatus.ACTIVE, at, provision(ProvisionType.PERMIT).build());
    }

    static Input withdraw(String patient, String version, Instant at) {
        return consent(patient, version, ConsentStatus.INACTIVE, at);
    }

    static Provision.Builder provision(ProvisionType type) {
        return Provision.newBuilder().setType(type).setPurposes(List.of("TREAT"));
    }

    /** A version of the patient's main consent. */
    static Input consent(String patient, String version, ConsentStatus status, Instant at, Provision... provisions) {
        return consentSince(patient, consentOf(patient), version, status, at, at, provisions);
    }

    /** Id of the patient's main consent. */
    static String consentOf(String patient) {
        return "consent-of-" + patient;
    }

    /** A consent that is meant to hold since another time than that at which it comes. */
    static Input consentSince(String patient, String consentId, String version, ConsentStatus status, Instant since, Instant at, Provision... provisions) {
        return consent(ConsentRecord.newBuilder().setPatientId(patient).setConsentId(consentId).setVersionId(version).setStatus(status)
                .setEffectiveTime(since).setProvisions(List.of(provisions)).build(), at);
    }

    /** A consent of its own that denies these vitals, beside what others permit. */
    static Input switchOff(String patient, String version, Instant since, Instant at, String... vitals) {
        return consentSince(patient, "switches", version, ConsentStatus.ACTIVE, since, at, Provision.newBuilder().setType(ProvisionType.DENY).setVitals(List.of(vitals)).build());
    }

    static Input breakGlass(String patient, String version, Instant at) {
        return consent(ConsentRecord.newBuilder().setPatientId(patient).setConsentId("emergency").setVersionId(version).setStatus(ConsentStatus.ACTIVE)
                .setEffectiveTime(at).setEmergency(new Emergency("physician", "dr-4711", "found unconscious")).build(), at);
    }

    private static Input consent(ConsentRecord consent, Instant at) {
        return new Input("consents", consent.getPatientId(), bytes(CONSENTS, TOPICS.consents(), consent), at);
    }

    /** A report of this kind; the rest is up to the test. */
    static PatientReport.Builder report(String patient, ReportKind kind, Instant at) {
        return PatientReport.newBuilder().setReportId(kind + "-" + at).setPatientId(patient).setEffectiveTime(at).setKind(kind);
    }

    static Input report(PatientReport report, Instant at) {
        return new Input("reports", report.getPatientId(), bytes(REPORTS, TOPICS.reports(), report), at);
    }

    static Reading reading(String vital, Instant effective, Object value, String unit) {
        return Reading.newBuilder().setVital(vital).setEffectiveTime(effective).setValue(value).setUnit(unit)
                .setContext(ActivityContext.REST).build();
    }

    static Reading saturation(Instant effective, double percent) {
        return reading("spo2", effective, percent, "%");
    }

    static Reading pulse(Instant effective, double perMinute) {
        return reading("heart_rate", effective, perMinute, "/min");
    }

    static Reading glucose(Instant effective, double milligramsPerDecilitre) {
        return reading("glucose_interstitial", effective, milligramsPerDecilitre, "mg/dL");
    }

    /** Readings of the oximeter by their number, half a minute apart: 86 % and 85 % in turn. */
    static Reading lowSaturation(int number) {
        return saturation(at(30L * number), 86 - number % 2);
    }

    /** Each heard a second after it was measured; both ends included. */
    static List<Input> lowSaturations(String patient, int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(number -> batch(patient, OXIMETER, at(30L * number + 1), lowSaturation(number))).toList();
    }

    /** A usual pulse each minute, heard two seconds after it was measured; both ends included. */
    static List<Input> pulses(String patient, int fromMinute, int toMinute) {
        return IntStream.rangeClosed(fromMinute, toMinute)
                .mapToObj(minute -> batch(patient, PATCH, at(60L * minute + 2), pulse(at(60L * minute), 70 + minute % 3))).toList();
    }

    /** A batch of a device that does not count. */
    static Input batch(String patient, String device, Instant at, Reading... readings) {
        return batch(patient, device, -1, at, List.of(readings));
    }

    static Input batch(String patient, String device, long sequence, Instant at, Reading... readings) {
        return batch(patient, device, sequence, at, List.of(readings));
    }

    static Input batch(String patient, String device, long sequence, Instant at, List<Reading> readings) {
        var batch = ReadingBatch.newBuilder().setBatchId(device + "/" + sequence).setDeviceId(device).setSentAt(at).setSequence(sequence)
                .setReadings(readings).build();
        return new Input("readings", patient, bytes(READINGS, TOPICS.readings(), batch), at);
    }

    static Input symptom(String patient, String symptom, Instant at) {
        return report(report(patient, ReportKind.SYMPTOM, at).setSymptom(symptom).build(), at);
    }

    static Input tick(Instant at) {
        return new Input("ticks", null, bytes(TICKS, TOPICS.ticks(), new Tick(0, at)), at);
    }

    private static <T extends SpecificRecord> byte[] bytes(AvroSerde<T> serde, Topic<T> topic, T value) {
        byte[] bytes = serde.serialize(topic.name(), value);
        if (bytes == null) {
            throw new IllegalStateException("a value became a tombstone");
        }
        return bytes;
    }
}
