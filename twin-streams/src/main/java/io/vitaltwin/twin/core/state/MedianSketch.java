package io.vitaltwin.twin.core.state;

import io.vitaltwin.twin.core.Packed;

import java.nio.ByteBuffer;

/**
 * The median of the values of one run, in at most {@value #MAX_BINS} counted bins. Exact while a run has no more than {@value #MAX_BINS}
 * different values (an oximeter or a pulse in whole numbers has fewer); beyond that the two nearest neighbours are merged, so the
 * median is off by less than the range of the run divided by {@value #MAX_BINS}. The order in which values come does not matter while exact.
 */
public final class MedianSketch {

    static final int MAX_BINS = 16;

    private final long[] values = new long[MAX_BINS + 1];
    private final int[] counts = new int[MAX_BINS + 1];
    private int bins;

    public void add(long milli) {
        int place = 0;
        while (place < bins && values[place] < milli) {
            place++;
        }
        if (place < bins && values[place] == milli) {
            counts[place]++;
            return;
        }
        System.arraycopy(values, place, values, place + 1, bins - place);
        System.arraycopy(counts, place, counts, place + 1, bins - place);
        values[place] = milli;
        counts[place] = 1;
        bins++;
        if (bins > MAX_BINS) {
            mergeNearest();
        }
    }

    private void mergeNearest() {
        int at = 0;
        for (int i = 1; i < bins - 1; i++) {
            if (values[i + 1] - values[i] < values[at + 1] - values[at]) {
                at = i;
            }
        }
        int both = counts[at] + counts[at + 1];
        values[at] = (values[at] * counts[at] + values[at + 1] * counts[at + 1]) / both;
        counts[at] = both;
        System.arraycopy(values, at + 2, values, at + 1, bins - at - 2);
        System.arraycopy(counts, at + 2, counts, at + 1, bins - at - 2);
        bins--;
    }

    /** The mean of the two middle values when their number is even. @throws IllegalStateException when nothing was added */
    public long medianMilli() {
        int total = 0;
        for (int i = 0; i < bins; i++) {
            total += counts[i];
        }
        if (total == 0) {
            throw new IllegalStateException("median of an empty run");
        }
        return (ranked((total - 1) / 2) + ranked(total / 2)) / 2;
    }

    private long ranked(int rank) {
        int seen = 0;
        for (int i = 0; i < bins; i++) {
            seen += counts[i];
            if (rank < seen) {
                return values[i];
            }
        }
        throw new IllegalStateException("rank " + rank + " of " + seen);
    }

    void encode(ByteBuffer out) {
        Packed.put(out, bins);
        long before = 0;
        for (int i = 0; i < bins; i++) {
            Packed.putSigned(out, values[i] - before);
            Packed.put(out, counts[i]);
            before = values[i];
        }
    }

    static MedianSketch decode(ByteBuffer in) {
        MedianSketch sketch = new MedianSketch();
        sketch.bins = Packed.getInt(in);
        if (sketch.bins > MAX_BINS) {
            throw new IllegalStateException("state is damaged: a run with " + sketch.bins + " bins");
        }
        long before = 0;
        for (int i = 0; i < sketch.bins; i++) {
            before += Packed.getSigned(in);
            sketch.values[i] = before;
            sketch.counts[i] = Packed.getInt(in);
        }
        return sketch;
    }
}
