package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.state.Run;
import io.vitaltwin.twin.core.state.Slot;
import io.vitaltwin.twin.core.state.StreamState;

import java.util.Map;
import java.util.Optional;

/**
 * CGM_HYPER_L2: very high glucose for 15 min is INFO; for 90 of 120 min, counted in readings, MEDIUM.
 *
 * @see "CLINICAL.md sections 3.0, 3.4, 3.12.10"
 */
final class GlucoseHighRule {

    private static final RuleId RULE = RuleId.CGM_HYPER_L2;

    private GlucoseHighRule() {
    }

    static void onSample(Turn turn, StreamState stream, Sample sample) {
        RuleSet rules = turn.rules();
        Value value = sample.point().value();
        boolean high = GlucoseLimit.of(rules, RULE, "on").isBelow(value);
        if (sample.newest()) {
            int window = Runs.readings(rules.milli(RULE, "windowSeconds"), sample.intervalMillis());
            stream.highReadings().add(high, sample.effectiveMillis(), sample.intervalMillis(), window);
        }
        Optional<Run> run = Runs.feed(stream, Slot.ON_3, high, sample);
        int needed = Runs.readings(rules.milli(RULE, "longSeconds"), sample.intervalMillis());
        if (high && stream.highReadings().count() >= needed) {
            run.ifPresent(r -> raise(turn, stream, sample, r, Priority.MEDIUM));
        } else {
            run.filter(r -> r.count() >= GlucoseLowRules.shortRun(rules, RULE, "onSeconds", sample))
                    .ifPresent(r -> raise(turn, stream, sample, r, Priority.INFO));
        }
        boolean open = turn.twin().holds(RULE);
        Runs.feed(stream, Slot.OFF_4, open && GlucoseLimit.of(rules, RULE, "off").isAtOrAbove(value), sample)
                .filter(r -> r.count() >= GlucoseLowRules.shortRun(rules, RULE, "offSeconds", sample))
                .ifPresent(r -> {
                    stream.clear(Slot.OFF_4);
                    Episodes.release(turn, RULE, r.lastMillis(), Runs.proofs(stream, r));
                });
    }

    private static void raise(Turn turn, StreamState stream, Sample sample, Run run, Priority level) {
        Priority priority = sample.isConsumer() ? level.atMost(Priority.LOW) : level;
        if (!Episodes.isNews(turn, RULE, priority)) {
            return;
        }
        int tags = sample.isConsumer() ? Tag.UNVERIFIED.bit() : 0;
        String text = Texts.fill(turn.rules(), RULE, Map.of(
                "value", Texts.value(sample.point().value()),
                "device", Texts.device(sample.device().grade()))) + Texts.certainty(tags);
        Episodes.raise(turn, new Raise(RULE, priority, run.startMillis(), run.lastMillis(), tags, text, Runs.proofs(stream, run)));
    }
}
