package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.state.Run;
import io.vitaltwin.twin.core.state.Slot;
import io.vitaltwin.twin.core.state.StreamState;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Low oxygen saturation, on the scale of the patient: SPO2_LOW and SPO2_CRIT, or for scale 2 COPD_SPO2_LOW and COPD_SPO2_CRIT. Critical
 * implies low: when the critical level ends, the low one holds on until its own end.
 *
 * @see "CLINICAL.md sections 3.0, 3.2, 3.11, 3.12.2"
 */
final class SaturationRules {

    /** An integer display shows 91 for anything below 91.5: CR 3.11.1. */
    private static final double HALF_STEP = 0.5;

    /** One level on either scale: the scale of a patient may change while an episode is open. */
    private static final List<RuleId> CRITICAL_LEVEL = List.of(RuleId.SPO2_CRIT, RuleId.COPD_SPO2_CRIT);
    private static final List<RuleId> LOW_LEVEL = List.of(RuleId.SPO2_LOW, RuleId.COPD_SPO2_LOW);

    private SaturationRules() {
    }

    static void onSample(Turn turn, StreamState stream, Sample sample) {
        boolean hypercapnic = turn.plan().spo2Scale() == 2;
        RuleId low = hypercapnic ? RuleId.COPD_SPO2_LOW : RuleId.SPO2_LOW;
        RuleId critical = hypercapnic ? RuleId.COPD_SPO2_CRIT : RuleId.SPO2_CRIT;
        onset(turn, stream, sample, critical, Slot.ON_2)
                .ifPresent(run -> raise(turn, stream, sample, critical, run, Optional.of(low)));
        onset(turn, stream, sample, low, Slot.ON_1).ifPresent(run -> raise(turn, stream, sample, low, run, Optional.empty()));
        Optional<Run> criticalOver = ended(turn, stream, sample, critical, Slot.ON_2, Slot.OFF_2);
        Optional<Run> lowOver = ended(turn, stream, sample, low, Slot.ON_1, Slot.OFF_1);
        List<RuleId> over = new ArrayList<>();
        criticalOver.ifPresent(run -> over.addAll(CRITICAL_LEVEL));
        lowOver.ifPresent(run -> over.addAll(LOW_LEVEL));
        lowOver.or(() -> criticalOver)
                .ifPresent(run -> Episodes.release(turn, Family.SPO2, over, run.lastMillis(), Runs.proofs(stream, run)));
    }

    /** The run that is long enough to raise the rule, if there is one. */
    private static Optional<Run> onset(Turn turn, StreamState stream, Sample sample, RuleId rule, Slot slot) {
        RuleSet rules = turn.rules();
        boolean holds = sample.canonicalMilli() <= rules.milli(rule, "on");
        long gap = sample.isSpot() ? rules.milli(rule, "spotMaxSeconds") : sample.longestGapMillis();
        return Runs.feed(stream, slot, holds, sample, gap).filter(run -> isSustained(rules, rule, sample, run));
    }

    private static boolean isSustained(RuleSet rules, RuleId rule, Sample sample, Run run) {
        if (sample.isConsumer()) {
            return run.count() >= rules.count(rule, "consumerReadings") && run.spanMillis() >= rules.milli(rule, "consumerSeconds");
        }
        if (sample.isSpot()) {
            return run.count() >= 2 && run.spanMillis() >= rules.milli(rule, "spotMinSeconds");
        }
        return run.spanMillis() >= rules.milli(rule, "onSeconds");
    }

