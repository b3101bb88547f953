package io.vitaltwin.testbench.ethics;

import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.PatientReport;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.RegisteredDevice;
import io.vitaltwin.schemas.ReportKind;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.TwinVital;
import io.vitaltwin.testbench.proof.ProofStory;
import io.vitaltwin.testbench.proof.ProofStory.Entry;
import io.vitaltwin.testbench.proof.StoryPlayer;
import io.vitaltwin.testbench.proof.Told;
import io.vitaltwin.testbench.sim.Arrival;
import io.vitaltwin.testbench.sim.Plans;
import org.apache.avro.specific.SpecificRecord;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Some hours of a patient through the real topology, written down record by record. */
final class Life {

    static final Instant T0 = Instant.parse("2026-03-02T08:00:00Z");

    static final RegisteredDevice OXIMETER = Plans.device("oximeter", "finger-oximeter", DeviceGrade.MEDICAL_HOME, Duration.ofMinutes(1), "spo2");
    static final RegisteredDevice PATCH = Plans.device("patch", "patch", DeviceGrade.MEDICAL_HOME, Duration.ofMinutes(1), "heart_rate", "steps");
    static final RegisteredDevice SENSOR = Plans.device("sensor", "cgm", DeviceGrade.MEDICAL_HOME, Duration.ofMinutes(5), "glucose_interstitial");

    private final String patient;
    private final List<Entry> entries = new ArrayList<>();
    private int versions;

    Life(String patient) {
        this.patient = patient;
    }

    static Life of(String patient, RegisteredDevice... devices) {
        return new Life(patient).plan(Plans.plan(patient, devices)).consent(-59, ConsentStatus.ACTIVE, permit().build());
    }

    static Instant at(long second) {
        return T0.plusSeconds(second);
    }

    static Provision.Builder permit() {
        return Provision.newBuilder().setType(ProvisionType.PERMIT);
    }

    static Provision.Builder deny(String... vitals) {
        return Provision.newBuilder().setType(ProvisionType.DENY).setVitals(List.of(vitals));
    }

    /** Comes a minute before T0. */
    Life plan(PatientContext plan) {
        return add(new Arrival.Plan(at(-60), plan));
    }

    Life consent(long second, ConsentStatus status, Provision... provisions) {
        return add(new Arrival.Consent(at(second), ConsentRecord.newBuilder().setPatientId(patient).setConsentId("consent")
                .setVersionId(String.valueOf(++versions)).setStatus(status).setEffectiveTime(at(second)).setProvisions(List.of(provisions)).build()));
    }

    /** A batch that comes a second after its last reading. */
    Life send(String device, Reading... readings) {
        Instant last = Arrays.stream(readings).map(Reading::getEffectiveTime).max(Comparator.naturalOrder()).orElseThrow();
        return send(device, last.plusSeconds(1), readings);
    }

    Life send(String device, Instant at, Reading... readings) {
        return add(new Arrival.Batch(at, patient, ReadingBatch.newBuilder().setBatchId(device + '/' + at.toEpochMilli()).setDeviceId(device)
                .setSentAt(at).setReadings(List.of(readings)).build()));
    }

    Life report(PatientReport report) {
        return add(new Arrival.Report(report.getEffectiveTime(), report));
    }

    Life symptom(long second, String symptom) {
        return report(PatientReport.newBuilder().setReportId("report-" + second).setPatientId(patient).setEffectiveTime(at(second))
                .setKind(ReportKind.SYMPTOM).setSymptom(symptom).build());
    }

    private Life add(Arrival arrival) {
        entries.add(new Entry(arrival.at().toEpochMilli(), arrival));
        return this;
    }

    static Reading reading(String vital, String unit, long second, double value) {
        return Reading.newBuilder().setVital(vital).setEffectiveTime(at(second)).setValue(value).setUnit(unit).setContext(ActivityContext.REST).build();
    }

    static Reading saturation(long second, double percent) {
        return reading("spo2", "%", second, percent);
    }

    static Reading pulse(long second, double perMinute) {
        return reading("heart_rate", "/min", second, perMinute);
    }

    static Reading glucose(long second, double milligrams) {
        return reading("glucose_interstitial", "mg/dL", second, milligrams);
    }

    /** What the twin wrote of this patient, who is alone. */
    Lived live() {
        return live(Duration.ofSeconds(30)).getFirst();
    }

    /** Lives side by side, this one first. @param ticks how often time moves when nobody sends */
    List<Lived> live(Duration ticks, Life... others) {
        List<Life> all = new ArrayList<>(List.of(others));
        all.addFirst(this);
        Map<String, List<Told>> told = StoryPlayer.play(all.stream().map(Life::story).toList(), ticks);
        return all.stream().map(life -> new Lived(told.getOrDefault(life.patient, List.of()))).toList();
    }

    private ProofStory story() {
        entries.sort(Comparator.comparingLong(Entry::takenMillis));
        return new ProofStory(0, patient, entries);
    }

    /** What was written, oldest first. */
    record Lived(List<Told> told) {

        List<AlertEvent> alerts() {
            return all(AlertEvent.class);
        }

        List<AlertEvent> raised() {
            return alerts().stream().filter(alert -> alert.getEvent() == AlertEventType.RAISED).toList();
        }

        List<ConsentViolation> violations() {
            return all(ConsentViolation.class);
        }

        List<QualityFlag> flags() {
            return all(QualityFlag.class);
        }

        List<TwinSnapshot> snapshots() {
            return all(TwinSnapshot.class);
        }

        TwinSnapshot last() {
            return snapshots().getLast();
        }

        List<String> vitals() {
            return last().getVitals().stream().map(TwinVital::getVital).toList();
        }

        private <T extends SpecificRecord> List<T> all(Class<T> type) {
            return told.stream().map(Told::value).filter(type::isInstance).map(type::cast).toList();
        }
    }
}
