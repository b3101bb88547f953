package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.state.Episode;
import io.vitaltwin.twin.core.state.Point;
import io.vitaltwin.twin.core.state.Run;
import io.vitaltwin.twin.core.state.Slot;
import io.vitaltwin.twin.core.state.StreamState;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * COPD_OVER_OXYGENATION: a scale 2 patient on oxygen above the target range. The mild band (93 to 96 %) is LOW, the other MEDIUM; each
 * ends on its own, the mild one below its own limit.
 *
 * @see "CLINICAL.md section 3.0"
 */
final class OverOxygenationRule {

    private static final RuleId RULE = RuleId.COPD_OVER_OXYGENATION;
    /** A flow that was set longer ago than this says nothing about now: CR 1.2, o2_flow. */
    private static final long FLOW_TTL_MILLIS = 24 * 3_600_000L;

    private OverOxygenationRule() {
    }

    static void onSample(Turn turn, StreamState stream, Sample sample) {
        if (turn.plan().spo2Scale() != 2) {
            endForOtherScale(turn, stream, sample);
            return;
        }
        boolean onOxygen = onOxygen(turn, sample.effectiveMillis()).orElse(false);
        raiseAt(turn, stream, sample, onOxygen, "on", "onSeconds", Slot.ON_3, turn.rules().of(RULE).priority());
        raiseAt(turn, stream, sample, onOxygen, "mild", "mildSeconds", Slot.ON_4, Priority.LOW);
        boolean onAir = !onOxygen;
        endAt(turn, stream, sample, onAir || sample.canonicalMilli() <= turn.rules().milli(RULE, "off"), Slot.ON_3, Slot.OFF_3);
        endAt(turn, stream, sample, onAir || sample.canonicalMilli() < turn.rules().milli(RULE, "mild"), Slot.ON_4, Slot.OFF_4);
    }

    /** The plan no longer asks for scale 2: what the rule raised on it is over. */
    private static void endForOtherScale(Turn turn, StreamState stream, Sample sample) {
        if (!stream.holds(Slot.ON_3) && !stream.holds(Slot.ON_4)) {
            return;
        }
        for (Slot slot : List.of(Slot.ON_3, Slot.ON_4, Slot.OFF_3, Slot.OFF_4)) {
            stream.release(slot);
            stream.clear(slot);
        }
        Episodes.release(turn, RULE, sample.effectiveMillis(),
                List.of(new AlertChange.Proof("last", stream.deviceId(), stream.vital(), sample.point())));
    }

    /** Whether the patient breathes added oxygen: the newest flow, else the prescription; empty when neither is known. */
    static Optional<Boolean> onOxygen(Turn turn, long atMillis) {
        Point newest = null;
        for (StreamState stream : turn.twin().streams()) {
            Point point = stream.vital() == Vital.O2_FLOW ? stream.latest().orElse(null) : null;
            if (point != null && atMillis - point.effectiveMillis() <= FLOW_TTL_MILLIS
                    && (newest == null || point.effectiveMillis() > newest.effectiveMillis())) {
                newest = point;
            }
        }
        return newest == null ? turn.plan().oxygen() : Optional.of(newest.value().milli() > 0);
    }

    private static void raiseAt(
            Turn turn, StreamState stream, Sample sample, boolean onOxygen, String limit, String held, Slot slot, Priority priority) {
        boolean holds = onOxygen && sample.canonicalMilli() >= turn.rules().milli(RULE, limit);
        Runs.feed(stream, slot, holds, sample).filter(run -> run.spanMillis() >= turn.rules().milli(RULE, held)).ifPresent(run -> {
            stream.hold(slot);
            Priority capped = sample.isConsumer() ? priority.atMost(Priority.LOW) : priority;
            int tags = sample.isConsumer() ? Tag.UNVERIFIED.bit() : 0;
            String text = Texts.fill(turn.rules(), RULE, Map.of(
                    "median", Texts.canonical(run.medianMilli(), Vital.SPO2),
                    "held", Texts.span(run.spanMillis()))) + Texts.certainty(tags);
            Episodes.raise(turn, new Raise(RULE, capped, run.startMillis(), run.lastMillis(), tags, text, Runs.proofs(stream, run)));
        });
    }

    private static void endAt(Turn turn, StreamState stream, Sample sample, boolean better, Slot held, Slot off) {
        if (!stream.holds(held)) {
            stream.clear(off);
            return;
        }
        Runs.feed(stream, off, better, sample)
                .filter(run -> run.spanMillis() >= turn.rules().milli(RULE, "offSeconds"))
                .ifPresent(run -> {
                    stream.release(held);
                    stream.clear(off);
                    boolean mildHolds = stream.holds(Slot.ON_3) || stream.holds(Slot.ON_4)
                            || turn.twin().isHeldElsewhere(stream, Slot.ON_3) || turn.twin().isHeldElsewhere(stream, Slot.ON_4);
                    if (!mildHolds) {
                        // A run that goes on would give the next episode the start, and so the id, of this one.
                        stream.clear(Slot.ON_3);
                        stream.clear(Slot.ON_4);
                        Episodes.release(turn, RULE, run.lastMillis(), Runs.proofs(stream, run));
                    } else {
                        turn.twin().episode(Family.COPD_OVER_OXYGENATION)
                                .filter(episode -> episode.priority().isAbove(Priority.LOW))
                                .ifPresent(episode -> ease(turn, episode, stream, run));
                    }
                });
    }

    private static void ease(Turn turn, Episode episode, StreamState stream, Run run) {
        Episodes.ease(turn, episode, RULE, Priority.LOW, run.lastMillis(), Runs.proofs(stream, run));
    }
}
