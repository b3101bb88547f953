package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.forecast.GlucoseForecaster;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.state.Run;
import io.vitaltwin.twin.core.state.Slot;
import io.vitaltwin.twin.core.state.StreamState;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Low glucose from a continuous sensor: urgent low soon, urgent low, level 1, level 2, extended. All in one family: what gets worse
 * upgrades one alert. Durations are counted in readings, because each stands for its interval.
 *
 * @see "CLINICAL.md sections 0 (count-based), 3.0, 3.4, 3.12.10"
 */
final class GlucoseLowRules {

    private static final List<RuleId> ENDED_BY_LEVEL_1 =
            List.of(RuleId.CGM_HYPO_EXTENDED, RuleId.CGM_URGENT_LOW, RuleId.CGM_HYPO_L1);

    private static final String MAYBE_COMPRESSION = " It fell suddenly during sleep: pressure on the sensor (compression) is possible, not certain.";
    private static final String CONFIRMED_COMPRESSION =
            "The quick fall and recovery during sleep look like pressure on the sensor (compression).";

    private GlucoseLowRules() {
    }

    static void onSample(Turn turn, StreamState stream, Sample sample, List<Trend.Reading> recent) {
        urgent(turn, stream, sample);
        levels(turn, stream, sample);
        soon(turn, stream, sample, recent);
        confirmCompression(turn, stream, sample);
        endings(turn, stream, sample);
    }

    /** DQ-24: told beside the alert, before what ends it. */
    private static void confirmCompression(Turn turn, StreamState stream, Sample sample) {
        if (Reason.COMPRESSION_CONFIRMED.in(sample.point().reasons())) {
            turn.twin().episode(Family.CGM_LOW).ifPresent(episode -> Episodes.update(turn, episode, 0, sample.effectiveMillis(),
                    CONFIRMED_COMPRESSION, List.of(new Proof("last", stream.deviceId(), stream.vital(), sample.point()))));
        }
    }

    private static void urgent(Turn turn, StreamState stream, Sample sample) {
        if (sample.newest() && GlucoseLimit.of(turn.rules(), RuleId.CGM_URGENT_LOW, "on").isAtOrAbove(sample.point().value())) {
            Proof proof = new Proof("last", stream.deviceId(), stream.vital(), sample.point());
            raise(turn, sample, RuleId.CGM_URGENT_LOW, Priority.MEDIUM, sample.effectiveMillis(), sample.effectiveMillis(), "", List.of(proof));
        }
    }

    private static void levels(Turn turn, StreamState stream, Sample sample) {
        RuleSet rules = turn.rules();
        Value value = sample.point().value();
        Runs.feed(stream, Slot.ON_2, GlucoseLimit.of(rules, RuleId.CGM_HYPO_L2, "on").isAbove(value), sample)
                .filter(run -> run.count() >= shortRun(rules, RuleId.CGM_HYPO_L2, "onSeconds", sample))
                .ifPresent(run -> raiseRun(turn, stream, sample, RuleId.CGM_HYPO_L2, Priority.MEDIUM, run));
        Optional<Run> low = Runs.feed(stream, Slot.ON_1, GlucoseLimit.of(rules, RuleId.CGM_HYPO_L1, "on").isAbove(value), sample);
        low.filter(run -> run.count() >= Runs.readings(rules.milli(RuleId.CGM_HYPO_EXTENDED, "onSeconds"), sample.intervalMillis()))
                .ifPresent(run -> raiseRun(turn, stream, sample, RuleId.CGM_HYPO_EXTENDED, Priority.MEDIUM, run));
        low.filter(run -> run.count() >= shortRun(rules, RuleId.CGM_HYPO_L1, "onSeconds", sample))
                .ifPresent(run -> raiseRun(turn, stream, sample, RuleId.CGM_HYPO_L1, Priority.LOW, run));
    }

    /** At least two readings: CR 0. */
    static int shortRun(RuleSet rules, RuleId rule, String parameter, Sample sample) {
        return Math.max(2, Runs.readings(rules.milli(rule, parameter), sample.intervalMillis()));
    }

    private static void soon(Turn turn, StreamState stream, Sample sample, List<Trend.Reading> recent) {
        if (!sample.newest()) {
            return;
        }
        RuleSet rules = turn.rules();
        RuleId rule = RuleId.CGM_URGENT_LOW_SOON;
        Soon soon = rules.milli(rule, "expected") > 0 ? byForecast(turn, stream, sample) : byTrend(rules, sample, recent);
        if (soon.falling() && !turn.twin().holds(RuleId.CGM_URGENT_LOW)) {
            List<Proof> evidence = List.of(new Proof("last", stream.deviceId(), stream.vital(), sample.point()));
            raise(turn, sample, rule, Priority.LOW, soon.startMillis(), sample.effectiveMillis(), "", evidence);
        }
        if (turn.twin().holds(rule)) {
            Runs.feed(stream, Slot.OFF_3, soon.safe(), sample).filter(run -> run.count() >= rules.count(rule, "offReadings")).ifPresent(run -> {
                stream.clear(Slot.OFF_3);
                Episodes.release(turn, rule, run.lastMillis(), Runs.proofs(stream, run));
            });
        }
    }

