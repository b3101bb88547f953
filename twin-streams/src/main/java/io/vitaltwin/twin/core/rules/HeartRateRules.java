package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.QualityChecks;
import io.vitaltwin.twin.core.quality.VitalLimits;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.state.Run;
import io.vitaltwin.twin.core.state.Slot;
import io.vitaltwin.twin.core.state.StreamState;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Fast heart at rest and slow heart: HR_TACHY_REST, HR_BRADY. One family with two directions: the opposite condition ends the open
 * episode and begins another.
 *
 * @see "CLINICAL.md sections 3.0, 3.7, 3.11, 3.12.9, 3.12.16"
 */
final class HeartRateRules {

    /** A blood pressure stays current for 12 h: CR 1.2. */
    private static final long PRESSURE_TTL_MILLIS = 12 * 3_600_000L;

    private HeartRateRules() {
    }

    /**
     * A pulse that is SUSPECT for nothing but its owner's age may be what it says, and two of them in a row must not hide a fast heart: they count, and
     * what rests on them is MEDIUM at most and asks for another measurement. CR 3.11.6 and CLINICAL.md section 11.
     */
    static boolean isOnlyFastForAge(Sample sample) {
        return sample.vital() == Vital.HEART_RATE
                && QualityChecks.doubts(sample.point().reasons()) == Reason.RANGE_IMPLAUSIBLE.bit()
                && VitalLimits.isPlausible(Vital.HEART_RATE, sample.canonicalMilli());
    }

    static void onSample(Turn turn, StreamState stream, Sample sample) {
        fast(turn, stream, sample);
        slow(turn, stream, sample);
    }

    private static void fast(Turn turn, StreamState stream, Sample sample) {
        RuleSet rules = turn.rules();
        RuleId rule = RuleId.HR_TACHY_REST;
        boolean resting = isResting(turn, sample, rules.milli(rule, "quietSeconds"));
        Runs.feed(stream, Slot.ON_2, resting && sample.canonicalMilli() >= rules.milli(rule, "high"), sample)
                .filter(run -> run.spanMillis() >= rules.milli(rule, "highSeconds"))
                .ifPresent(run -> raiseFast(turn, stream, sample, run, Priority.HIGH));
        Runs.feed(stream, Slot.ON_1, resting && sample.canonicalMilli() >= rules.milli(rule, "on"), sample)
                .filter(run -> run.spanMillis() >= rules.milli(rule, "onSeconds"))
                .ifPresent(run -> raiseFast(turn, stream, sample, run, Priority.MEDIUM));
        end(turn, stream, sample, rule, sample.canonicalMilli() < rules.milli(rule, "off"), Slot.ON_1, Slot.OFF_1);
    }

    /** At rest or asleep, and nothing vigorous shortly before: asked of every sample of the run. */
    private static boolean isResting(Turn turn, Sample sample, long quietMillis) {
        boolean still = sample.isAtRest();
        long vigorous = turn.twin().vigorousMillis();
        return still && (vigorous == 0 || sample.effectiveMillis() - vigorous > quietMillis || sample.effectiveMillis() < vigorous);
    }

    private static void raiseFast(Turn turn, StreamState stream, Sample sample, Run run, Priority level) {
        RuleSet rules = turn.rules();
        RuleId rule = RuleId.HR_TACHY_REST;
        long on = rules.milli(rule, "on");
        List<Proof> others = Corroboration.readings(turn, Vital.HEART_RATE, stream.deviceId(), sample.effectiveMillis(),
                Corroboration.WINDOW_MILLIS, milli -> milli >= on);
        boolean supported = !others.isEmpty()
                || Corroboration.symptom(turn, sample.effectiveMillis(), Corroboration.WINDOW_MILLIS);
        double p = Double.isNaN(sample.sigma()) ? 1
                : Certainty.above(rules.milli(rule, "gate") / 1000.0, run.medianMilli() / 1000.0, sample.sigma());
        Priority cap = supported ? Priority.HIGH : Priority.MEDIUM;
        raise(turn, stream, sample, rule, run, new Level(level, gate(level, p, supported), cap, supported, others));
        stream.hold(Slot.ON_1);
    }

    private static void slow(Turn turn, StreamState stream, Sample sample) {
        RuleSet rules = turn.rules();
        RuleId rule = RuleId.HR_BRADY;
        long limit = slowLimit(turn);
        Runs.feed(stream, Slot.ON_4, sample.canonicalMilli() <= Math.min(rules.milli(rule, "low"), limit), sample)
                .filter(run -> run.spanMillis() >= rules.milli(rule, "lowSeconds"))
                .ifPresent(run -> raiseSlow(turn, stream, sample, run, Priority.HIGH));
        Runs.feed(stream, Slot.ON_3, sample.canonicalMilli() <= limit, sample)
                .filter(run -> run.spanMillis() >= rules.milli(rule, "onSeconds"))
                .ifPresent(run -> raiseSlow(turn, stream, sample, run, Priority.MEDIUM));
        end(turn, stream, sample, rule, sample.canonicalMilli() > limit + rules.milli(rule, "offAbove"), Slot.ON_3, Slot.OFF_3);
    }

