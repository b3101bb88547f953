package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.daily.Kept;
import io.vitaltwin.twin.core.daily.PersonMemory;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * NIGHT_RHR: the resting pulse of the patient's nights against all nights before, by {@link NightSignal}. It says that something changed for this person,
 * never what.
 *
 * <p>A night is closed at its end (07:00 where the patient lives), or by the first reading of a later night. What is heard of it afterwards is
 * too late: a device that sends at its leisure must not reopen what was decided. A late reading counts while its night is open, but a night
 * that ended more than 36 h ago raises nothing. Readings of all devices of the patient make one mean.
 *
 * @see "CLINICAL.md sections 3.0 (NIGHT_RHR), 7.1 and 7.2"
 */
final class NightRule {

    private static final RuleId RULE = RuleId.NIGHT_RHR;

    /** CR 1.2: a nightly value is current for 36 h. */
    private static final long TTL_MILLIS = 36 * 3_600_000L;

    /** CR 7.1: between people the resting pulse lies in 40 to 109 /min. */
    private static final int POPULATION_FROM = 40;
    private static final int POPULATION_TO = 109;

    private NightRule() {
    }

    /** Takes every judged pulse, late ones too. */
    static void onHeard(Turn turn, Sample sample) {
        long at = sample.effectiveMillis();
        if (sample.verdict() != Verdict.ACCEPT || sample.point().value().kind() != Value.Kind.MEASURED || !isNight(turn, at)
                || !isResting(turn, sample)) {
            return;
        }
        NightMemory memory = turn.twin().parts().get(NightMemory.TYPE);
        long day = dayOf(turn, at);
        if (!memory.takes(day)) {
            return;
        }
        if (memory.isOpen() && day > memory.day()) {
            close(turn, memory, turn.nowMillis());
        }
        memory.add(day, sample.canonicalMilli(), new Kept(sample.device().id(), sample.point()));
        turn.twin().parts().due(PartKind.NIGHTS, Math.max(endMillis(turn, day), turn.nowMillis()));
    }

    /** The night is over. */
    static void onDue(Turn turn, long dueMillis) {
        turn.twin().parts().find(NightMemory.TYPE).filter(NightMemory::isOpen).ifPresent(memory -> close(turn, memory, dueMillis));
    }

    /**
     * No steps in that minute. Where steps are not known the context decides, and UNKNOWN is enough: a device that sends no steps and no context
     * would otherwise have no nights at all, and someone who walks at night moves a mean of hours little.
     */
    private static boolean isResting(Turn turn, Sample sample) {
        int cadence = turn.twin().quality().cadenceAt(sample.effectiveMillis());
        if (cadence >= 0) {
            return cadence == 0;
        }
        return sample.context() != Context.LIGHT && sample.context() != Context.VIGOROUS;
    }

    private static boolean isNight(Turn turn, long millis) {
        int hour = PatientTime.hour(turn.plan().zone(), millis);
        int from = turn.rules().count(RULE, "fromHour");
        int until = turn.rules().count(RULE, "untilHour");
        return from < until ? hour >= from && hour < until : hour >= from || hour < until;
    }

    /** Epoch day on which the night of this moment ends. */
    private static long dayOf(Turn turn, long millis) {
        long day = PatientTime.day(turn.plan().zone(), millis);
        return PatientTime.hour(turn.plan().zone(), millis) >= turn.rules().count(RULE, "untilHour") ? day + 1 : day;
    }

    private static long endMillis(Turn turn, long day) {
        return PatientTime.millis(turn.plan().zone(), day, turn.rules().count(RULE, "untilHour"), 0);
    }

    private static void close(Turn turn, NightMemory memory, long nowMillis) {
        long end = endMillis(turn, memory.day());
        if (memory.count() >= turn.rules().count(RULE, "readings") && !isSomeoneElse(turn, end)) {
            decide(turn, memory, end, nowMillis);
        }
        memory.close();
    }

    /** DQ-21: a night that may be another person's teaches nothing. */
    private static boolean isSomeoneElse(Turn turn, long endMillis) {
        return turn.twin().parts().find(PersonMemory.TYPE).filter(person -> person.isOdd(endMillis)).isPresent();
    }

    private static void decide(Turn turn, NightMemory memory, long endMillis, long nowMillis) {
        NightSignal.Level level = memory.night(limits(turn.rules()));
        List<Proof> evidence = proofs(memory.span());
        if (level == NightSignal.Level.GREEN) {
            if (memory.greens() >= turn.rules().count(RULE, "greenNights")) {
                Episodes.release(turn, RULE, nowMillis, evidence);
            }
            return;
        }
        boolean known = memory.signal().nights() > turn.rules().count(RULE, "baselineNights");
        if (known && nowMillis - endMillis <= TTL_MILLIS) {
            raise(turn, memory, level, nowMillis, evidence);
        }
    }

    private static NightSignal.Limits limits(RuleSet rules) {
        return new NightSignal.Limits(rules.count(RULE, "yellow"), rules.count(RULE, "red"), rules.count(RULE, "nights"));
    }

    private static void raise(Turn turn, NightMemory memory, NightSignal.Level level, long nowMillis, List<Proof> evidence) {
        Priority priority = level == NightSignal.Level.RED ? turn.rules().of(RULE).priority() : Priority.INFO;
        if (!Episodes.isNews(turn, RULE, priority)) {
            return;
        }
        int pulse = (int) (memory.meanMilli() / 1000);
        String text = Texts.fill(turn.rules(), RULE, Map.of(
                "value", Texts.canonical(pulse * 1000L, Vital.HEART_RATE),
                "median", Texts.canonical(memory.signal().medianPerMinute() * 1000L, Vital.HEART_RATE),
                "count", String.valueOf(memory.count()),
                "frame", frame(pulse)));
        Episodes.raise(turn, new Raise(RULE, priority, evidence.getFirst().point().effectiveMillis(), nowMillis, 0, text, evidence));
    }

    /** CR 7.1: which of the two frames of reference the value is odd in. */
    private static String frame(int pulse) {
        return pulse >= POPULATION_FROM && pulse <= POPULATION_TO ? "changed for you, within usual population range"
                : "changed for you, and outside the usual population range of " + POPULATION_FROM + " to " + POPULATION_TO + " /min";
    }

    private static List<Proof> proofs(List<Kept> span) {
        List<Proof> proofs = new ArrayList<>(2);
        proofs.add(span.getFirst().proof("first", Vital.HEART_RATE));
        if (span.size() > 1) {
            proofs.add(span.getLast().proof("last", Vital.HEART_RATE));
        }
        return proofs;
    }
}
