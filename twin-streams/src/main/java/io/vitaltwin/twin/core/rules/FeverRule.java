package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.daily.Kept;
import io.vitaltwin.twin.core.quality.Units;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.state.Run;
import io.vitaltwin.twin.core.state.Slot;
import io.vitaltwin.twin.core.state.StreamState;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * FEVER. Only body temperature counts, never the temperature of the skin. Two raised readings may come from two devices; a normal one between them
 * ends nothing, since thermometers at the surface miss a quarter of fevers (CR 3.6).
 *
 * <p>The end needs readings that show it: six hours of readings below the limit, from any device, and none above in between. Silence ends nothing.
 *
 * <p>The gate of CR 3.11 changes nothing here: a reading at its own limit meets it for MEDIUM, and the only HIGH (neutropenia) has no lower level of its own to
 * be measured against; it fails towards alerting.
 *
 * @see "CLINICAL.md sections 3.0 (FEVER), 3.6 and 3.11.5"
 */
final class FeverRule {

    private static final RuleId RULE = RuleId.FEVER;
    private static final String NEUTROPENIA = "neutropenia";

    private FeverRule() {
    }

    static void onSample(Turn turn, StreamState stream, Sample sample) {
        RuleSet rules = turn.rules();
        long milli = sample.canonicalMilli();
        boolean raised = milli >= rules.milli(RULE, "on");
        Optional<Run> hour = Runs.feed(stream, Slot.ON_1, raised, sample)
                .filter(run -> run.spanMillis() >= rules.milli(RULE, "neutropenicSeconds"));
        if (raised) {
            hot(turn, stream, sample, hour);
        }
        cool(turn, stream, sample, milli < rules.milli(RULE, "off"));
    }

    private static void hot(Turn turn, StreamState stream, Sample sample, Optional<Run> hour) {
        RuleSet rules = turn.rules();
        long at = sample.effectiveMillis();
        long high = rules.milli(RULE, "high");
        long min = rules.milli(RULE, "minSeconds");
        long max = rules.milli(RULE, "maxSeconds");
        Predicate<Kept> isHigh = kept -> Units.canonicalMilli(kept.point().value(), Vital.BODY_TEMPERATURE) >= high;
        FeverMemory memory = turn.twin().parts().get(FeverMemory.TYPE);
        Kept now = new Kept(sample.device().id(), sample.point());
        Optional<Kept> pair = memory.pair(at, min, max, kept -> true);
        Optional<Kept> highPair = isHigh.test(now) ? memory.pair(at, min, max, isHigh) : Optional.empty();
        memory.add(now, min, max, isHigh);

        Proof last = now.proof("last", Vital.BODY_TEMPERATURE);
        if (isNeutropenic(turn.plan()) && (sample.canonicalMilli() >= rules.milli(RULE, "neutropenic") || hour.isPresent())) {
            boolean once = sample.canonicalMilli() >= rules.milli(RULE, "neutropenic");
            raise(turn, sample, rules.of(RULE).priority(), once ? List.of(last) : Runs.proofs(stream, hour.orElseThrow()));
        } else if (highPair.isPresent()) {
            raise(turn, sample, Priority.MEDIUM, inOrder(highPair.get(), now));
        } else if (pair.isPresent()) {
            raise(turn, sample, Priority.LOW, inOrder(pair.get(), now));
        } else if (sample.canonicalMilli() >= rules.milli(RULE, "once")) {
            raise(turn, sample, Priority.LOW, List.of(last));
        }
    }

    static boolean isNeutropenic(Plan plan) {
        return plan.conditions().contains(NEUTROPENIA);
    }

    private static List<Proof> inOrder(Kept one, Kept other) {
        Kept first = one.millis() <= other.millis() ? one : other;
        Kept last = first == one ? other : one;
        return List.of(first.proof("first", Vital.BODY_TEMPERATURE), last.proof("last", Vital.BODY_TEMPERATURE));
    }

    /** A consumer device alone: LOW, with neutropenia MEDIUM; a second device or a symptom lifts that by one level. */
    private static void raise(Turn turn, Sample sample, Priority level, List<Proof> readings) {
        RuleSet rules = turn.rules();
        long at = sample.effectiveMillis();
        long on = rules.milli(RULE, "on");
        List<Proof> others = Corroboration.readings(turn, Vital.BODY_TEMPERATURE, sample.device().id(), at, rules.milli(RULE, "maxSeconds"),
                milli -> true).stream().filter(proof -> Units.canonicalMilli(proof.point().value(), proof.vital()) >= on).toList();
        boolean supported = !others.isEmpty() || Corroboration.symptom(turn, at, Corroboration.WINDOW_MILLIS);
        int tags = supported ? Tag.CORROBORATED.bit() : 0;
        Priority priority = level;
        if (sample.isConsumer()) {
            tags |= Tag.UNVERIFIED.bit();
            priority = level.atMost(cap(isNeutropenic(turn.plan()), supported));
        }
        if (!Episodes.isNews(turn, RULE, priority)) {
            return;
        }
        List<Proof> evidence = new ArrayList<>(readings);
        others.stream().filter(other -> evidence.stream().noneMatch(proof -> proof.point().equals(other.point()))).forEach(evidence::add);
        String text = Texts.fill(rules, RULE, Map.of(
                "value", Texts.value(sample.point().value()),
                "device", Texts.device(sample.device().grade()))) + Texts.certainty(tags);
        Episodes.raise(turn, new Raise(RULE, priority, readings.getFirst().point().effectiveMillis(), at, tags, text, evidence));
    }

    private static Priority cap(boolean neutropenic, boolean supported) {
        if (neutropenic) {
            return supported ? Priority.HIGH : Priority.MEDIUM;
        }
        return supported ? Priority.MEDIUM : Priority.LOW;
    }

    private static void cool(Turn turn, StreamState stream, Sample sample, boolean below) {
        if (!turn.twin().holds(RULE)) {
            stream.clear(Slot.OFF_1);
            return;
        }
        if (!below) {
            warm(turn, sample.effectiveMillis());
        }
        Runs.feed(stream, Slot.OFF_1, below, sample)
                .filter(run -> run.spanMillis() >= turn.rules().milli(RULE, "offSeconds"))
                .ifPresent(run -> {
                    stream.clear(Slot.OFF_1);
                    turn.twin().parts().get(FeverMemory.TYPE).forget();
                    Episodes.release(turn, RULE, run.lastMillis(), Runs.proofs(stream, run));
                });
    }

    /** A reading that is not below the limit ends the cool hours of every device. */
    private static void warm(Turn turn, long millis) {
        for (StreamState other : turn.twin().streams()) {
            if (other.vital() == Vital.BODY_TEMPERATURE) {
                other.run(Slot.OFF_1).filter(run -> run.startMillis() <= millis).ifPresent(run -> other.clear(Slot.OFF_1));
            }
        }
    }
}
