package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.quality.VitalLimits;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.state.StreamState;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * ACTIVITY_DROP: the median steps of the last 7 days against that of the last 28, which contain them. Decided once a day, a quarter of an hour
 * after midnight where the patient lives: what is later than that is late (DQ-14), but still counts for its day. A context for people who know
 * the patient, never a judgement of effort: fewer steps showed no relation to health (CR 3.9).
 *
 * <p>Wear is what the stream of steps covers; minutes that are not ACCEPT when they come count neither as steps nor as wear. What is doubted only later has
 * been counted and stays: a day is one sum, and no minute of it is known any more. A device that sends one total a day
 * is taken as worn that day. With too few valid days (DQ-28) nothing is raised and nothing ends.
 *
 * @see "CLINICAL.md sections 3.0 (ACTIVITY_DROP) and 3.9"
 */
final class ActivityRule {

    private static final RuleId RULE = RuleId.ACTIVITY_DROP;
    private static final long MINUTE_MILLIS = 60_000;
    private static final int MINUTES_AFTER_MIDNIGHT = 15;

    private ActivityRule() {
    }

    /** Takes every judged count, late ones too. */
    static void onHeard(Turn turn, Sample sample) {
        if (sample.verdict() != Verdict.ACCEPT) {
            return;
        }
        RuleSet rules = turn.rules();
        ActivityMemory memory = turn.twin().parts().get(ActivityMemory.TYPE);
        long at = sample.effectiveMillis();
        long interval = VitalLimits.intervalMillis(Vital.STEPS, sample.device());
        long day = PatientTime.day(turn.plan().zone(), at - 1);
        memory.add(day, device(sample), at, steps(sample, interval), interval, rules.count(RULE, "wearHours") * 3_600L);
        long due = PatientTime.millis(turn.plan().zone(), memory.newestDay() + 1, 0, MINUTES_AFTER_MIDNIGHT);
        turn.twin().parts().due(PartKind.ACTIVITY, Math.max(due, turn.nowMillis()));
    }

    /** The day of the newest reading is over. */
    static void onDue(Turn turn, long dueMillis) {
        ActivityMemory memory = turn.twin().parts().find(ActivityMemory.TYPE).orElse(null);
        if (memory == null || memory.isEmpty()) {
            return;
        }
        RuleSet rules = turn.rules();
        long yesterday = PatientTime.day(turn.plan().zone(), dueMillis) - 1;
        int least = rules.count(RULE, "validDays");
        OptionalLong recent = memory.twiceMedian(yesterday, rules.count(RULE, "recentDays"), least);
        OptionalLong usual = memory.twiceMedian(yesterday, rules.count(RULE, "baselineDays"), least);
        if (recent.isEmpty() || usual.isEmpty()) {
            return;
        }
        long thousandfold = recent.getAsLong() * 1_000;
        if (thousandfold < rules.milli(RULE, "on") * usual.getAsLong()) {
            raise(turn, recent.getAsLong(), usual.getAsLong(), dueMillis);
        } else if (thousandfold >= rules.milli(RULE, "off") * usual.getAsLong()) {
            Episodes.release(turn, RULE, dueMillis, proofs(turn));
        }
    }

    /** A cadence stands for its interval. */
    private static long steps(Sample sample, long intervalMillis) {
        boolean cadence = sample.point().value().unit() == Unit.STEPS_PER_MINUTE;
        return (cadence ? sample.canonicalMilli() * intervalMillis / MINUTE_MILLIS : sample.canonicalMilli()) / 1_000;
    }

    /** 16 bits that tell the devices of one patient apart. */
    private static int device(Sample sample) {
        return sample.device().id().hashCode() * 0x9E3779B9 >>> 16;
    }

    private static void raise(Turn turn, long twiceRecent, long twiceUsual, long dueMillis) {
        if (!Episodes.isNews(turn, RULE, turn.rules().of(RULE).priority())) {
            return;
        }
        String text = Texts.fill(turn.rules(), RULE, Map.of(
                "value", Texts.decimal(twiceRecent * 500),
                "median", Texts.decimal(twiceUsual * 500)));
        Episodes.raise(turn, new Raise(RULE, turn.rules().of(RULE).priority(), dueMillis, dueMillis, 0, text, proofs(turn)));
    }

    /** The newest count of each device: what it rests on is thousands of readings. */
    private static List<Proof> proofs(Turn turn) {
        List<Proof> proofs = new ArrayList<>(1);
        for (StreamState stream : turn.twin().streams()) {
            if (stream.vital() == Vital.STEPS) {
                stream.latest().ifPresent(point -> proofs.add(new Proof("last", stream.deviceId(), Vital.STEPS, point)));
            }
        }
        return proofs;
    }
}
