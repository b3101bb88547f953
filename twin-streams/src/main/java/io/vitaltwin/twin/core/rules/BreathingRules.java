package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.VitalLimits;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.state.Run;
import io.vitaltwin.twin.core.state.Slot;
import io.vitaltwin.twin.core.state.StreamState;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Breathing: RESP_HIGH, RESP_DEPRESSION and APNOEA. One family with two directions, as the heart rate: fast breathing ends slow breathing and the
 * other way round, each with an episode of its own. CR 3.12.16 names heart rate and fever only; that it holds here too is a project decision.
 *
 * <p>A source that measures less than hourly (a nightly mean, a spot count) sustains nothing and raises nothing here; the score takes its values.
 * The uncertainty gate of CR 3.11 never lowers RESP_HIGH: the median of a run is at least the limit, which lies half a step above the gate; the
 * other two are exempt from it.
 *
 * @see "CLINICAL.md sections 3.0, 3.8, 3.11.3, 3.12.8"
 */
final class BreathingRules {

    private static final List<RuleId> SLOW = List.of(RuleId.RESP_DEPRESSION, RuleId.APNOEA);
    private static final List<RuleId> FAST = List.of(RuleId.RESP_HIGH);

    private BreathingRules() {
    }

    /** Takes an ACCEPT respiratory rate. */
    static void onBreaths(Turn turn, StreamState stream, Sample sample) {
        if (sample.isSpot()) {
            return;
        }
        fast(turn, stream, sample);
        slow(turn, stream, sample);
        apnoea(turn, stream, sample);
    }

    private static void fast(Turn turn, StreamState stream, Sample sample) {
        RuleSet rules = turn.rules();
        RuleId rule = RuleId.RESP_HIGH;
        boolean resting = sample.isAtRest();
        Runs.feed(stream, Slot.ON_1, resting && sample.canonicalMilli() >= rules.milli(rule, "on"), sample)
                .filter(run -> run.spanMillis() >= rules.milli(rule, "onSeconds"))
                .ifPresent(run -> raiseFast(turn, stream, sample, run));
        if (!stream.holds(Slot.ON_1)) {
            stream.clear(Slot.OFF_1);
            return;
        }
        Runs.feed(stream, Slot.OFF_1, sample.canonicalMilli() <= rules.milli(rule, "off"), sample)
                .filter(run -> run.spanMillis() >= rules.milli(rule, "offSeconds"))
                .ifPresent(run -> end(turn, stream, rule, run, Slot.ON_1, Slot.OFF_1));
    }

    private static void raiseFast(Turn turn, StreamState stream, Sample sample, Run run) {
        RuleSet rules = turn.rules();
        RuleId rule = RuleId.RESP_HIGH;
        long at = sample.effectiveMillis();
        long on = rules.milli(rule, "on");
        List<Proof> others = Corroboration.readings(turn, Vital.RESPIRATORY_RATE, stream.deviceId(), at, Corroboration.WINDOW_MILLIS,
                milli -> milli >= on);
        boolean supported = !others.isEmpty() || Corroboration.symptom(turn, at, Corroboration.WINDOW_MILLIS);
        int tags = supported ? Tag.CORROBORATED.bit() : 0;
        Priority priority = rules.of(rule).priority();
        if (sample.isConsumer()) {
            tags |= Tag.UNVERIFIED.bit();
            priority = priority.atMost(supported ? Priority.MEDIUM : Priority.LOW);
        }
        boolean mine = stream.holds(Slot.ON_2) || stream.holds(Slot.ON_4);
        boolean theirs = turn.twin().isHeldElsewhere(stream, Slot.ON_2) || turn.twin().isHeldElsewhere(stream, Slot.ON_4)
                || turn.twin().parts().find(BreathMemory.TYPE).filter(memory -> !memory.isEmpty()).isPresent();
        if (!mine && theirs && isNoLess(turn, SLOW, priority)) {
            return;
        }
        stream.release(Slot.ON_2);
        stream.release(Slot.ON_4);
        stream.hold(Slot.ON_1);
        endSlow(turn, SLOW, run.lastMillis(), Runs.proofs(stream, run));
        if (!Episodes.isNews(turn, rule, priority)) {
            return;
        }
        List<Proof> evidence = new ArrayList<>(Runs.proofs(stream, run));
        evidence.addAll(others);
        String text = Texts.fill(rules, rule, Map.of(
                "median", Texts.canonical(run.medianMilli(), Vital.RESPIRATORY_RATE),
                "held", Texts.span(run.spanMillis()),
                "device", Texts.device(sample.device().grade()))) + Texts.certainty(tags);
        Episodes.raise(turn, new Raise(rule, priority, run.startMillis(), run.lastMillis(), tags, text, evidence));
    }

