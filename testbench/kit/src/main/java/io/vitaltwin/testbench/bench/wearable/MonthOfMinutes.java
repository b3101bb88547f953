package io.vitaltwin.testbench.bench.wearable;

import io.vitaltwin.testbench.data.FitbitMinutes;
import io.vitaltwin.testbench.data.FitbitMinutes.Minute;
import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Monitor;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.Judgement;
import io.vitaltwin.twin.core.rules.AlertChange;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A month of a tracker's minutes through the real core: what the quality checks find in filled gaps, and how often a healthy person's nurse is called. */
final class MonthOfMinutes implements Monitor.Listener {

    private static final double MINUTES_OF_DAY = 1_440;
    /** CR 5.2, DQ-11: a pulse that stays for as long as this while steps vary, else for three times as long. */
    private static final int FLAT_MINUTES = 45;

    private final List<Minute> minutes;
    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    private final Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
    private final Map<Context, Integer> contexts = new EnumMap<>(Context.class);
    private final Map<String, Integer> calls = new TreeMap<>();
    /** Minutes whose pulse the core called flat, at once or afterwards, by their number since the first. */
    private final BitSet flat = new BitSet();

    private MonthOfMinutes(List<Minute> minutes) {
        this.minutes = minutes;
    }

    /**
     * @param covered share of the minutes from the first to the last day that have a reading; gaps: breaks of more than two minutes
     * @param flat share of the readings that the core called FLATLINE, those of the run before it was found included
     * @param constant share of the readings in runs of one and the same value for 45 minutes and more, counted here without the core
     * @param calls of a nurse by rule and priority, technical ones too; verdicts of heart rates only
     */
    record Outcome(String person, int minutes, double days, double covered, int gaps, Map<Verdict, Integer> verdicts, Map<Reason, Integer> reasons,
            Map<Context, Integer> contexts, double flat, double constant, Map<String, Integer> calls) {
    }

    /** Persons are named by their number. */
    static List<Outcome> of(List<FitbitMinutes.Person> persons) {
        List<Outcome> outcomes = new ArrayList<>();
        persons.forEach(person -> outcomes.add(of("person " + (outcomes.size() + 1), person)));
        return outcomes;
    }

    private static Outcome of(String name, FitbitMinutes.Person person) {
        MonthOfMinutes month = new MonthOfMinutes(person.minutes());
        month.play();
        long first = person.minutes().getFirst().millis();
        long last = person.minutes().getLast().millis();
        double span = (last - first) / (double) Tracker.MINUTE + 1;
        int n = person.minutes().size();
        return new Outcome(name, n, span / MINUTES_OF_DAY, n / span, month.gaps(), month.verdicts, month.reasons, month.contexts,
                (double) month.flat.cardinality() / n, (double) constant(person.minutes()) / n, month.calls);
    }

    private void play() {
        Tracker tracker = new Tracker(this);
        minutes.forEach(minute -> tracker.minute(minute.millis(), minute.steps() * 1_000L, minute.heartRate()));
    }

    @Override
    public void judged(Measurement measurement, Judgement judgement) {
        if (measurement.vital() != Vital.HEART_RATE) {
            return;
        }
        verdicts.merge(judgement.verdict(), 1, Integer::sum);
        contexts.merge(judgement.context(), 1, Integer::sum);
        Reason.of(judgement.reasons()).forEach(reason -> reasons.merge(reason, 1, Integer::sum));
        if (judgement.has(Reason.FLATLINE)) {
            flat.set(number(measurement.effectiveMillis()));
        }
        judgement.revisions().stream().filter(revision -> Reason.FLATLINE.in(revision.reasons())).forEach(revision -> minutes.stream()
                .filter(minute -> minute.millis() >= revision.fromMillis() && minute.millis() <= revision.untilMillis())
                .forEach(minute -> flat.set(number(minute.millis()))));
    }

    private int number(long millis) {
        return (int) ((millis - minutes.getFirst().millis()) / Tracker.MINUTE);
    }

    @Override
    public void alert(AlertChange change) {
        boolean told = change.event() == AlertChange.Event.RAISED || change.event() == AlertChange.Event.UPGRADED;
        if (told && change.priority() != Priority.INFO) {
            calls.merge(change.rule() + " " + change.priority(), 1, Integer::sum);
        }
    }

    private int gaps() {
        int gaps = 0;
        for (int i = 1; i < minutes.size(); i++) {
            gaps += minutes.get(i).millis() - minutes.get(i - 1).millis() > 2 * Tracker.MINUTE ? 1 : 0;
        }
        return gaps;
    }

    /** Minutes in long runs of one value without a gap of more than two minutes. */
    static int constant(List<Minute> minutes) {
        int constant = 0;
        List<Minute> run = new ArrayList<>();
        for (Minute minute : minutes) {
            boolean goes = !run.isEmpty() && minute.heartRate() == run.getLast().heartRate() && minute.millis() - run.getLast().millis() <= 2 * Tracker.MINUTE;
            if (!goes) {
                constant += isLong(run) ? run.size() : 0;
                run.clear();
            }
            run.add(minute);
        }
        return constant + (isLong(run) ? run.size() : 0);
    }

    private static boolean isLong(List<Minute> run) {
        return !run.isEmpty() && run.getLast().millis() - run.getFirst().millis() >= FLAT_MINUTES * Tracker.MINUTE;
    }
}
