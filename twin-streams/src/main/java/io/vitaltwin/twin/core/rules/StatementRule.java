package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Lane;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.part.Parts;
import io.vitaltwin.twin.core.quality.Judgement;
import io.vitaltwin.twin.core.quality.Revision;
import io.vitaltwin.twin.core.rules.Statements.Kind;
import io.vitaltwin.twin.core.rules.Statements.Statement;
import io.vitaltwin.twin.core.state.StreamState;
import io.vitaltwin.twin.core.state.TwinState;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Keeps what the patient says beside what the devices say: neither overwrites the other. A disputed reading stays and is SUSPECT from then on: it is shown with
 * its doubt, raises no HIGH on its own and teaches nothing.
 *
 * @see "CLINICAL.md section 8.4, E8.1 and E9"
 */
public final class StatementRule {

    /** Any reading of a stream has an offset of its own; a dispute comes with none of them. */
    private static final long NO_READING = -1;

    private StatementRule() {
    }

    /** A circumstance, such as travel. @param untilMillis included; {@link Statements#OPEN} when it is not known */
    public static void onNote(Turn turn, String note, long fromMillis, long untilMillis) {
        say(turn, Kind.CONTEXT_NOTE, note, fromMillis, untilMillis, false);
    }

    /** A symptom; it disagrees with the devices where no alert rests on what they measure. Asked before the symptom raises. */
    static void onSymptom(Turn turn, String symptom, long fromMillis, long untilMillis) {
        boolean quiet = turn.twin().episodes().stream()
                .noneMatch(episode -> episode.family().lane() == Lane.PHYSIOLOGICAL && episode.family() != Family.SYMPTOM_REPORT);
        say(turn, Kind.SYMPTOM, symptom, fromMillis, untilMillis, quiet);
    }

    /** An alert is disputed. @param rule as people know it */
    static void onDispute(Turn turn, String rule, long effectiveMillis) {
        say(turn, Kind.DISPUTE, rule, effectiveMillis, Statements.OPEN, true);
    }

    private static void say(Turn turn, Kind kind, String word, long fromMillis, long untilMillis, boolean disagrees) {
        statements(turn.twin()).add(
                new Statement(kind, Statements.code(word), "", fromMillis, Math.max(fromMillis, untilMillis), disagrees, false), turn.nowMillis());
    }

    private static Statements statements(TwinState twin) {
        return twin.parts().get(Statements.TYPE);
    }

    /** Readings of one stream that are disputed. */
    public record Disputed(StreamState stream, Revision revision) {
    }

    /**
     * Readings are disputed, those too that are still to come from this span. What is measured after the dispute was made is not: nobody can know
     * yet.
     *
     * @param device empty: any
     * @param untilMillis included
     * @return what is to be flagged, for each stream that may hold such readings
     */
    public static List<Disputed> onDisputedReadings(Turn turn, Vital vital, String device, long fromMillis, long untilMillis) {
        long until = Math.min(Math.max(fromMillis, untilMillis), turn.nowMillis());
        List<Disputed> disputed = new ArrayList<>();
        if (fromMillis > until) {
            return disputed;
        }
        statements(turn.twin()).add(new Statement(Kind.DISPUTE, vital.id(), device, fromMillis, until, true, true), turn.nowMillis());
        turn.twin().consent().disputed(true);
        Revision revision = new Revision(fromMillis, until, Verdict.SUSPECT, Reason.DISPUTED.bit());
        for (StreamState stream : turn.twin().streams()) {
            if (stream.vital() == vital && (device.isEmpty() || device.equals(stream.deviceId()))) {
                stream.revise(fromMillis, until, Verdict.SUSPECT, Reason.DISPUTED.bit(), NO_READING);
                turn.twin().parts().find(PressureMemory.TYPE).ifPresent(memory -> memory.revise(stream.deviceId(), vital, revision));
                disputed.add(new Disputed(stream, revision));
            }
        }
        return disputed;
    }

    /** A reading that came after it was disputed. */
    static Judgement doubt(TwinState twin, StreamState stream, long effectiveMillis, Judgement judgement) {
        if (!twin.consent().isDisputed() || judgement.isDuplicate()) {
            return judgement;
        }
        Statements statements = statements(twin);
        if (!statements.disputesReadings()) {
            twin.consent().disputed(false);
        }
        if (!statements.isDisputed(stream.vital(), stream.deviceId(), effectiveMillis)) {
            return judgement;
        }
        stream.memory().dropAccepted(effectiveMillis, effectiveMillis);
        Verdict verdict = judgement.verdict() == Verdict.ACCEPT ? Verdict.SUSPECT : judgement.verdict();
        return new Judgement(verdict, judgement.reasons() | Reason.DISPUTED.bit(), judgement.sigma(), judgement.sigmaWidened(),
                judgement.canonicalMilli(), judgement.context(), judgement.handling(), judgement.revisions());
    }

    /** What was said about a class that may no longer be used is forgotten with it. */
    static void onCovered(Turn turn, Set<Vital> covered) {
        Parts parts = turn.twin().parts();
        parts.find(Statements.TYPE).ifPresent(statements -> statements.forget(statement -> restsOnOthers(statement, covered)));
    }

    private static boolean restsOnOthers(Statement statement, Set<Vital> covered) {
        if (statement.kind() != Kind.DISPUTE) {
            return false;
        }
        Set<Vital> base = statement.ofReadings() ? Vital.of(statement.word()).map(Set::of).orElse(Set.of()) : base(statement.word());
        return !base.isEmpty() && base.stream().noneMatch(covered::contains);
    }

    private static Set<Vital> base(String rule) {
        for (RuleId id : RuleId.values()) {
            if (id.name().equals(rule)) {
                return ConsentRule.base(id.family());
            }
        }
        return Set.of();
    }
}
