package io.vitaltwin.testbench.bench.af;

import io.vitaltwin.testbench.data.RrBeats.Mark;
import io.vitaltwin.testbench.data.RrBeats.Tape;
import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Coordinates;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Monitor;
import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.Judgement;
import io.vitaltwin.twin.core.quality.PatientFacts;
import io.vitaltwin.twin.core.rhythm.BeatStatistics;
import io.vitaltwin.twin.core.rhythm.BeatWindow;
import io.vitaltwin.twin.core.rhythm.BeatWindow.Outcome;
import io.vitaltwin.twin.core.rhythm.RhythmLimits;
import io.vitaltwin.twin.core.rhythm.RhythmTracker;
import io.vitaltwin.twin.core.rhythm.SampleEntropy;
import io.vitaltwin.twin.core.rhythm.SymbolEntropy;
import io.vitaltwin.twin.core.rules.AlertChange;
import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.rules.RuleSet;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A day of beats of a healthy person through the real core, as a device would send them: a batch a minute, two seconds after its last beat. Noise
 * marks are not sent; the interval after one is no interval between beats and is sent as disturbed. Early beats are sent like the others: a
 * watch does not know them. What the person did is not on the tape, so every beat is sent as at rest.
 */
final class HealthyDay implements Monitor.Listener {

    private static final String DEVICE = "tape";
    private static final long START = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
    private static final long MINUTE_MILLIS = 60_000;
    private static final double HOUR_MILLIS = 3_600_000;
    private static final long DELAY_MILLIS = 2_000;
    private static final int PIECE = 128;

    private final RhythmLimits limits;
    private final RhythmTracker windows = new RhythmTracker();
    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    private final SymbolEntropy entropy = new SymbolEntropy();
    private final List<Double> piece = new ArrayList<>();
    private final int[] pieces = new int[3];
    private long known;
    private long irregular;
    private double largestEntropy;
    private int row;
    private int longestRow;
    private int alerts;
    private int otherAlerts;

    private HealthyDay(RhythmLimits limits) {
        this.limits = limits;
    }

    /**
     * What came out.
     *
     * @param marks on the tape, by kind
     * @param disturbed beats sent as such, because a noise mark stands before them
     * @param windows of five minutes, every two and a half, by what they say
     * @param evaluable of them, regular or irregular ones
     * @param longestRow irregular windows in a row; the rule tells at {@code neededRow}
     * @param irregularBeats share of beats at which Zhou's entropy reached its limit, of those in evaluable windows that have one
     * @param largestEntropy at any beat that was accepted, gaps left out
     * @param alerts AF_SUSPECT raised
     * @param otherAlerts of any other rule
     * @param pieces of 128 beats one after the other, none disturbed
     * @param dashSaysAf of these pieces
     * @param cosenSaysAf of these pieces
     */
    record Outcomes(String tape, double hours, Map<Character, Integer> marks, int disturbed, Map<Verdict, Integer> verdicts,
            Map<Outcome, Integer> windows, int evaluable, int irregular, double irregularShare, int longestRow, int neededRow,
            double irregularBeats, double largestEntropy, int alerts, double alertsPerDay, int otherAlerts, int pieces, int dashSaysAf,
            int cosenSaysAf) {
    }

    static Outcomes play(Tape tape, RuleSet rules) {
        RhythmLimits limits = new RhythmLimits(rules.milli(RuleId.AF_SUSPECT, "entropy"), rules.milli(RuleId.AF_SUSPECT, "share"),
                rules.count(RuleId.AF_SUSPECT, "windows"), rules.milli(RuleId.AF_SUSPECT, "resetSeconds"));
        HealthyDay day = new HealthyDay(limits);
        Device device = new Device(DEVICE, "patch", Grade.CLINICAL, Set.of(Vital.INTER_BEAT_INTERVAL), 0, Long.MIN_VALUE, Long.MAX_VALUE);
        Plan plan = new Plan(PatientFacts.NONE, Set.of(), 1, Optional.empty(), Set.of(Vital.INTER_BEAT_INTERVAL.id()), Map.of(),
                Map.of(DEVICE, device), false, List.of(), ZoneOffset.UTC, Map.of(), rules);
        Monitor monitor = new Monitor(plan, day);
        int disturbed = 0;
        List<Mark> batch = new ArrayList<>();
        List<Boolean> noisy = new ArrayList<>();
        boolean afterNoise = false;
        for (Mark mark : tape.marks()) {
            if (!batch.isEmpty() && mark.millis() / MINUTE_MILLIS != batch.getFirst().millis() / MINUTE_MILLIS) {
                monitor.take(measurements(batch, noisy));
                batch.clear();
                noisy.clear();
            }
            if (mark.isBeat()) {
                batch.add(mark);
                noisy.add(afterNoise);
                disturbed += afterNoise ? 1 : 0;
            }
            afterNoise = !mark.isBeat();
        }
        if (!batch.isEmpty()) {
            monitor.take(measurements(batch, noisy));
        }
        return day.outcomes(tape, disturbed);
    }

