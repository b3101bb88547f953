package io.vitaltwin.twin.core.state;

import io.vitaltwin.twin.core.Packed;

import java.nio.ByteBuffer;

/**
 * A run of ACCEPT samples that all meet one condition: CR 0, "sustained". A single SUSPECT sample neither extends nor breaks it, two in a
 * row break it; so does a gap of more than twice the expected interval. A sample older than the run may extend it backwards under the
 * same gap rule, so readings that come newest first make the same run; one inside it that does not meet the condition ends it.
 */
public final class Run {

    private long startMillis;
    private long lastMillis;
    /** Newest sample of any verdict but REJECT: a SUSPECT sample is no gap. */
    private long heardMillis;
    private int count;
    private int suspects;
    private Point first;
    private Point last;
    private final MedianSketch median;

    /** A run of one sample. */
    public Run(long effectiveMillis, Point point, long canonicalMilli) {
        this(new MedianSketch(), point, point);
        this.startMillis = effectiveMillis;
        this.lastMillis = effectiveMillis;
        this.heardMillis = effectiveMillis;
        this.count = 1;
        median.add(canonicalMilli);
    }

    private Run(MedianSketch median, Point first, Point last) {
        this.median = median;
        this.first = first;
        this.last = last;
    }

    /**
     * Takes one more sample that meets the condition.
     *
     * @return false when the gap was too long: the run is over, and the sample begins another
     */
    public boolean extend(long effectiveMillis, Point point, long canonicalMilli, long longestGapMillis) {
        if (effectiveMillis - heardMillis > longestGapMillis || startMillis - effectiveMillis > longestGapMillis) {
            return false;
        }
        median.add(canonicalMilli);
        count++;
        if (effectiveMillis < startMillis) {
            startMillis = effectiveMillis;
            first = point;
        }
        if (effectiveMillis >= lastMillis) {
            lastMillis = effectiveMillis;
            last = point;
        }
        if (effectiveMillis >= heardMillis) {
            heardMillis = effectiveMillis;
            suspects = 0;
        }
        return true;
    }

    /** Takes a SUSPECT sample. @return false when it was the second in a row, or came after too long a gap: the run is over */
    public boolean doubt(long effectiveMillis, long longestGapMillis) {
        if (effectiveMillis < heardMillis) {
            return true;
        }
        suspects++;
        boolean heardInTime = effectiveMillis - heardMillis <= longestGapMillis;
        heardMillis = effectiveMillis;
        return suspects < 2 && heardInTime;
    }

    public long startMillis() {
        return startMillis;
    }

    public long lastMillis() {
        return lastMillis;
    }

    /** From the first to the last ACCEPT sample. */
    public long spanMillis() {
        return lastMillis - startMillis;
    }

    public int count() {
        return count;
    }

    public Point first() {
        return first;
    }

    public Point last() {
        return last;
    }

    public long medianMilli() {
        return median.medianMilli();
    }

    /** Appends the stored form. @param baseMillis and baseOffset: numbers that the run is near to, or 0 */
    public void encode(ByteBuffer out, long baseMillis, long baseOffset) {
        Packed.putSigned(out, baseMillis - lastMillis);
        Packed.put(out, lastMillis - startMillis);
        Packed.putSigned(out, heardMillis - lastMillis);
        Packed.put(out, count);
        Packed.put(out, suspects);
        first.encode(out, baseMillis, baseOffset);
        last.encode(out, baseMillis, baseOffset);
        median.encode(out);
    }

    /** Reads what {@link #encode} wrote and leaves the buffer behind it. */
    public static Run decode(ByteBuffer in, long baseMillis, long baseOffset) {
        long last = baseMillis - Packed.getSigned(in);
        long start = last - Packed.get(in);
        long heard = last + Packed.getSigned(in);
        int count = Packed.getInt(in);
        int suspects = Packed.getInt(in);
        Point firstPoint = Point.decode(in, baseMillis, baseOffset);
        Point lastPoint = Point.decode(in, baseMillis, baseOffset);
        Run run = new Run(MedianSketch.decode(in), firstPoint, lastPoint);
        run.startMillis = start;
        run.lastMillis = last;
        run.heardMillis = heard;
        run.count = count;
        run.suspects = suspects;
        return run;
    }
}
