package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.daily.Kept;
import io.vitaltwin.twin.core.daily.SharedScale;
import io.vitaltwin.twin.core.daily.WeightMemory;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.Parts;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * HF_WEIGHT, for patients with heart failure (the limits are those of its guidelines; other people gain two kilograms for other reasons), and the
 * technical notice that two people use one scale, for everybody.
 *
 * <p>The weight of a day is the first between 04:00 (included) and 12:00 (excluded) where the patient lives, else the first of the day. So a
 * weight taken earlier waits until noon whether a better one comes; one taken later counts at once; both are tagged OFF_PROTOCOL. One alert for
 * all limits, at the highest priority. It ends when the weight of a day is within 1.0 kg of the lightest that it was measured against.
 *
 * <p>A weight that jumped by more than 2.5 kg a day raises nothing and is no reference until the next weight agrees with it, on the same day or
 * later. A SUSPECT weight never comes so far.
 *
 * <p>The trend of CR 3.1 (8-day minus 32-day average) is left out: the reference names no limit from which it would say anything.
 *
 * @see "CLINICAL.md sections 3.0 (HF_WEIGHT), 3.1 and 5.2 (DQ-21)"
 */
final class WeightRule {

    private static final RuleId RULE = RuleId.HF_WEIGHT;
    private static final String HEART_FAILURE = "heart_failure";
    private static final String NOT_IN_THE_MORNING = " It was not taken in the morning.";

    private WeightRule() {
    }

    /** Takes every judged weight, late ones too. */
    static void onHeard(Turn turn, Sample sample) {
        if (sample.verdict() == Verdict.REJECT) {
            return;
        }
        WeightMemory memory = turn.twin().parts().get(WeightMemory.TYPE);
        if (sample.verdict() == Verdict.ACCEPT && sample.point().value().kind() == Value.Kind.MEASURED) {
            long at = sample.effectiveMillis();
            memory.take(PatientTime.day(turn.plan().zone(), at), new Kept(sample.device().id(), sample.point()), isMorning(turn, at),
                    turn.rules().milli(RULE, "jump"));
        }
        if (memory.shared().sharedMillis() == sample.effectiveMillis()) {
            tellShared(turn, memory, sample);
        }
        setTimer(turn, memory);
    }

    /** Takes an accepted weight that is not late, after {@link #onHeard}. */
    static void onSample(Turn turn, Sample sample) {
        WeightMemory memory = turn.twin().parts().get(WeightMemory.TYPE);
        WeightMemory.Day today = memory.newest().orElse(null);
        if (today == null) {
            return;
        }
        boolean early = !today.morning() && PatientTime.hour(turn.plan().zone(), today.reading().millis()) < turn.rules().count(RULE, "fromHour");
        long noon = PatientTime.millis(turn.plan().zone(), today.epochDay(), turn.rules().count(RULE, "untilHour"), 0);
        if (early && sample.effectiveMillis() < noon) {
            memory.waitUntil(noon);
        } else {
            memory.waitUntil(0);
            decide(turn, memory, today, sample.effectiveMillis());
        }
        setTimer(turn, memory);
    }

    /** No better weight came until noon, or nobody else used the scale for a week. */
    static void onDue(Turn turn, long dueMillis) {
        WeightMemory memory = turn.twin().parts().find(WeightMemory.TYPE).orElse(null);
        if (memory == null) {
            return;
        }
        if (memory.waitingUntilMillis() != 0 && memory.waitingUntilMillis() <= dueMillis) {
            memory.waitUntil(0);
            memory.newest().ifPresent(today -> decide(turn, memory, today, dueMillis));
        }
        if (memory.shared().isTold() && memory.shared().sharedMillis() + SharedScale.WINDOW_MILLIS <= dueMillis) {
            memory.shared().told(false);
            Episodes.release(turn, RuleId.DATA_QUALITY, dueMillis, List.of());
        }
        setTimer(turn, memory);
    }

