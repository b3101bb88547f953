package io.vitaltwin.testbench.bench.ward;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Coordinates;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Monitor;
import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.news2.News2Result;
import io.vitaltwin.twin.core.quality.Judgement;
import io.vitaltwin.twin.core.rules.AlertChange;
import io.vitaltwin.twin.core.rules.News2Rules;
import io.vitaltwin.twin.core.rules.RuleSet;
import io.vitaltwin.twin.core.rules.Turn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One patient through the real core. Everybody lies in bed: the context is REST, an assumption that these sets cannot prove.
 */
final class WardRun implements Monitor.Listener {

    /** @param at effective time of the set */
    record Score(long at, News2Result result) {
    }

    /**
     * @param alerts all events, in order
     * @param scores NEWS2 after each set, in the order in which the sets arrived
     */
    record Outcome(List<AlertChange> alerts, List<Score> scores, Map<Judgement.Handling, Integer> handling, Map<Verdict, Integer> verdicts,
            Map<Reason, Integer> reasons) {
    }

    private final List<AlertChange> alerts = new ArrayList<>();
    private final List<Score> scores = new ArrayList<>();
    private final Map<Judgement.Handling, Integer> handling = new EnumMap<>(Judgement.Handling.class);
    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    private final Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);

    private WardRun() {
    }

    static Outcome of(WardPatient patient, Setting setting, RuleSet rules) {
        WardRun run = new WardRun();
        run.play(patient, setting, setting.plan(rules));
        return new Outcome(run.alerts, run.scores, run.handling, run.verdicts, run.reasons);
    }

    private void play(WardPatient patient, Setting setting, Plan plan) {
        Monitor monitor = new Monitor(plan, this);
        List<WardReading> arriving = patient.readings().stream().sorted(order(setting)).toList();
        int from = 0;
        while (from < arriving.size()) {
            int until = from + 1;
            while (until < arriving.size() && isSameBatch(setting, arriving.get(from), arriving.get(until))) {
                until++;
            }
            long now = appendMillis(setting, arriving.get(from));
            monitor.take(batch(setting, arriving.subList(from, until), from));
            long at = arriving.get(until - 1).effectiveMillis();
            boolean complete = until == arriving.size() || appendMillis(setting, arriving.get(until)) != now
                    || arriving.get(until).effectiveMillis() != at;
            if (complete) {
                News2Rules.score(new Turn(monitor.twin(), plan, now, change -> { }), at).ifPresent(result -> scores.add(new Score(at, result)));
            }
            from = until;
        }
    }

    /** Batch by batch of one device. At one instant the vital signs come before the score's oxygen and consciousness, in the order of Bed. */
    private static Comparator<WardReading> order(Setting setting) {
        return Comparator.<WardReading>comparingLong(reading -> appendMillis(setting, reading)).thenComparing(WardReading::effectiveMillis)
                .thenComparing(WardReading::bed);
    }

    private static boolean isSameBatch(Setting setting, WardReading first, WardReading other) {
        return first.bed() == other.bed() && first.effectiveMillis() == other.effectiveMillis()
                && appendMillis(setting, first) == appendMillis(setting, other);
    }

    private static long appendMillis(Setting setting, WardReading reading) {
        return setting.arrivesAsStored() ? reading.storedMillis() : reading.effectiveMillis();
    }

    private static List<Measurement> batch(Setting setting, List<WardReading> readings, int offset) {
        List<Measurement> batch = new ArrayList<>(readings.size());
        for (WardReading reading : readings) {
            batch.add(new Measurement(reading.vital(), reading.bed().id(), reading.effectiveMillis(), appendMillis(setting, reading),
                    reading.value(), Context.REST, Float.NaN, false, new Coordinates(0, offset, batch.size())));
        }
        return batch;
    }

    @Override
    public void judged(Measurement measurement, Judgement judgement) {
        handling.merge(judgement.handling(), 1, Integer::sum);
        if (!judgement.isDuplicate()) {
            verdicts.merge(judgement.verdict(), 1, Integer::sum);
        }
        Reason.of(judgement.reasons()).forEach(reason -> reasons.merge(reason, 1, Integer::sum));
    }

    @Override
    public void alert(AlertChange change) {
        alerts.add(change);
    }
}
