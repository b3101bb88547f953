package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.forecast.GlucoseForecaster;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.Parts;
import io.vitaltwin.twin.core.quality.QualityMemory;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.state.StreamState;

import java.util.ArrayList;
import java.util.List;

/** Asks every rule that a judged reading concerns. */
public final class Rules {

    private static final PartKind[] KINDS = PartKind.values();

    private Rules() {
    }

    /**
     * Takes a judged reading that was folded into the twin. A reading that is REJECT or late never comes here.
     *
     * <p>Out of order: a sample may extend a run backwards; rules that look at one reading or at a trend take the newest only.
     */
    public static void onSample(Turn turn, StreamState stream, Sample sample) {
        if (sample.context() == Context.VIGOROUS) {
            turn.twin().vigorous(sample.effectiveMillis());
        }
        onHeard(turn, stream, sample);
        boolean half = PressureRules.onSample(turn, sample);
        if (sample.verdict() == Verdict.SUSPECT && HeartRateRules.isOnlyFastForAge(sample)) {
            HeartRateRules.onSample(turn, stream, sample);
            CustomRules.onSample(turn, sample);
            return;
        }
        if (sample.verdict() == Verdict.SUSPECT) {
            Runs.doubt(stream, sample);
            BreathingRules.onDoubt(turn, sample);
            CustomRules.onSample(turn, sample);
            return;
        }
        ask(turn, stream, sample);
        CustomRules.onSample(turn, sample);
        if (!half) {
            Learning.onSample(turn, stream, sample);
        }
    }

    private static void ask(Turn turn, StreamState stream, Sample sample) {
        switch (sample.vital()) {
            case SPO2 -> {
                SaturationRules.onSample(turn, stream, sample);
                OverOxygenationRule.onSample(turn, stream, sample);
                BreathingRules.onSaturation(turn, stream, sample);
            }
            case RESPIRATORY_RATE -> BreathingRules.onBreaths(turn, stream, sample);
            case HEART_RATE -> HeartRateRules.onSample(turn, stream, sample);
            case BODY_TEMPERATURE -> FeverRule.onSample(turn, stream, sample);
            case BODY_WEIGHT -> WeightRule.onSample(turn, sample);
            case GLUCOSE_INTERSTITIAL -> {
                foresee(turn, stream, sample);
                GlucoseLowRules.onSample(turn, stream, sample, recent(stream.memory()));
                GlucoseHighRule.onSample(turn, stream, sample);
            }
            case ECG_RHYTHM -> RhythmRules.onEcg(turn, stream, sample);
            default -> { }
        }
    }

    /**
     * Takes note that something came, also late or unusable: silence ends, and what is counted by the day counts it. Of a glucose sensor only what may
     * be used ends silence.
     */
    public static void onHeard(Turn turn, StreamState stream, Sample sample) {
        Learning.onHeard(turn, stream, sample);
        if (stream.isSilent() && (!SilenceRules.isSensor(stream) || sample.verdict() == Verdict.ACCEPT)) {
            SilenceRules.onHeard(turn, stream, sample.effectiveMillis(),
                    List.of(new Proof("last", stream.deviceId(), stream.vital(), sample.point())));
        }
        switch (sample.vital()) {
            case BODY_WEIGHT -> WeightRule.onHeard(turn, sample);
            case HEART_RATE -> NightRule.onHeard(turn, sample);
            case STEPS -> ActivityRule.onHeard(turn, sample);
            case INTER_BEAT_INTERVAL -> RhythmRules.onHeard(turn, stream, sample);
            default -> { }
        }
    }

    /** Takes the end of a set of readings with one effective time: scores are made of whole sets. */
    public static void onSet(Turn turn, long effectiveMillis) {
        News2Rules.onSet(turn, effectiveMillis);
        PressureRules.onSet(turn, effectiveMillis);
        QsofaRule.onSet(turn, effectiveMillis);
    }

    /**
     * Lets the owners of memories whose time has come decide, as of that time. Each sets its next time or none.
     *
     * @param dueMillis the earliest due time of the twin's parts
     */
    public static void onDue(Turn turn, long dueMillis) {
        Parts parts = turn.twin().parts();
        for (PartKind kind : KINDS) {
            if (parts.due(kind) <= dueMillis) {
                parts.due(kind, Parts.NEVER);
                onDue(turn, kind, dueMillis);
            }
        }
    }

    private static void onDue(Turn turn, PartKind kind, long dueMillis) {
        switch (kind) {
            case PRESSURE -> PressureRules.onDue(turn, dueMillis);
            case WEIGHT -> WeightRule.onDue(turn, dueMillis);
            case NIGHTS -> NightRule.onDue(turn, dueMillis);
            case ACTIVITY -> ActivityRule.onDue(turn, dueMillis);
            case RHYTHM -> RhythmRules.onDue(turn, dueMillis);
            case IRREGULAR_RHYTHM -> RhythmRules.onQuiet(turn, dueMillis);
            case CUSTOM -> CustomRules.onDue(turn, dueMillis);
            case SHARED_DEVICE -> SharedDeviceRule.onDue(turn, dueMillis);
            default -> throw new IllegalStateException("nobody waits for " + kind);
        }
    }

    /** The forecast learns from what is usable before the rules look at it. */
    private static void foresee(Turn turn, StreamState stream, Sample sample) {
        if (sample.newest()) {
            turn.twin().parts().get(GlucoseForecaster.TYPE).take(stream.deviceId(), sample.effectiveMillis(), sample.canonicalMilli(),
                    sample.point().value().kind() == Value.Kind.MEASURED);
        }
    }

    private static List<Trend.Reading> recent(QualityMemory memory) {
        List<Trend.Reading> recent = new ArrayList<>(Trend.READINGS);
        for (int i = Math.max(0, memory.recentCount() - Trend.READINGS); i < memory.recentCount(); i++) {
            recent.add(new Trend.Reading(memory.recentMillis(i), memory.recentMilli(i)));
        }
        return recent;
    }
}