    private static void setTimer(Turn turn, WeightMemory memory) {
        long noon = memory.waitingUntilMillis() == 0 ? Parts.NEVER : Math.max(memory.waitingUntilMillis(), turn.nowMillis());
        long alone = memory.shared().isTold() ? memory.shared().sharedMillis() + SharedScale.WINDOW_MILLIS : Parts.NEVER;
        turn.twin().parts().due(PartKind.WEIGHT, Math.min(noon, alone));
    }

    private static boolean isMorning(Turn turn, long millis) {
        int hour = PatientTime.hour(turn.plan().zone(), millis);
        return hour >= turn.rules().count(RULE, "fromHour") && hour < turn.rules().count(RULE, "untilHour");
    }

    /** How far today is above one of the references. @param days how far back the reference was looked for */
    private record Gain(WeightMemory.Day reference, int days, Priority priority) {
    }

    private static void decide(Turn turn, WeightMemory memory, WeightMemory.Day today, long atMillis) {
        if (!today.sure() || !turn.plan().conditions().contains(HEART_FAILURE)) {
            return;
        }
        Optional<Gain> gain = gain(turn, memory, today, 3, "threeDays", turn.rules().of(RULE).priority())
                .or(() -> gain(turn, memory, today, 7, "sevenDays", turn.rules().of(RULE).priority()))
                .or(() -> gain(turn, memory, today, 1, "oneDay", Priority.LOW));
        if (gain.isPresent()) {
            raise(turn, memory, today, gain.get(), atMillis);
        } else if (turn.twin().holds(RULE) && today.milli() <= memory.referenceMilli() + turn.rules().milli(RULE, "off")) {
            memory.reference(0);
            Episodes.release(turn, RULE, atMillis, List.of(today.reading().proof("last", Vital.BODY_WEIGHT)));
        }
    }

    private static Optional<Gain> gain(Turn turn, WeightMemory memory, WeightMemory.Day today, int days, String limit, Priority priority) {
        return memory.lightest(today.epochDay(), days)
                .filter(reference -> today.milli() - reference.milli() > turn.rules().milli(RULE, limit))
                .map(reference -> new Gain(reference, days, priority));
    }

    private static void raise(Turn turn, WeightMemory memory, WeightMemory.Day today, Gain gain, long atMillis) {
        boolean open = turn.twin().holds(RULE) && memory.referenceMilli() != 0;
        memory.reference(open ? Math.min(memory.referenceMilli(), gain.reference().milli()) : gain.reference().milli());
        if (!Episodes.isNews(turn, RULE, gain.priority())) {
            return;
        }
        Proof first = gain.reference().reading().proof("reference", Vital.BODY_WEIGHT);
        Proof last = today.reading().proof("last", Vital.BODY_WEIGHT);
        String text = Texts.fill(turn.rules(), RULE, Map.of(
                "value", Texts.value(today.reading().point().value()),
                "gain", Texts.decimal(today.milli() - gain.reference().milli()),
                "days", String.valueOf(gain.days()),
                "device", Texts.device(today.reading().point().grade()),
                "protocol", today.morning() ? "" : NOT_IN_THE_MORNING));
        Episodes.raise(turn, new Raise(RULE, gain.priority(), today.reading().millis(), atMillis,
                today.morning() ? 0 : Tag.OFF_PROTOCOL.bit(), text, List.of(first, last)));
    }

    private static void tellShared(Turn turn, WeightMemory memory, Sample sample) {
        if (!Episodes.isNews(turn, RuleId.DATA_QUALITY, Priority.LOW)) {
            return;
        }
        String text = Texts.fill(turn.rules(), RuleId.DATA_QUALITY,
                Map.of("why", "the weights of the last days look like those of two people, please ask whether each was this patient"));
        Proof last = new Proof("last", sample.device().id(), Vital.BODY_WEIGHT, sample.point());
        Episodes.raise(turn, new Raise(RuleId.DATA_QUALITY, Priority.LOW, sample.effectiveMillis(), sample.effectiveMillis(),
                Tag.WRONG_PERSON.bit(), text, List.of(last)));
        memory.shared().told(true);
    }
}
