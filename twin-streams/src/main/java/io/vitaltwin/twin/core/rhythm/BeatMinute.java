package io.vitaltwin.twin.core.rhythm;

import io.vitaltwin.twin.core.Packed;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * The beats of the newest minute of effective time, to be compared with the heart rate that a device gives for the same minute (DQ-05). Once the
 * two contradict each other, whatever comes of that minute is doubted, and what came before is doubted afterwards: of a stream's earlier readings
 * the next reading of that stream tells. 1 byte while empty, else 8 to 12.
 */
public final class BeatMinute {

    private static final long MINUTE_MILLIS = 60_000;

    /** Thousandths of beats per minute, by thousandths of a millisecond. */
    private static final long RATE_TIMES_INTERVAL = 60_000_000_000L;

    /** Project default, no source: beats that fill half the minute stand for it. */
    private static final long ENOUGH_MILLI = 30_000_000;

    /** DQ-05: the larger of 5 /min and 10 %. */
    private static final long FIFTY = 50_000;

    private static final int HAS_BEATS = 1;
    private static final int DOUBTED = 2;
    private static final int BEATS_OWED = 4;
    private static final int PULSE_OWED = 8;

    private long minute;
    private int count;
    private long sumMilli;
    private long doubtedMinute;
    private boolean beatsOwed;
    private boolean pulseOwed;

    boolean isEmpty() {
        return count == 0 && doubtedMinute == 0;
    }

    /** Takes a usable beat of any device. @param milli the interval in thousandths of a millisecond */
    public void add(long effectiveMillis, long milli) {
        long its = minuteOf(effectiveMillis);
        if (its > minute) {
            minute = its;
            count = 0;
            sumMilli = 0;
        }
        if (its == minute) {
            count++;
            sumMilli += milli;
        }
    }

    /**
     * Whether beats and pulse of this minute contradict each other: now, or found before.
     *
     * @param pulseMilli thousandths of beats per minute that a device gives for this minute
     * @param tellBeats the earlier beats of the minute are still to be told of it; else the earlier pulse
     */
    public boolean isContradicted(long effectiveMillis, long pulseMilli, boolean tellBeats) {
        long its = minuteOf(effectiveMillis);
        if (its != doubtedMinute && its == minute && sumMilli >= ENOUGH_MILLI && differs(pulseMilli)) {
            doubtedMinute = its;
            beatsOwed = tellBeats;
            pulseOwed = !tellBeats;
        }
        return its == doubtedMinute;
    }

    /** |pulse - 60000 / mean| > max(5, pulse / 10), in whole numbers. */
    private boolean differs(long pulseMilli) {
        return 10 * Math.abs(pulseMilli * sumMilli - RATE_TIMES_INTERVAL * count) > Math.max(FIFTY, pulseMilli) * sumMilli;
    }

    /** Whether this minute is known to be doubtful. */
    public boolean isDoubted(long effectiveMillis) {
        return minuteOf(effectiveMillis) == doubtedMinute;
    }

    /** First millisecond of the minute whose earlier beats (or pulses) the next reading of their stream is to tell of; told once. */
    public OptionalLong owed(boolean beats) {
        boolean owed = beats ? beatsOwed : pulseOwed;
        if (beats) {
            beatsOwed = false;
        } else {
            pulseOwed = false;
        }
        return owed ? OptionalLong.of(doubtedMinute * MINUTE_MILLIS) : OptionalLong.empty();
    }

    public static long minuteOf(long millis) {
        return Math.floorDiv(millis, MINUTE_MILLIS);
    }

    void encode(ByteBuffer out) {
        boolean beats = count > 0;
        boolean doubted = doubtedMinute != 0;
        out.put((byte) ((beats ? HAS_BEATS : 0) | (doubted ? DOUBTED : 0) | (beatsOwed ? BEATS_OWED : 0) | (pulseOwed ? PULSE_OWED : 0)));
        if (beats) {
            Packed.putSigned(out, minute);
            Packed.put(out, count);
            Packed.put(out, sumMilli);
        }
        if (doubted) {
            Packed.putSigned(out, doubtedMinute);
        }
    }

    static BeatMinute decode(ByteBuffer in) {
        BeatMinute read = new BeatMinute();
        int head = in.get();
        if ((head & HAS_BEATS) != 0) {
            read.minute = Packed.getSigned(in);
            read.count = Packed.getInt(in);
            read.sumMilli = Packed.get(in);
        }
        if ((head & DOUBTED) != 0) {
            read.doubtedMinute = Packed.getSigned(in);
        }
        read.beatsOwed = (head & BEATS_OWED) != 0;
        read.pulseOwed = (head & PULSE_OWED) != 0;
        return read;
    }
}
