package io.vitaltwin.testbench.proof;

import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.PatientReport;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.RegisteredDevice;
import io.vitaltwin.schemas.ReportKind;
import io.vitaltwin.schemas.TrustedRecords;
import io.vitaltwin.testbench.proof.ProofStory.Entry;
import io.vitaltwin.testbench.sim.Arrival;
import io.vitaltwin.testbench.sim.Plans;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Two hours of a patient with everything that goes wrong at the door: readings doubled, late, turned round and lost, vitals that nobody registered
 * or knows, units that nobody can convert, bytes that nobody can read, and consents that come, go and contradict each other. The same seed gives the
 * same story.
 */
final class StoryMaker {

    static {
        TrustedRecords.trust();
    }

    static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    static final Duration LENGTH = Duration.ofHours(2);

    /** Registered for a device, but no vital of the catalogue. */
    private static final String UNKNOWN_VITAL = "blood_ketones";
    /** Registered for nobody. */
    private static final String UNREGISTERED_VITAL = "location";

    private static final List<Sender> SENDERS = List.of(
            new Sender("ox", "finger-oximeter", DeviceGrade.MEDICAL_HOME, 60, true, new Signal("spo2", "%", 88, 2, 80, 99), new Signal("heart_rate", "/min", 120, 6, 45, 165)),
            new Sender("watch", "watch", DeviceGrade.CONSUMER, 60, false, new Signal("heart_rate", "/min", 118, 8, 45, 165), new Signal(UNKNOWN_VITAL, "mmol/L", 1, 1, 0, 3)),
            new Sender("cgm", "cgm", DeviceGrade.MEDICAL_HOME, 300, true, new Signal("glucose_interstitial", "mg/dL", 58, 5, 42, 320)),
            new Sender("thermometer", "thermometer", DeviceGrade.MEDICAL_HOME, 900, false, new Signal("body_temperature", "Cel", 38, 1, 36, 40)),
            new Sender("breath", "capnograph", DeviceGrade.CLINICAL, 60, true, new Signal("respiratory_rate", "/min", 24, 3, 7, 34)));

    private final SplittableRandom random;
    private final long seed;
    private final String patient;
    private final List<Entry> entries = new ArrayList<>();
    private final Set<Long> usedMillis = new HashSet<>();

    private StoryMaker(long seed) {
        this.seed = seed;
        random = new SplittableRandom(seed);
        patient = "patient-" + seed;
    }

    /** A kind of device that sends these signals. */
    private record Sender(String device, String kind, DeviceGrade grade, int seconds, boolean counts, Signal... signals) {
    }

    /** A value that wanders between two bounds. */
    private record Signal(String vital, String unit, int start, int step, int lowest, int highest) {
    }

    static ProofStory make(long seed) {
        return new StoryMaker(seed).story();
    }

    private ProofStory story() {
        List<Sender> senders = new ArrayList<>();
        for (Sender sender : SENDERS) {
            if (random.nextInt(2) == 0 || senders.isEmpty() && sender == SENDERS.getLast()) {
                senders.add(sender);
            }
        }
        senders.forEach(this::send);
        garbage();
        report();
        plan(senders);
        new ConsentMaker(random, patient, List.copyOf(entries), SENDERS.stream().flatMap(sender -> List.of(sender.signals()).stream())
                .map(Signal::vital).distinct().toList(), this::freeMillis).make(entries);
        entries.sort(Comparator.comparingLong(Entry::takenMillis));
        return new ProofStory(seed, patient, entries);
    }

    /** Mostly before everything else; else the first readings come from somebody of whom nothing is known. */
    private void plan(List<Sender> senders) {
        Instant at = random.nextInt(8) > 0 ? START.minusSeconds(60) : START.plusSeconds(random.nextInt(1_200));
        add(new Arrival.Plan(free(at), Plans.plan(patient, senders.stream().map(StoryMaker::registered).toArray(RegisteredDevice[]::new))));
    }

