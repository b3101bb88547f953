package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.VitalLimits;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.state.StreamState;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Silence of a stream that has spoken before: CGM_SIGNAL_LOSS for a continuous glucose sensor (only usable readings count), DEVICE_SILENT for
 * the rest (anything that arrives counts, also what may not be used). Both say where the silence seems to begin ({@link SilenceCause}).
 *
 * @see "CLINICAL.md sections 3.0, 3.12.11, 3.12.12"
 */
public final class SilenceRules {

    /** Sent when something changes, not by the clock: their silence says nothing. */
    private static final Set<Vital> UNTIMED = EnumSet.of(Vital.CONSCIOUSNESS, Vital.O2_FLOW, Vital.ECG_RHYTHM);

    /** Neither the plan nor the device says how often a reading is expected: its silence says nothing. */
    private static final long NO_RHYTHM = 0;

    private SilenceRules() {
    }

    /**
     * Expected time between two readings of a stream that is expected to speak; 0 for one that is not: sent on change, not collected, not
     * registered, or without a rhythm.
     */
    static long expectedMillis(Turn turn, StreamState stream) {
        Device device = turn.plan().device(stream.deviceId(), stream.heardMillis());
        boolean expected = !UNTIMED.contains(stream.vital()) && device.isRegistered() && turn.plan().collects(stream.vital());
        return expected ? turn.plan().intervalMillis(stream.vital(), device, NO_RHYTHM) : NO_RHYTHM;
    }

    /** When this stream counts as silent if nothing comes; Long.MAX_VALUE when never, or when it already does. */
    public static long deadline(Turn turn, StreamState stream) {
        if (stream.isSilent() || UNTIMED.contains(stream.vital()) || !turn.plan().collects(stream.vital())) {
            return Long.MAX_VALUE;
        }
        RuleSet rules = turn.rules();
        if (isSensor(stream)) {
            return stream.usableMillis() == 0 ? Long.MAX_VALUE : stream.usableMillis() + rules.milli(RuleId.CGM_SIGNAL_LOSS, "onSeconds");
        }
        Device device = turn.plan().device(stream.deviceId(), stream.heardMillis());
        long interval = turn.plan().intervalMillis(stream.vital(), device, NO_RHYTHM);
        if (!device.isRegistered() || stream.heardMillis() == 0 || interval == NO_RHYTHM) {
            return Long.MAX_VALUE;
        }
        long allowed = !VitalLimits.isContinuous(interval) ? rules.milli(RuleId.DEVICE_SILENT, "spotSeconds")
                : Math.max(rules.milli(RuleId.DEVICE_SILENT, "minSeconds"), rules.count(RuleId.DEVICE_SILENT, "intervals") * interval);
        return stream.heardMillis() + allowed;
    }

    /** Marks the stream silent if its deadline has come. */
    public static void onTime(Turn turn, StreamState stream, long deadlineMillis) {
        stream.silent(true);
        RuleId rule = ruleOf(stream);
        Priority priority = Priority.LOW;
        if (rule == RuleId.DEVICE_SILENT && turn.twin().score().lastTotal() >= turn.rules().count(rule, "news2")) {
            priority = turn.rules().of(rule).priority();
        }
        long since = isSensor(stream) ? stream.usableMillis() : stream.heardMillis();
        SilenceCause cause = SilenceCause.of(turn, stream, deadlineMillis);
        String text = Texts.fill(turn.rules(), rule, Map.of(
                "vital", stream.vital().id().replace('_', ' '), "since", Texts.time(since), "cause", cause.words()));
        List<Proof> evidence = stream.latest()
                .map(point -> List.of(new Proof("silent-stream", stream.deviceId(), stream.vital(), point))).orElse(List.of());
        if (Episodes.isNews(turn, rule, priority)) {
            turn.twin().episode(Family.SILENCE).ifPresent(episode -> episode.untag(SilenceCause.TAGS));
            Episodes.raise(turn, new Raise(rule, priority, since, deadlineMillis, cause.tag().bit(), text, evidence));
        } else {
            turn.twin().episode(Family.SILENCE).ifPresent(episode -> {
                episode.untag(SilenceCause.TAGS);
                Episodes.update(turn, episode, cause.tag().bit(), deadlineMillis, text, evidence);
            });
        }
    }

    /** Something came: the rule ends when no stream of its kind is silent any more. */
    static void onHeard(Turn turn, StreamState stream, long effectiveMillis, List<Proof> evidence) {
        if (!stream.isSilent()) {
            return;
        }
        stream.silent(false);
        endIfHeard(turn, ruleOf(stream), effectiveMillis, evidence);
    }

    /** Ends the rule when no stream keeps it open. */
    public static void endIfHeard(Turn turn, RuleId rule, long effectiveMillis, List<Proof> evidence) {
        for (StreamState other : turn.twin().streams()) {
            if (other.isSilent() && ruleOf(other) == rule) {
                return;
            }
        }
        Episodes.release(turn, rule, effectiveMillis, evidence);
    }

    static boolean isSensor(StreamState stream) {
        return stream.vital() == Vital.GLUCOSE_INTERSTITIAL;
    }

    private static RuleId ruleOf(StreamState stream) {
        return isSensor(stream) ? RuleId.CGM_SIGNAL_LOSS : RuleId.DEVICE_SILENT;
    }
}