    /** 40 /min, or lower for a person whose own nights are slow. */
    static long slowLimit(Turn turn) {
        RuleSet rules = turn.rules();
        long limit = rules.milli(RuleId.HR_BRADY, "on");
        return PersonalBaseline.of(turn.twin(), turn.plan(), Vital.HEART_RATE, Context.SLEEP)
                .filter(baseline -> baseline.medianMilli() < rules.milli(RuleId.HR_BRADY, "baselineBelow"))
                .map(baseline -> Math.min(limit, baseline.medianMilli() - rules.milli(RuleId.HR_BRADY, "baselineDrop")))
                .orElse(limit);
    }

    private static void raiseSlow(Turn turn, StreamState stream, Sample sample, Run run, Priority level) {
        RuleSet rules = turn.rules();
        RuleId rule = RuleId.HR_BRADY;
        long at = sample.effectiveMillis();
        long limit = slowLimit(turn);
        long pressure = rules.milli(rule, "pressure");
        List<Proof> second = Corroboration.readings(turn, Vital.HEART_RATE, stream.deviceId(), at, Corroboration.WINDOW_MILLIS,
                milli -> milli <= limit);
        List<Proof> low = Corroboration.readings(turn, Vital.BP_SYSTOLIC, "", at, PRESSURE_TTL_MILLIS, milli -> milli <= pressure);
        boolean symptom = Corroboration.symptom(turn, at, Corroboration.WINDOW_MILLIS);
        boolean supported = symptom || !second.isEmpty();
        Priority cap = symptom || !low.isEmpty() || supported ? Priority.MEDIUM : Priority.LOW;
        double gateAt = Math.min(rules.milli(rule, "gate"), limit + 500) / 1000.0;
        double p = Double.isNaN(sample.sigma()) ? 1 : Certainty.below(gateAt, run.medianMilli() / 1000.0, sample.sigma());
        List<Proof> others = new ArrayList<>(second);
        others.addAll(low);
        raise(turn, stream, sample, rule, run, new Level(level, gate(level, p, supported), cap, supported, others));
        stream.hold(Slot.ON_3);
    }

    /** CR 3.11.2: HIGH needs 0.90, MEDIUM 0.50, else one level down. */
    private static Priority gate(Priority level, double p, boolean supported) {
        double needed = level == Priority.HIGH ? Certainty.NEEDED_FOR_HIGH : Certainty.NEEDED_FOR_MEDIUM;
        return supported || p >= needed ? level : level.lower();
    }

    /** How far a rule may go: its level, what the gate leaves of it, and the cap of a consumer device. */
    private record Level(Priority level, Priority gated, Priority consumerCap, boolean supported, List<Proof> others) {
    }

    private static void raise(Turn turn, StreamState stream, Sample sample, RuleId rule, Run run, Level level) {
        int tags = level.supported() ? Tag.CORROBORATED.bit() : 0;
        if (level.level().isAbove(level.gated())) {
            tags |= Tag.REMEASURE.bit();
        }
        Priority priority = level.gated();
        if (sample.verdict() == Verdict.SUSPECT) {
            tags |= Tag.REMEASURE.bit() | Tag.SUSPECT_INPUT.bit();
            priority = priority.atMost(Priority.MEDIUM);
        }
        if (sample.isConsumer()) {
            tags |= Tag.UNVERIFIED.bit();
            priority = priority.atMost(level.consumerCap());
        }
        if (!endOpposite(turn, stream, rule, run, priority) || !Episodes.isNews(turn, rule, priority)) {
            return;
        }
        List<Proof> evidence = new ArrayList<>(Runs.proofs(stream, run));
        evidence.addAll(level.others());
        String text = Texts.fill(turn.rules(), rule, Map.of(
                "median", Texts.canonical(run.medianMilli(), Vital.HEART_RATE),
                "held", Texts.span(run.spanMillis()),
                "on", Texts.decimal(rule == RuleId.HR_BRADY ? slowLimit(turn) : turn.rules().milli(rule, "on")),
                "device", Texts.device(sample.device().grade()))) + Texts.certainty(tags);
        Episodes.raise(turn, new Raise(rule, priority, run.startMillis(), run.lastMillis(), tags, text, evidence));
    }

    /**
     * Ends an open episode of the other direction. Two devices that contradict each other for long do not take turns: what a stream has
     * raised before ends another's episode only at a higher priority.
     *
     * @return false when the other episode stays
     */
    private static boolean endOpposite(Turn turn, StreamState stream, RuleId rule, Run run, Priority priority) {
        boolean slow = rule == RuleId.HR_BRADY;
        RuleId opposite = slow ? RuleId.HR_TACHY_REST : RuleId.HR_BRADY;
        stream.release(slow ? Slot.ON_1 : Slot.ON_3);
        boolean repeated = stream.holds(slow ? Slot.ON_3 : Slot.ON_1);
        if (repeated && turn.twin().episode(Family.HR).filter(open -> open.holds(opposite) && !priority.isAbove(open.priority())).isPresent()) {
            return false;
        }
        Episodes.release(turn, opposite, run.lastMillis(), Runs.proofs(stream, run));
        return true;
    }

    private static void end(Turn turn, StreamState stream, Sample sample, RuleId rule, boolean better, Slot held, Slot off) {
        if (!stream.holds(held)) {
            stream.clear(off);
            return;
        }
        Runs.feed(stream, off, better, sample)
                .filter(run -> run.spanMillis() >= turn.rules().milli(rule, "offSeconds"))
                .ifPresent(run -> {
                    stream.release(held);
                    stream.clear(off);
                    if (!turn.twin().isHeldElsewhere(stream, held)) {
                        Episodes.release(turn, rule, run.lastMillis(), Runs.proofs(stream, run));
                    }
                });
    }
}
