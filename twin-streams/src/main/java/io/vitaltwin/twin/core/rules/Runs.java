package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.quality.QualityMemory;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.state.Run;
import io.vitaltwin.twin.core.state.Slot;
import io.vitaltwin.twin.core.state.StreamState;

import java.util.List;
import java.util.Optional;

/** Feeds samples to the runs of a stream. */
final class Runs {

    private Runs() {
    }

    /**
     * Takes an ACCEPT sample.
     *
     * @param holds the sample meets the run's condition
     * @param longestGapMillis between two samples of the run
     * @return the run that the sample belongs to now; empty when the condition does not hold
     */
    static Optional<Run> feed(StreamState stream, Slot slot, boolean holds, Sample sample, long longestGapMillis) {
        Run run = stream.run(slot).orElse(null);
        if (!holds) {
            if (run != null && sample.effectiveMillis() >= run.startMillis()) {
                stream.clear(slot);
            }
            return Optional.empty();
        }
        if (run != null && !isCutOff(stream, run, sample.effectiveMillis())
                && run.extend(sample.effectiveMillis(), sample.point(), sample.canonicalMilli(), longestGapMillis)) {
            return Optional.of(run);
        }
        if (run != null && sample.effectiveMillis() < run.lastMillis()) {
            return Optional.empty();
        }
        Run fresh = new Run(sample.effectiveMillis(), sample.point(), sample.canonicalMilli());
        stream.set(slot, fresh);
        return Optional.of(fresh);
    }

    /** Whether an ACCEPT reading between this time and the run is known: it is not part of the run, so it did not meet the condition. */
    private static boolean isCutOff(StreamState stream, Run run, long effectiveMillis) {
        QualityMemory memory = stream.memory();
        for (int i = 0; i < memory.recentCount(); i++) {
            if (effectiveMillis < memory.recentMillis(i) && memory.recentMillis(i) < run.startMillis()) {
                return true;
            }
        }
        return false;
    }

    static Optional<Run> feed(StreamState stream, Slot slot, boolean holds, Sample sample) {
        return feed(stream, slot, holds, sample, sample.longestGapMillis());
    }

    /** Takes a SUSPECT sample: one changes nothing, two in a row end every run of the stream. */
    static void doubt(StreamState stream, Sample sample) {
        for (Slot slot : Slot.ALL) {
            stream.run(slot).filter(run -> !run.doubt(sample.effectiveMillis(), sample.longestGapMillis()))
                    .ifPresent(run -> stream.clear(slot));
        }
    }

    /** How many readings stand for this span, each for its own interval: CR 0, count-based sustained. */
    static int readings(long spanMillis, long intervalMillis) {
        return (int) Math.ceilDiv(spanMillis, intervalMillis);
    }

    /** The run's first and last reading. */
    static List<Proof> proofs(StreamState stream, Run run) {
        Proof first = new Proof("first", stream.deviceId(), stream.vital(), run.first());
        Proof last = new Proof("last", stream.deviceId(), stream.vital(), run.last());
        return run.count() == 1 ? List.of(last) : List.of(first, last);
    }
}
