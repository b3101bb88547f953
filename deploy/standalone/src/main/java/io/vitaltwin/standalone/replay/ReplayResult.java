package io.vitaltwin.standalone.replay;

import java.time.Duration;

/**
 * How a replay ended.
 *
 * @param alreadyFinished whether it had been finished before this call; nothing was done then
 * @param records taken by this run
 * @param took this run, from the first record that it took
 * @param streamTime of the log that this run took, the warm-up included
 */
public record ReplayResult(ReplayRecord record, boolean alreadyFinished, long records, Duration took, Duration streamTime) {

    /** How much faster than the log was written. */
    public double timesRealTime() {
        return took.isZero() ? 0 : (double) streamTime.toMillis() / took.toMillis();
    }
}