    private static void slow(Turn turn, StreamState stream, Sample sample) {
        RuleSet rules = turn.rules();
        RuleId rule = RuleId.RESP_DEPRESSION;
        long needed = rules.milli(rule, "onSeconds");
        Runs.feed(stream, Slot.ON_3, sample.canonicalMilli() <= rules.milli(rule, "severe"), sample)
                .filter(run -> run.spanMillis() >= needed)
                .ifPresent(run -> raiseSlow(turn, stream, sample, run, "severe", Priority.HIGH));
        Runs.feed(stream, Slot.ON_2, sample.canonicalMilli() <= rules.milli(rule, "on"), sample)
                .filter(run -> run.spanMillis() >= needed)
                .ifPresent(run -> raiseSlow(turn, stream, sample, run, "on", Priority.MEDIUM));
        if (!turn.twin().holds(rule)) {
            stream.clear(Slot.OFF_2);
            stream.release(Slot.ON_2);
            return;
        }
        Runs.feed(stream, Slot.OFF_2, sample.canonicalMilli() >= rules.milli(rule, "off"), sample)
                .filter(run -> run.spanMillis() >= rules.milli(rule, "offSeconds"))
                .ifPresent(run -> stream.release(Slot.ON_2));
        endDepression(turn, stream, sample);
    }

    private static void raiseSlow(Turn turn, StreamState stream, Sample sample, Run run, String limit, Priority level) {
        String sign = "respiratory rate " + Texts.canonical(run.medianMilli(), Vital.RESPIRATORY_RATE)
                + " (limit " + Texts.decimal(turn.rules().milli(RuleId.RESP_DEPRESSION, limit)) + ")";
        if (endFast(turn, stream, sample, run, priority(sample, level))) {
            raise(turn, stream, sample, run, RuleId.RESP_DEPRESSION, sign, level);
            stream.hold(Slot.ON_2);
        }
    }

    /** A consumer's device may only inform: CR 3.0. */
    private static Priority priority(Sample sample, Priority level) {
        return sample.isConsumer() ? Priority.INFO : level;
    }

    private static void raise(Turn turn, StreamState stream, Sample sample, Run run, RuleId rule, String sign, Priority level) {
        Priority priority = priority(sample, level);
        if (!Episodes.isNews(turn, rule, priority)) {
            return;
        }
        int tags = sample.isConsumer() ? Tag.UNVERIFIED.bit() : 0;
        String text = Texts.fill(turn.rules(), rule, Map.of("sign", sign, "held", Texts.span(run.spanMillis()),
                "device", Texts.device(sample.device().grade()))) + Texts.certainty(tags);
        Episodes.raise(turn, new Raise(rule, priority, run.startMillis(), run.lastMillis(), tags, text, Runs.proofs(stream, run)));
    }

    /** @return false when fast breathing that another source keeps open, and that is no less urgent, stands against it */
    private static boolean endFast(Turn turn, StreamState stream, Sample sample, Run run, Priority priority) {
        if (!stream.holds(Slot.ON_1) && isHeldByCurrent(turn, stream, sample, Slot.ON_1) && isNoLess(turn, FAST, priority)) {
            return false;
        }
        stream.release(Slot.ON_1);
        Episodes.release(turn, RuleId.RESP_HIGH, run.lastMillis(), Runs.proofs(stream, run));
        return true;
    }

    /** Numbers once a minute cannot tell that no breath came for 30 s: only a source that counts breaths and sends often enough is asked. */
    private static void apnoea(Turn turn, StreamState stream, Sample sample) {
        RuleSet rules = turn.rules();
        RuleId rule = RuleId.APNOEA;
        if (!VitalLimits.isBreathLevel(sample.device()) || sample.intervalMillis() > rules.milli(rule, "intervalSeconds")) {
            return;
        }
        Runs.feed(stream, Slot.ON_4, sample.canonicalMilli() == 0, sample)
                .filter(run -> run.spanMillis() > rules.milli(rule, "onSeconds"))
                .filter(run -> endFast(turn, stream, sample, run, rules.of(rule).priority()))
                .ifPresent(run -> {
                    raise(turn, stream, sample, run, rule, "", rules.of(rule).priority());
                    stream.hold(Slot.ON_4);
                });
        if (!stream.holds(Slot.ON_4)) {
            stream.clear(Slot.OFF_4);
            return;
        }
        boolean normal = sample.canonicalMilli() >= rules.milli(RuleId.RESP_DEPRESSION, "off");
        Runs.feed(stream, Slot.OFF_4, normal, sample)
                .filter(run -> run.spanMillis() >= rules.milli(rule, "offSeconds"))
                .ifPresent(run -> end(turn, stream, rule, run, Slot.ON_4, Slot.OFF_4));
    }