    /**
     * Whether an urgent low is near.
     *
     * @param safe neither near nor unknown
     * @param startMillis the first reading that it rests on
     */
    private record Soon(boolean falling, boolean safe, long startMillis) {
    }

    private static Soon byTrend(RuleSet rules, Sample sample, List<Trend.Reading> recent) {
        Optional<Trend> trend = Trend.ofLastFour(recent, sample.longestGapMillis());
        RuleId rule = RuleId.CGM_URGENT_LOW_SOON;
        long horizon = rules.milli(rule, "horizonSeconds");
        boolean falling = trend.filter(t -> t.isAtMost(rules.milli(rule, "slope"))
                && t.reachesAtMost(sample.canonicalMilli(), horizon, rules.milli(rule, "reach"))).isPresent();
        boolean safe = trend.isPresent() && !trend.get().reachesAtMost(sample.canonicalMilli(), horizon, rules.milli(rule, "off"));
        return new Soon(falling, safe, trend.isPresent() ? recent.get(recent.size() - Trend.READINGS).effectiveMillis() : sample.effectiveMillis());
    }

    /**
     * The option: what this patient's own forecast expects at the horizon, instead of the trend. It ends as far above its limit as the trend does above
     * its own. Off unless {@code expected} is set: CR 3.0 asks for the trend.
     */
    private static Soon byForecast(Turn turn, StreamState stream, Sample sample) {
        RuleSet rules = turn.rules();
        RuleId rule = RuleId.CGM_URGENT_LOW_SOON;
        Optional<Double> expected = turn.twin().parts().find(GlucoseForecaster.TYPE)
                .filter(forecaster -> forecaster.follows(stream.deviceId()))
                .flatMap(forecaster -> forecaster.forecast(sample.effectiveMillis()))
                .map(forecast -> forecast.after(rules.milli(rule, "horizonSeconds")));
        double limit = rules.milli(rule, "expected") / 1_000.0;
        double off = limit + (rules.milli(rule, "off") - rules.milli(rule, "reach")) / 1_000.0;
        return new Soon(expected.filter(value -> value <= limit).isPresent(), expected.filter(value -> value > off).isPresent(),
                sample.effectiveMillis());
    }

    private static void endings(Turn turn, StreamState stream, Sample sample) {
        RuleSet rules = turn.rules();
        Value value = sample.point().value();
        boolean open = turn.twin().episode(Family.CGM_LOW).isPresent();
        Runs.feed(stream, Slot.OFF_2, open && !GlucoseLimit.of(rules, RuleId.CGM_HYPO_L2, "on").isAbove(value), sample)
                .filter(run -> run.count() >= shortRun(rules, RuleId.CGM_HYPO_L2, "offSeconds", sample))
                .ifPresent(run -> Episodes.release(turn, RuleId.CGM_HYPO_L2, run.lastMillis(), Runs.proofs(stream, run)));
        Runs.feed(stream, Slot.OFF_1, open && !GlucoseLimit.of(rules, RuleId.CGM_URGENT_LOW, "off").isAbove(value), sample)
                .filter(run -> run.count() >= shortRun(rules, RuleId.CGM_URGENT_LOW, "offSeconds", sample))
                .ifPresent(run -> Episodes.release(turn, Family.CGM_LOW, ENDED_BY_LEVEL_1, run.lastMillis(), Runs.proofs(stream, run)));
        if (turn.twin().episode(Family.CGM_LOW).isEmpty()) {
            stream.clear(Slot.OFF_1);
            stream.clear(Slot.OFF_2);
            stream.clear(Slot.OFF_3);
        }
    }

    private static void raiseRun(Turn turn, StreamState stream, Sample sample, RuleId rule, Priority consumerCap, Run run) {
        Priority priority = sample.isConsumer() ? consumerCap : turn.rules().of(rule).priority();
        if (Episodes.isNews(turn, rule, priority)) {
            raise(turn, sample, rule, consumerCap, run.startMillis(), run.lastMillis(), Texts.span(run.count() * sample.intervalMillis()),
                    Runs.proofs(stream, run));
        }
    }

    /** What a low that is near would reach, as far as the rule looks. */
    private static long reach(RuleSet rules) {
        long expected = rules.milli(RuleId.CGM_URGENT_LOW_SOON, "expected");
        return expected > 0 ? expected : rules.milli(RuleId.CGM_URGENT_LOW_SOON, "reach");
    }

    private static void raise(
            Turn turn, Sample sample, RuleId rule, Priority consumerCap, long start, long at, String held, List<Proof> evidence) {
        Priority priority = turn.rules().of(rule).priority();
        int tags = 0;
        if (sample.isConsumer()) {
            tags = Tag.UNVERIFIED.bit();
            priority = priority.atMost(consumerCap);
        }
        if (!Episodes.isNews(turn, rule, priority)) {
            return;
        }
        String text = Texts.fill(turn.rules(), rule, Map.of(
                "value", Texts.value(sample.point().value()),
                "held", held,
                "reach", Texts.decimal(reach(turn.rules())),
                "device", Texts.device(sample.device().grade()))) + Texts.certainty(tags)
                + (Reason.COMPRESSION_POSSIBLE.in(sample.point().reasons()) ? MAYBE_COMPRESSION : "");
        Episodes.raise(turn, new Raise(rule, priority, start, at, tags, text, evidence));
    }
}
