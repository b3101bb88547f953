package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;

import java.util.Arrays;
import java.util.Optional;

/**
 * A single value far from those before it, from which the next one comes back: DQ-09. Only the next reading tells, so the value was ACCEPT until then
 * and no rule waited for it; two such values in a row are a level and no spikes (CLINICAL.md section 3.12.4). Of the window of seven the value itself is one.
 */
final class Spike {

    /** 3.12.4: so many accepted values before it. */
    private static final int FEWEST = 3;
    private static final double MADS = 4 * 1.4826;
    private static final double SIGMAS = 3;
    /** As for DQ-10: a value that long ago says nothing. */
    private static final int LONGEST_GAP_INTERVALS = 10;

    private Spike() {
    }

    /** Not of beats, whose irregularity is the signal, nor of what jumps by nature. */
    static boolean isWatched(Vital vital) {
        return switch (vital) {
            case INTER_BEAT_INTERVAL, STEPS, O2_FLOW, SLEEP_DURATION, ECG_RHYTHM, CONSCIOUSNESS -> false;
            default -> true;
        };
    }

    /**
     * Whether the newest accepted value was a spike.
     *
     * @param own without the reading that comes now
     * @param at time of the reading that comes now, later than all that is known
     * @param sigma 1 sigma of the reading that comes now; NaN: nothing can be said
     */
    static Optional<Revision> before(QualityMemory own, long at, long milli, double sigma, long intervalMillis) {
        int last = own.recentCount() - 1;
        if (last < FEWEST || Double.isNaN(sigma) || own.isBound(last) || at - own.recentMillis(last) > LONGEST_GAP_INTERVALS * intervalMillis) {
            return Optional.empty();
        }
        if (Math.abs(own.recentMilli(last) - milli) <= SIGMAS / 2 * sigma * 1_000) {
            return Optional.empty(); // a spike is further from what comes after it
        }
        double[] before = new double[last];
        for (int i = 0; i < last; i++) {
            before[i] = own.recentMilli(i);
        }
        double newestBefore = before[last - 1];
        double median = median(before);
        double jump = Math.abs(own.recentMilli(last) - median);
        for (int i = 0; i < last; i++) {
            before[i] = Math.abs(before[i] - median);
        }
        boolean far = jump > Math.max(MADS * median(before), SIGMAS * sigma * 1_000);
        boolean back = Math.abs(milli - median) <= jump / 2;
        boolean alone = Math.abs(newestBefore - median) <= jump / 2;
        long when = own.recentMillis(last);
        return far && back && alone ? Optional.of(new Revision(when, when, Verdict.SUSPECT, Reason.SPIKE.bit())) : Optional.empty();
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }
}