    private static void raise(Turn turn, StreamState stream, Sample sample, RuleId rule, Run run, Optional<RuleId> implied) {
        List<Proof> others = corroborating(turn, stream, sample, rule);
        boolean supported = !others.isEmpty() || Corroboration.symptom(turn, sample.effectiveMillis(), Corroboration.WINDOW_MILLIS);
        int tags = supported ? Tag.CORROBORATED.bit() : 0;
        Priority ceiling = turn.rules().of(rule).priority();
        Priority gated = supported ? ceiling : gate(turn, sample, rule, run, ceiling);
        if (ceiling.isAbove(gated)) {
            tags |= Tag.REMEASURE.bit();
        }
        Priority priority = gated;
        if (sample.isConsumer()) {
            tags |= Tag.UNVERIFIED.bit();
            priority = supported ? gated : gated.atMost(Priority.MEDIUM);
        }
        stream.hold(rule == RuleId.SPO2_LOW || rule == RuleId.COPD_SPO2_LOW ? Slot.ON_1 : Slot.ON_2);
        implied.ifPresent(low -> stream.hold(Slot.ON_1));
        if (!Episodes.isNews(turn, rule, priority)) {
            return;
        }
        List<Proof> evidence = new ArrayList<>(Runs.proofs(stream, run));
        evidence.addAll(others);
        String text = Texts.fill(turn.rules(), rule, Map.of(
                "median", Texts.canonical(run.medianMilli(), Vital.SPO2),
                "held", Texts.span(run.spanMillis()),
                "device", Texts.device(sample.device().grade()))) + Texts.certainty(tags);
        Episodes.raise(turn, new Raise(rule, priority, run.startMillis(), run.lastMillis(), tags, text, evidence));
        implied.ifPresent(low -> turn.twin().episode(Family.SPO2).filter(episode -> !episode.holds(low))
                .ifPresent(episode -> episode.hold(low, turn.rules().of(low).priority().atMost(episode.priority()))));
    }

    /** The second abnormal vital that lifts the cap, and a second device that shows the same. */
    private static List<Proof> corroborating(Turn turn, StreamState stream, Sample sample, RuleId rule) {
        RuleSet rules = turn.rules();
        if (rules.of(rule).priority() != Priority.HIGH) {
            return List.of();
        }
        long at = sample.effectiveMillis();
        long window = rules.milli(rule, "corroborationSeconds");
        List<Proof> found = new ArrayList<>();
        long pulse = rules.milli(rule, "pulse");
        long breaths = rules.milli(rule, "breaths");
        long on = rules.milli(rule, "on");
        found.addAll(Corroboration.readings(turn, Vital.HEART_RATE, "", at, window, milli -> milli >= pulse));
        found.addAll(Corroboration.readings(turn, Vital.RESPIRATORY_RATE, "", at, window, milli -> milli >= breaths));
        found.addAll(Corroboration.readings(turn, Vital.SPO2, stream.deviceId(), at, window, milli -> milli <= on));
        return found;
    }

    private static Priority gate(Turn turn, Sample sample, RuleId rule, Run run, Priority ceiling) {
        if (Double.isNaN(sample.sigma())) {
            return ceiling;
        }
        double median = run.medianMilli() / 1000.0;
        double own = turn.rules().milli(rule, "on") / 1000.0 + HALF_STEP;
        Priority priority = ceiling;
        if (priority == Priority.HIGH && atOrBelow(turn.rules().milli(rule, "gate") / 1000.0, median, sample) < Certainty.NEEDED_FOR_HIGH) {
            priority = Priority.MEDIUM;
        }
        if (priority == Priority.MEDIUM && ceiling == Priority.MEDIUM && atOrBelow(own, median, sample) < Certainty.NEEDED_FOR_MEDIUM) {
            priority = Priority.LOW;
        }
        return priority;
    }

    /** The larger of the two: nobody is alerted for later or lower for the colour of their skin. */
    private static double atOrBelow(double threshold, double median, Sample sample) {
        double plain = Certainty.below(threshold, median, sample.sigma());
        return sample.sigmaWidened() > sample.sigma()
                ? Math.max(plain, Certainty.below(threshold, median, sample.sigmaWidened())) : plain;
    }

    /** The run of better samples that ends this level, if there is one and no other stream keeps the level open. */
    private static Optional<Run> ended(Turn turn, StreamState stream, Sample sample, RuleId rule, Slot held, Slot off) {
        if (!stream.holds(held)) {
            stream.clear(off);
            return Optional.empty();
        }
        RuleSet rules = turn.rules();
        boolean better = sample.canonicalMilli() >= rules.milli(rule, "off");
        Optional<Run> run = Runs.feed(stream, off, better, sample)
                .filter(r -> sample.isSpot() ? r.count() >= 2 : r.spanMillis() >= rules.milli(rule, "offSeconds"));
        if (run.isPresent()) {
            stream.release(held);
            stream.clear(off);
        }
        return run.filter(r -> !turn.twin().isHeldElsewhere(stream, held));
    }
}
