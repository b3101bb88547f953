package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.Parts;
import io.vitaltwin.twin.core.quality.Conformance;
import io.vitaltwin.twin.core.quality.VitalLimits;
import io.vitaltwin.twin.core.rhythm.BeatWindow;
import io.vitaltwin.twin.core.rhythm.BeatWindow.Outcome;
import io.vitaltwin.twin.core.rhythm.IrregularRhythm;
import io.vitaltwin.twin.core.rhythm.RhythmLimits;
import io.vitaltwin.twin.core.rhythm.RhythmMemory;
import io.vitaltwin.twin.core.rhythm.RhythmMemory.Followed;
import io.vitaltwin.twin.core.rhythm.RhythmTracker;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.state.Point;
import io.vitaltwin.twin.core.state.StreamState;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * AF_SUSPECT: eleven irregular windows of beats in a row, or a regulated ECG that says so. A screen and no diagnosis: MEDIUM at most, whatever the
 * grade; a normal ECG ends nothing, a day without an irregular window does. Since it only ends after a day, nobody is told twice in one.
 *
 * <p>Each device's beats are followed apart. A beat out of order or late is not taken; one that is SUSPECT counts as flagged.
 *
 * @see "CLINICAL.md sections 3.0, 3.5, 8.4 E10"
 */
final class RhythmRules {

    private static final long FIBRILLATION = Conformance.RHYTHMS.indexOf("atrialFibrillation");

    /** A window is judged without a beat after it once no beat of it can come that is not late: DQ-14. */
    private static final long WAIT_MILLIS = VitalLimits.lateAfterMillis(0);

    private static final RuleId RULE = RuleId.AF_SUSPECT;

    private RhythmRules() {
    }

    /** Takes a beat of any verdict; a late one is left out. */
    static void onHeard(Turn turn, StreamState stream, Sample sample) {
        if (Reason.LATE.in(sample.point().reasons())) {
            return;
        }
        Followed followed = turn.twin().parts().get(RhythmMemory.TYPE).of(stream.deviceId(), sample.effectiveMillis());
        boolean resting = sample.isAtRest();
        List<BeatWindow> over = followed.tracker().take(sample.effectiveMillis(), sample.canonicalMilli(), sample.verdict() == Verdict.ACCEPT,
                resting, limits(turn.rules()));
        if (!over.isEmpty()) {
            onWindows(turn, followed, over, sample.effectiveMillis(), Optional.of(sample.point()));
        }
    }

    /** No beat came after the window that may complete a row: it is judged as it is. */
    static void onDue(Turn turn, long dueMillis) {
        RhythmMemory memory = turn.twin().parts().get(RhythmMemory.TYPE);
        for (Followed followed : memory.devices()) {
            List<BeatWindow> over = followed.tracker().advance(dueMillis - WAIT_MILLIS, limits(turn.rules()));
            onWindows(turn, followed, over, dueMillis, Optional.empty());
        }
    }

    private static RhythmLimits limits(RuleSet rules) {
        return new RhythmLimits(rules.milli(RULE, "entropy"), rules.milli(RULE, "share"), rules.count(RULE, "windows"),
                rules.milli(RULE, "resetSeconds"));
    }

    private static void onWindows(Turn turn, Followed followed, List<BeatWindow> over, long effectiveMillis, Optional<Point> last) {
        RhythmLimits limits = limits(turn.rules());
        RhythmTracker tracker = followed.tracker();
        for (BeatWindow window : over) {
            if (window.outcome(limits) != Outcome.IRREGULAR) {
                continue;
            }
            if (tracker.rowStartMillis() == window.firstMillis()) {
                followed.first(last);
            }
            if (turn.twin().holds(RULE)) {
                seen(turn, irregular -> irregular.seenInBeats(window.endMillis()));
            } else if (tracker.row() >= limits.windows()) {
                raise(turn, followed, window, effectiveMillis, last);
            }
        }
        if (tracker.row() == 0) {
            followed.first(Optional.empty());
        }
        wake(turn);
    }

    /**
     * Where one more window would complete a row, or put off an end, time ends that window if no beat does: beats that come much later must not
     * raise for what was then.
     */
    private static void wake(Turn turn) {
        Parts parts = turn.twin().parts();
        long due = Parts.NEVER;
        int wanted = turn.rules().count(RULE, "windows") - 1;
        for (Followed followed : parts.get(RhythmMemory.TYPE).devices()) {
            long end = followed.tracker().windowEndMillis();
            if (end != 0 && (followed.tracker().row() >= wanted || turn.twin().holds(RULE))) {
                due = Math.min(due, end + WAIT_MILLIS);
            }
        }
        parts.due(PartKind.RHYTHM, due);
    }