    private static RegisteredDevice registered(Sender sender) {
        return Plans.device(sender.device(), sender.kind(), sender.grade(), Duration.ofSeconds(sender.seconds()),
                List.of(sender.signals()).stream().map(Signal::vital).toArray(String[]::new));
    }

    private void send(Sender sender) {
        int batches = 3 + random.nextInt(9);
        long step = Math.min(LENGTH.toSeconds() / batches, sender.seconds() * 3L);
        long from = random.nextLong(LENGTH.toSeconds() - step * batches + 1);
        int[] values = List.of(sender.signals()).stream().mapToInt(Signal::start).toArray();
        for (int i = 0; i < batches; i++) {
            Instant last = START.plusSeconds(from + i * step).plusMillis(random.nextInt(1_000));
            List<Reading> readings = new ArrayList<>();
            for (int back = random.nextInt(3); back >= 0; back--) {
                for (int s = 0; s < values.length; s++) {
                    Signal signal = sender.signals()[s];
                    values[s] = Math.clamp(values[s] + random.nextInt(-signal.step(), signal.step() + 1), signal.lowest(), signal.highest());
                    readings.add(reading(signal, last.minusSeconds(back * (step / 3)), values[s]));
                }
            }
            deliver(sender, sender.counts() ? i : -1, last, readings);
        }
    }

    private Reading reading(Signal signal, Instant effective, double value) {
        Reading.Builder reading = Reading.newBuilder().setVital(signal.vital()).setEffectiveTime(effective).setValue(value).setUnit(signal.unit());
        switch (random.nextInt(40)) {
            case 0 -> reading.setUnit("furlong");
            case 1 -> reading.setVital(UNREGISTERED_VITAL).setUnit("deg");
            case 2 -> reading.setValue(Double.NaN);
            default -> { }
        }
        return reading.build();
    }

    /** Lost, late, doubled, or simply sent. */
    private void deliver(Sender sender, long sequence, Instant last, List<Reading> readings) {
        int fate = random.nextInt(20);
        if (fate == 0) {
            return;
        }
        long lateSeconds = fate < 3 ? random.nextInt(400) : fate == 3 ? 1_000 + random.nextInt(2_000) : 1;
        Instant at = last.plusSeconds(lateSeconds).plusMillis(random.nextInt(1_000));
        ReadingBatch batch = ReadingBatch.newBuilder().setBatchId(sender.device() + '-' + last.toEpochMilli()).setDeviceId(sender.device())
                .setSentAt(last).setSequence(sequence).setReadings(readings).build();
        add(new Arrival.Batch(free(at), patient, batch));
        if (fate >= 18) {
            add(new Arrival.Batch(free(at.plusMillis(random.nextInt(600_000))), patient, batch));
        }
    }

    private void garbage() {
        for (int i = random.nextInt(3); i > 0; i--) {
            add(new Arrival.Garbage(free(somewhen()), patient));
        }
    }

    private void report() {
        if (random.nextInt(2) == 0) {
            Instant at = free(somewhen());
            add(new Arrival.Report(at, PatientReport.newBuilder().setReportId("report-" + seed).setPatientId(patient).setEffectiveTime(at)
                    .setKind(ReportKind.SYMPTOM).setSymptom("breathlessness").build()));
        }
    }

    private Instant somewhen() {
        return START.plusMillis(random.nextLong(LENGTH.toMillis()));
    }

    private void add(Arrival arrival) {
        entries.add(new Entry(arrival.at().toEpochMilli(), arrival));
    }

    private Instant free(Instant at) {
        return Instant.ofEpochMilli(freeMillis(at.toEpochMilli()));
    }

    /** No two records of a patient share an append time: which of them came first would be nobody's to say. */
    private long freeMillis(long wanted) {
        long millis = wanted;
        while (!usedMillis.add(millis)) {
            millis++;
        }
        return millis;
    }
}
