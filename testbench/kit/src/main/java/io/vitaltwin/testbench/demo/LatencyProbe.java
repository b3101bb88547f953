package io.vitaltwin.testbench.demo;

import org.HdrHistogram.Histogram;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How long it takes from producing a reading until its alert event can be read. Remembers when the newest records of each
 * partition were sent; an alert event that rests on an older one is not counted. Safe for use by several threads.
 */
final class LatencyProbe {

    private static final int REMEMBERED = 1 << 14;
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);

    private final long[][] offsets;
    private final long[][] appendMillis;
    private final long[][] sentNanos;
    private final Histogram micros = new Histogram(LONGEST_MICROS, 3);

    LatencyProbe(int partitions) {
        offsets = new long[partitions][REMEMBERED];
        appendMillis = new long[partitions][REMEMBERED];
        sentNanos = new long[partitions][REMEMBERED];
        for (long[] partition : offsets) {
            Arrays.fill(partition, -1);
        }
    }

    /** @param append time stamped on the record, milliseconds since the epoch */
    synchronized void sent(int partition, long offset, long append, long nanos) {
        int place = (int) (offset % REMEMBERED);
        offsets[partition][place] = offset;
        appendMillis[partition][place] = append;
        sentNanos[partition][place] = nanos;
    }

    /**
     * An alert event was read whose last evidence is this record. Counts only when the record completed the event, which is so when
     * both carry one append time: an event that a timer caused has no record to be measured from.
     */
    synchronized void alerted(int partition, long offset, long append, long nanos) {
        if (partition < 0 || partition >= offsets.length || offset < 0) {
            return;
        }
        int place = (int) (offset % REMEMBERED);
        if (offsets[partition][place] == offset && appendMillis[partition][place] == append) {
            micros.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos - sentNanos[partition][place]), 0, LONGEST_MICROS));
        }
    }

    /** In milliseconds. */
    synchronized Summary.Latency latency() {
        return micros.getTotalCount() == 0 ? new Summary.Latency(null, null) : new Summary.Latency(millisAt(50), millisAt(99));
    }

    private double millisAt(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }
}