    private static List<Measurement> measurements(List<Mark> batch, List<Boolean> noisy) {
        List<Measurement> measurements = new ArrayList<>();
        long append = START + batch.getLast().millis() + DELAY_MILLIS;
        for (int i = 0; i < batch.size(); i++) {
            Mark mark = batch.get(i);
            measurements.add(new Measurement(Vital.INTER_BEAT_INTERVAL, DEVICE, START + mark.millis(), append,
                    Value.measured(mark.sinceBeforeMilli(), Unit.MILLISECOND), Context.REST, Float.NaN, noisy.get(i),
                    new Coordinates(0, START + mark.millis(), i)));
        }
        return measurements;
    }

    @Override
    public void judged(Measurement measurement, Judgement judgement) {
        verdicts.merge(judgement.verdict(), 1, Integer::sum);
        boolean usable = judgement.verdict() == Verdict.ACCEPT;
        windows.take(measurement.effectiveMillis(), judgement.canonicalMilli(), usable, true, limits).forEach(this::count);
        if (!usable) {
            piece.clear();
            return;
        }
        entropy.add(judgement.canonicalMilli());
        largestEntropy = entropy.isKnown() ? Math.max(largestEntropy, entropy.value()) : largestEntropy;
        piece.add(judgement.canonicalMilli() / 1_000.0);
        if (piece.size() == PIECE) {
            double[] beats = piece.stream().mapToDouble(Double::doubleValue).toArray();
            pieces[0]++;
            pieces[1] += BeatStatistics.of(beats).isIrregular() ? 1 : 0;
            pieces[2] += SampleEntropy.cosen(beats) > SampleEntropy.IRREGULAR_ABOVE ? 1 : 0;
            piece.clear();
        }
    }

    private void count(BeatWindow window) {
        Outcome outcome = window.outcome(limits);
        outcomes.merge(outcome, 1, Integer::sum);
        if (outcome != Outcome.REGULAR && outcome != Outcome.IRREGULAR) {
            return;
        }
        row = outcome == Outcome.IRREGULAR ? row + 1 : 0;
        longestRow = Math.max(longestRow, row);
        known += window.beats() - window.unknown();
        irregular += window.irregular();
    }

    @Override
    public void alert(AlertChange change) {
        if (change.event() == AlertChange.Event.RAISED) {
            alerts += change.rule() == RuleId.AF_SUSPECT ? 1 : 0;
            otherAlerts += change.rule() == RuleId.AF_SUSPECT ? 0 : 1;
        }
    }

    private Outcomes outcomes(Tape tape, int disturbed) {
        Map<Character, Integer> marks = new TreeMap<>();
        tape.marks().forEach(mark -> marks.merge(mark.kind(), 1, Integer::sum));
        double hours = (tape.marks().getLast().millis() - tape.marks().getFirst().millis()) / HOUR_MILLIS;
        int irregularWindows = outcomes.getOrDefault(Outcome.IRREGULAR, 0);
        int evaluable = irregularWindows + outcomes.getOrDefault(Outcome.REGULAR, 0);
        return new Outcomes(tape.name(), hours, marks, disturbed, verdicts, outcomes, evaluable, irregularWindows,
                (double) irregularWindows / evaluable, longestRow, limits.windows(), (double) irregular / known, largestEntropy, alerts,
                24 * alerts / hours, otherAlerts, pieces[0], pieces[1], pieces[2]);
    }
}
