package io.vitaltwin.twin.core.daily;

import io.vitaltwin.twin.core.Packed;

import java.nio.ByteBuffer;

/** Mean of one vital over one night: values closer to each other than six hours. 1 byte by day, some 12 by night. */
final class NightSum {

    /** A longer pause ends a night. Project default, no source. */
    private static final long PAUSE_MILLIS = 6 * 3_600_000L;

    private long sumMilli;
    private int count;
    private long lastMillis;

    /** Takes a value in thousandths. One that is older than the night so far by more than the pause is left out. */
    void add(long millis, long milli) {
        if (count > 0 && lastMillis - millis > PAUSE_MILLIS) {
            return;
        }
        if (count > 0 && millis - lastMillis > PAUSE_MILLIS) {
            sumMilli = 0;
            count = 0;
        }
        sumMilli += milli;
        count++;
        lastMillis = Math.max(lastMillis, millis);
    }

    boolean isOfNight(long millis, long withinMillis, int least) {
        return count >= least && Math.abs(millis - lastMillis) <= withinMillis;
    }

    /** In whole units; only when there is one. */
    double mean() {
        return sumMilli / 1_000.0 / count;
    }

    void encode(ByteBuffer out) {
        Packed.put(out, count);
        if (count > 0) {
            Packed.put(out, sumMilli);
            Packed.put(out, lastMillis);
        }
    }

    static NightSum decode(ByteBuffer in) {
        NightSum sum = new NightSum();
        sum.count = Packed.getInt(in);
        if (sum.count > 0) {
            sum.sumMilli = Packed.get(in);
            sum.lastMillis = Packed.get(in);
        }
        return sum;
    }
}