    /**
     * Takes an ACCEPT saturation: the second sign of RESP_DEPRESSION, for patients with a breath-level source in their plan (CR 3.12.8). While
     * breathing is fast it is no sign of slow breathing; the saturation rules speak then.
     */
    static void onSaturation(Turn turn, StreamState stream, Sample sample) {
        if (sample.isSpot() || !isWatchedByBreath(turn.plan(), sample.effectiveMillis())) {
            return;
        }
        RuleSet rules = turn.rules();
        RuleId rule = RuleId.RESP_DEPRESSION;
        boolean low = sample.canonicalMilli() <= rules.milli(rule, "saturation");
        boolean open = turn.twin().holds(rule);
        if (!low && !open && turn.twin().parts().find(BreathMemory.TYPE).isEmpty()) {
            return;
        }
        BreathMemory memory = turn.twin().parts().get(BreathMemory.TYPE);
        memory.low(sample, low)
                .filter(run -> run.spanMillis() >= rules.milli(rule, "onSeconds") && !turn.twin().holds(RuleId.RESP_HIGH))
                .ifPresent(run -> raise(turn, stream, sample, run, rule, "oxygen saturation " + Texts.canonical(run.medianMilli(), Vital.SPO2)
                        + " (limit " + Texts.decimal(rules.milli(rule, "saturation")) + ")", Priority.HIGH));
        if (turn.twin().holds(rule)) {
            memory.better(sample, sample.canonicalMilli() >= rules.milli(rule, "offSaturation"));
            endDepression(turn, stream, sample);
        }
    }

    /** Takes a SUSPECT sample. The runs of the stream itself are ended elsewhere. */
    static void onDoubt(Turn turn, Sample sample) {
        if (sample.vital() == Vital.SPO2) {
            turn.twin().parts().find(BreathMemory.TYPE).ifPresent(memory -> memory.doubt(sample));
        }
    }

    private static boolean isWatchedByBreath(Plan plan, long atMillis) {
        for (Device device : plan.devices().values()) {
            if (VitalLimits.isBreathLevel(device) && device.vitals().contains(Vital.RESPIRATORY_RATE)
                    && device.fromMillis() <= atMillis && atMillis < device.untilMillis()) {
                return true;
            }
        }
        return false;
    }

    /** Ends RESP_DEPRESSION when every current source of either sign has been good for long enough. */
    private static void endDepression(Turn turn, StreamState spoke, Sample sample) {
        RuleId rule = RuleId.RESP_DEPRESSION;
        long needed = turn.rules().milli(rule, "offSeconds");
        BreathMemory memory = turn.twin().parts().get(BreathMemory.TYPE);
        for (StreamState stream : turn.twin().streams()) {
            boolean better = switch (stream.vital()) {
                case RESPIRATORY_RATE -> !stream.holds(Slot.ON_2) && (!isCurrent(turn, stream, sample)
                        || stream.run(Slot.OFF_2).filter(run -> run.spanMillis() >= needed).isPresent());
                case SPO2 -> !isCurrent(turn, stream, sample) || memory.betterMillis(stream.deviceId()) >= needed;
                default -> true;
            };
            if (!better) {
                return;
            }
        }
        endSlow(turn, List.of(rule), sample.effectiveMillis(), List.of(new Proof("last", spoke.deviceId(), spoke.vital(), sample.point())));
    }

    private static void endSlow(Turn turn, List<RuleId> rules, long effectiveMillis, List<Proof> evidence) {
        Episodes.release(turn, Family.RESP, rules, effectiveMillis, evidence);
        if (!turn.twin().holds(RuleId.RESP_DEPRESSION)) {
            turn.twin().parts().find(BreathMemory.TYPE).ifPresent(BreathMemory::forgetBetter);
        }
    }

    /** A continuous stream with a value that still counts as current. */
    private static boolean isCurrent(Turn turn, StreamState stream, Sample sample) {
        Device device = turn.plan().device(stream.deviceId(), sample.effectiveMillis());
        long interval = turn.plan().intervalMillis(stream.vital(), device, VitalLimits.intervalMillis(stream.vital(), device));
        return VitalLimits.isContinuous(interval) && stream.latest()
                .filter(point -> sample.effectiveMillis() - point.effectiveMillis() <= VitalLimits.ttlMillis(stream.vital(), true)).isPresent();
    }

    /** Whether another source that still speaks keeps this level open: one that fell silent must not stand against slow breathing. */
    private static boolean isHeldByCurrent(Turn turn, StreamState but, Sample sample, Slot held) {
        for (StreamState stream : turn.twin().streams()) {
            if (stream != but && stream.vital() == Vital.RESPIRATORY_RATE && stream.holds(held) && isCurrent(turn, stream, sample)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the open episode is of the other direction and at least as urgent. */
    private static boolean isNoLess(Turn turn, List<RuleId> opposite, Priority priority) {
        return turn.twin().episode(Family.RESP)
                .filter(open -> opposite.stream().anyMatch(open::holds) && !priority.isAbove(open.priority())).isPresent();
    }

    private static void end(Turn turn, StreamState stream, RuleId rule, Run run, Slot held, Slot off) {
        stream.release(held);
        stream.clear(off);
        if (!turn.twin().isHeldElsewhere(stream, held)) {
            Episodes.release(turn, rule, run.lastMillis(), Runs.proofs(stream, run));
        }
    }
}
