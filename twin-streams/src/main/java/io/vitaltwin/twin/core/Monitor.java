package io.vitaltwin.twin.core;

import io.vitaltwin.twin.core.quality.Judgement;
import io.vitaltwin.twin.core.rules.AlertChange;
import io.vitaltwin.twin.core.rules.Judging;
import io.vitaltwin.twin.core.rules.Rules;
import io.vitaltwin.twin.core.rules.SilenceRules;
import io.vitaltwin.twin.core.rules.SymptomRule;
import io.vitaltwin.twin.core.rules.Turn;
import io.vitaltwin.twin.core.state.StreamState;
import io.vitaltwin.twin.core.state.TwinFold;
import io.vitaltwin.twin.core.state.TwinState;

import java.util.List;

/**
 * One patient watched in memory: judges readings, folds them into the twin, asks the rules, and lets happen what time alone brings about. It is
 * what the topology does with readings that consent covers, that come in the order in which their devices sent them, and whose clocks are right.
 * Not for use by several threads.
 */
public final class Monitor {

    /** What is told while it happens, in order. */
    public interface Listener {

        default void judged(Measurement measurement, Judgement judgement) {
        }

        default void alert(AlertChange change) {
        }
    }

    private final Plan plan;
    private final Listener listener;
    private final TwinState twin = new TwinState();
    private long nowMillis = Long.MIN_VALUE;

    public Monitor(Plan plan, Listener listener) {
        this.plan = plan;
        this.listener = listener;
    }

    public TwinState twin() {
        return twin;
    }

    /**
     * Takes what one device sent at once; first happens what was due before.
     *
     * @param batch ordered by effective time, all with one append time, which never goes back
     */
    public void take(List<Measurement> batch) {
        if (batch.isEmpty()) {
            return;
        }
        Measurement first = batch.getFirst();
        advanceTo(first.appendMillis());
        twin.seen(nowMillis, first.at().offset());
        long open = first.effectiveMillis();
        for (Measurement measurement : batch) {
            if (measurement.effectiveMillis() != open) {
                Rules.onSet(turn(), open);
                open = measurement.effectiveMillis();
            }
            take(measurement);
        }
        Rules.onSet(turn(), open);
    }

    private void take(Measurement measurement) {
        Device device = plan.device(measurement.deviceId(), measurement.effectiveMillis());
        Judging.Judged judged = Judging.judge(twin, plan, device, measurement, 0);
        listener.judged(measurement, judged.judgement());
        judged.sample().ifPresent(sample -> {
            TwinFold.take(judged.stream(), sample.point(), sample.newest(), judged.isLate(), nowMillis);
            if (judged.isLate() || sample.verdict() == Verdict.REJECT) {
                Rules.onHeard(turn(), judged.stream(), sample);
            } else {
                Rules.onSample(turn(), judged.stream(), sample);
            }
        });
    }

    /** @param symptom a word of the patient reports, such as {@code chest_pain} */
    public void symptom(String symptom, long effectiveMillis, long appendMillis) {
        advanceTo(appendMillis);
        SymptomRule.onSymptom(turn(), symptom, effectiveMillis);
    }

    /** Lets happen what is due until then, earliest first, each as of its own time. */
    public void advanceTo(long millis) {
        for (long due = nextDue(); due <= millis; due = nextDue()) {
            nowMillis = due;
            Rules.onDue(turn(), due);
            for (StreamState stream : List.copyOf(twin.streams())) {
                if (SilenceRules.deadline(turn(), stream) <= due) {
                    SilenceRules.onTime(turn(), stream, due);
                }
            }
        }
        nowMillis = Math.max(nowMillis, millis);
    }

    private long nextDue() {
        long next = twin.parts().nextDue();
        for (StreamState stream : twin.streams()) {
            next = Math.min(next, SilenceRules.deadline(turn(), stream));
        }
        return next;
    }

    private Turn turn() {
        return new Turn(twin, plan, nowMillis, listener::alert);
    }
}
