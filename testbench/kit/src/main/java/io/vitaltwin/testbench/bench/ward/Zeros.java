package io.vitaltwin.testbench.bench.ward;

import io.vitaltwin.testbench.data.WdbNumerics;
import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Coordinates;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Monitor;
import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.Judgement;
import io.vitaltwin.twin.core.quality.PatientFacts;
import io.vitaltwin.twin.core.rules.AlertChange;
import io.vitaltwin.twin.core.rules.RuleSet;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Monitors that send 0 when a lead is off: whether the core takes a 0 for a measurement. */
final class Zeros implements Monitor.Listener {

    private static final long START = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final String MONITOR = "monitor";
    private static final Set<Vital> VITALS = Set.of(Vital.HEART_RATE, Vital.RESPIRATORY_RATE, Vital.SPO2, Vital.BP_SYSTOLIC, Vital.BP_DIASTOLIC);

    private int zeros;
    private int zerosRejected;
    private int others;
    private int othersAccepted;
    private int calls;

    private Zeros() {
    }

    /** @param calls how often a nurse was called; of one short record no rate is made */
    record Outcome(int minutes, int zeros, int zerosRejected, int others, int othersAccepted, int calls) {
    }

    static Outcome of(WdbNumerics.Recording recording, RuleSet rules) {
        Zeros zeros = new Zeros();
        Device device = new Device(MONITOR, "kit", Grade.CLINICAL, VITALS, MINUTE, Long.MIN_VALUE, Long.MAX_VALUE);
        Plan plan = new Plan(PatientFacts.NONE, Set.of(), 1, Optional.empty(), Set.of(), Map.of(), Map.of(MONITOR, device), false, List.of(),
                ZoneOffset.UTC, Map.of(), rules);
        Monitor monitor = new Monitor(plan, zeros);
        for (WdbNumerics.Minute minute : recording.minutes()) {
            monitor.take(batch(minute));
        }
        return new Outcome(recording.minutes().size(), zeros.zeros, zeros.zerosRejected, zeros.others, zeros.othersAccepted, zeros.calls);
    }

    private static List<Measurement> batch(WdbNumerics.Minute minute) {
        List<Measurement> batch = new ArrayList<>();
        add(batch, minute, Vital.HEART_RATE, minute.heartRate());
        add(batch, minute, Vital.RESPIRATORY_RATE, minute.breaths());
        add(batch, minute, Vital.SPO2, minute.spo2());
        add(batch, minute, Vital.BP_SYSTOLIC, minute.systolic());
        add(batch, minute, Vital.BP_DIASTOLIC, minute.diastolic());
        return batch;
    }

    private static void add(List<Measurement> batch, WdbNumerics.Minute minute, Vital vital, OptionalLong milli) {
        long at = START + minute.minute() * MINUTE;
        milli.ifPresent(value -> batch.add(new Measurement(vital, MONITOR, at, at, Values.of(vital, value), Context.REST, Float.NaN, false,
                new Coordinates(0, minute.minute(), batch.size()))));
    }

    @Override
    public void judged(Measurement measurement, Judgement judgement) {
        if (measurement.value().milli() == 0 && measurement.vital() != Vital.RESPIRATORY_RATE) {
            zeros++;
            zerosRejected += judgement.verdict() == Verdict.REJECT ? 1 : 0;
        } else {
            others++;
            othersAccepted += judgement.verdict() == Verdict.ACCEPT ? 1 : 0;
        }
    }

    @Override
    public void alert(AlertChange change) {
        calls += Ward.isTold(change) ? 1 : 0;
    }
}
