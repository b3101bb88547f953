package io.vitaltwin.testbench.bench;

import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.testbench.sim.Log;
import io.vitaltwin.testbench.sim.Plans;
import io.vitaltwin.testbench.sim.Script;
import io.vitaltwin.testbench.sim.SimPatient;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Many patients who each measure five vitals with one device, all values normal, as most readings of a fleet are. Everything about
 * the n-th batch follows from n and the seed.
 *
 * @param patients at least 1
 * @param batch readings in a batch: 1, or whole rounds of the five vitals
 */
record Cohort(int patients, int batch, long seed, Instant start) {

    static final List<String> VITALS = List.of("heart_rate", "spo2", "respiratory_rate", "bp_systolic", "body_temperature");
    private static final List<String> UNITS = List.of("/min", "%", "/min", "mm[Hg]", "Cel");
    /** Where a patient's values lie and how far they vary: lowest, spread between patients, spread within a patient, size of a step. */
    private static final double[][] NORMAL = {{60, 20, 7, 1}, {96, 1, 3, 1}, {13, 3, 4, 1}, {115, 15, 9, 1}, {36.5, 4, 4, 0.1}};
    /** A prime, so that steps of this size meet everybody, unless it divides their number. */
    private static final long STRIDE = 7919;
    private static final Duration ROUND = Duration.ofMinutes(1);

    Cohort {
        if (patients < 1) {
            throw new IllegalArgumentException("--patients must be at least 1, found " + patients);
        }
        if (batch < 1 || batch != 1 && batch % VITALS.size() != 0) {
            throw new IllegalArgumentException("a batch must hold 1 reading or whole rounds of " + VITALS.size() + ", found " + batch);
        }
    }

    /** Time between two batches of one patient. */
    private Duration period() {
        return batch == 1 ? ROUND.dividedBy(VITALS.size()) : ROUND;
    }

    static String patientId(int patient) {
        return "b" + patient;
    }

    private static String deviceId(int patient) {
        return patientId(patient) + "-d";
    }

    /** For its care plan and consent. */
    SimPatient patient(int patient) {
        Duration interval = batch == 1 ? ROUND : ROUND.dividedBy(batch / VITALS.size());
        var device = Plans.device(deviceId(patient), "patch", DeviceGrade.MEDICAL_HOME, interval, VITALS.toArray(String[]::new));
        var plan = Plans.plan(patientId(patient), device);
        plan.setNews2(true);
        Script silent = (log, from, random, repetition) -> { };
        return new SimPatient(plan, ROUND, 0, silent);
    }

    /** Which patient sends the n-th batch: everybody once in a round. Neighbours in time are no neighbours by name. */
    int patientOf(long n) {
        long stride = patients % STRIDE == 0 ? 1 : STRIDE;
        return (int) (n % patients * stride % patients);
    }

    /** When the n-th batch reaches the broker; never earlier than the batch before. */
    Instant arrivalOf(long n) {
        return effectiveEnd(n).plus(Log.DELAY);
    }

    private Instant effectiveEnd(long n) {
        long round = n / patients;
        long nanosIntoRound = period().toNanos() / patients * (n % patients);
        return start.plus(period().multipliedBy(round + 1)).plusMillis(nanosIntoRound / 1_000_000);
    }

    ReadingBatch batchOf(long n) {
        int patient = patientOf(n);
        long round = n / patients;
        Instant end = effectiveEnd(n);
        List<Reading> readings = new ArrayList<>(batch);
        int samples = Math.max(1, batch / VITALS.size());
        for (int i = 0; i < batch; i++) {
            int vital = batch == 1 ? (int) (round % VITALS.size()) : i % VITALS.size();
            int before = samples - 1 - i / VITALS.size();
            Instant effective = end.minus(ROUND.dividedBy(samples).multipliedBy(before));
            readings.add(Log.reading(VITALS.get(vital), effective, value(patient, vital, round * samples + i / VITALS.size()),
                    UNITS.get(vital), ActivityContext.REST));
        }
        return ReadingBatch.newBuilder().setBatchId(deviceId(patient) + "-" + round).setDeviceId(deviceId(patient)).setSentAt(end)
                .setSequence(round).setReadings(readings).build();
    }

    private double value(int patient, int vital, long sample) {
        double[] normal = NORMAL[vital];
        long own = Long.remainderUnsigned(mix(seed + patient * 31L + vital), (long) normal[1]);
        long now = Long.remainderUnsigned(mix(seed ^ mix(patient * 1_000_003L + vital) + sample), (long) normal[2]);
        return Math.round((normal[0] + (own + now) * normal[3]) * 10) / 10.0;
    }

    /** SplitMix64's finisher: neighbouring numbers give unrelated ones. */
    private static long mix(long z) {
        long a = (z + 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 30)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }
}