    private static void raise(Turn turn, Followed followed, BeatWindow window, long effectiveMillis, Optional<Point> last) {
        List<Proof> evidence = new ArrayList<>(2);
        followed.first().ifPresent(point -> evidence.add(new Proof("first-window", followed.deviceId(), Vital.INTER_BEAT_INTERVAL, point)));
        last.ifPresent(point -> evidence.add(new Proof("last", followed.deviceId(), Vital.INTER_BEAT_INTERVAL, point)));
        Grade grade = turn.plan().device(followed.deviceId(), effectiveMillis).grade();
        long steps = Math.ceilDiv(window.endMillis() - followed.tracker().rowStartMillis(), RhythmTracker.STEP_MILLIS);
        String seen = "beats at rest were irregular in " + turn.rules().count(RULE, "windows") + " windows of five minutes in a row, over "
                + Texts.span(steps * RhythmTracker.STEP_MILLIS) + ", measured by " + Texts.device(grade);
        boolean verified = grade == Grade.CLINICAL || grade == Grade.MEDICAL_HOME;
        raise(turn, followed.tracker().rowStartMillis(), effectiveMillis, verified ? 0 : Tag.UNVERIFIED.bit(), seen, evidence);
        seen(turn, irregular -> irregular.seenInBeats(window.endMillis()));
    }

    /** An ECG of a regulated device. Any other classification is taken note of and ends nothing. */
    static void onEcg(Turn turn, StreamState stream, Sample sample) {
        if (sample.canonicalMilli() != FIBRILLATION || sample.isConsumer()) {
            return;
        }
        List<Proof> evidence = List.of(new Proof("last", stream.deviceId(), Vital.ECG_RHYTHM, sample.point()));
        String seen = "an ECG by " + Texts.device(sample.device().grade()) + " was classified as atrial fibrillation";
        Optional<IrregularRhythm> before = turn.twin().parts().find(IrregularRhythm.TYPE);
        if (!turn.twin().holds(RULE)) {
            raise(turn, sample.effectiveMillis(), sample.effectiveMillis(), 0, seen, evidence);
        } else if (before.filter(IrregularRhythm::restsOnEcg).isEmpty()) {
            turn.twin().episode(Family.AF_SUSPECT)
                    .ifPresent(episode -> Episodes.update(turn, episode, 0, sample.effectiveMillis(), text(turn, seen), evidence));
        }
        seen(turn, irregular -> irregular.seenInEcg(sample.effectiveMillis()));
    }

    private static void raise(Turn turn, long startMillis, long effectiveMillis, int tags, String seen, List<Proof> evidence) {
        Priority priority = turn.rules().of(RULE).priority().atMost(Priority.MEDIUM);
        Episodes.raise(turn, new Raise(RULE, priority, startMillis, effectiveMillis, tags, text(turn, seen) + Texts.certainty(tags), evidence));
    }

    private static String text(Turn turn, String seen) {
        return Texts.fill(turn.rules(), RULE, Map.of("seen", seen));
    }

    private static void seen(Turn turn, Consumer<IrregularRhythm> what) {
        IrregularRhythm irregular = turn.twin().parts().get(IrregularRhythm.TYPE);
        what.accept(irregular);
        turn.twin().parts().due(PartKind.IRREGULAR_RHYTHM, irregular.lastMillis() + turn.rules().milli(RULE, "offSeconds"));
    }

    /** A day without an irregular window is over. */
    static void onQuiet(Turn turn, long dueMillis) {
        turn.twin().parts().forget(PartKind.IRREGULAR_RHYTHM);
        Episodes.release(turn, RULE, dueMillis, List.of());
    }

    /** Ends a suspicion that rests only on what may no longer be used. */
    static void onCovered(Turn turn, Set<Vital> covered, long effectiveMillis, String endReason) {
        Parts parts = turn.twin().parts();
        Optional<IrregularRhythm> irregular = parts.find(IrregularRhythm.TYPE);
        irregular.ifPresent(basis -> basis.keep(covered));
        if (irregular.isEmpty() || irregular.get().isEmpty()) {
            parts.forget(PartKind.IRREGULAR_RHYTHM);
            turn.twin().episode(Family.AF_SUSPECT).ifPresent(episode -> Episodes.close(turn, episode, effectiveMillis, endReason));
        }
    }
}
