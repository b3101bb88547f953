package io.vitaltwin.twin.core.baseline;

import io.vitaltwin.twin.core.Packed;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What is usual in one context: the centres of the last {@value #DAYS} days that had enough readings, and the day that is going on.
 *
 * <p>The exact median and MAD of those centres are known but for the step in which centres are kept: the median is off by at most half a step, the
 * MAD by at most one. The centre of a day is the mean of its readings; where a stream measures continuously each is brought no further from the
 * median so far than 1.5 of its own sigma. So a share e of readings that are wrong in one direction moves the median by at most
 * 1.5 e / (1 - e) sigma: a tenth by 0.17 sigma (CLINICAL.md section 8.4, E2.3, asks for less than 0.25).
 *
 * <p>Stored form, some 22 bytes when full: number of days with a bit for "a day is going on" (1), median in half steps (2), for each day its difference
 * to the median in half a byte (14; larger ones more), days since the first (1); of the day going on its date as a difference (1), its
 * number of readings (1-2) and the sum of their differences to the median (2-3).
 */
public final class Usual {

    /** Days of which the centre is kept: CLINICAL.md section 7.1. */
    public static final int DAYS = 28;

    /** A median of fewer days says nothing of a person: CLINICAL.md section 7.1. */
    public static final int ENOUGH_DAYS = 14;

    /** How far from the median a reading of many counts, in halves of its own sigma. Project default. */
    private static final int CLIP_HALVES = 3;

    /** From so many days on there is a median to clip at. Project default. */
    private static final int DAYS_TO_CLIP = 3;

    private static final int GOING_ON = 0x80;
    private static final int ESCAPE = 15;

    private final long quantumMilli;
    /** Oldest first, in steps. */
    private final int[] centres = new int[DAYS];
    private int days;
    /** In half steps: the mean of two centres may lie between steps. */
    private int twiceMedian;
    private long firstDay;
    private long today = Long.MIN_VALUE;
    private int readings;
    private long sum;

    Usual(long quantumMilli) {
        this.quantumMilli = quantumMilli;
    }

    /** Days that the median rests on. */
    public int days() {
        return days;
    }

    /** In thousandths; 0 before the first day has ended. */
    public long medianMilli() {
        return twiceMedian * quantumMilli / 2;
    }

    /** Median absolute deviation of the daily centres, in thousandths. */
    public long madMilli() {
        int[] away = new int[days];
        for (int i = 0; i < days; i++) {
            away[i] = Math.abs(2 * centres[i] - twiceMedian);
        }
        return days == 0 ? 0 : twiceMedian(away) * quantumMilli / 4;
    }

    /**
     * Takes a reading. One of an earlier day than that which is going on changes nothing.
     *
     * @param day number of the day that it belongs to
     * @param sigmaMilli its uncertainty
     * @param enough so many readings make a day
     */
    void learn(long day, long milli, long sigmaMilli, int enough) {
        if (day < today) {
            return;
        }
        if (day > today) {
            endDay(enough);
            today = day;
        }
        long away = milli - medianMilli();
        if (days >= DAYS_TO_CLIP && enough > 1) {
            away = Math.clamp(away, -CLIP_HALVES * sigmaMilli / 2, CLIP_HALVES * sigmaMilli / 2);
        }
        sum += away;
        readings++;
    }

    private void endDay(int enough) {
        if (readings >= Math.max(1, enough)) {
            keep(Math.toIntExact(Math.floorDiv(2 * (medianMilli() * readings + sum) + quantumMilli * readings, 2 * quantumMilli * readings)));
        }
        readings = 0;
        sum = 0;
    }

    private void keep(int centre) {
        if (days == 0) {
            firstDay = today;
        }
        if (days == DAYS) {
            System.arraycopy(centres, 1, centres, 0, DAYS - 1);
            days--;
        }
        centres[days++] = centre;
        twiceMedian = Math.toIntExact(twiceMedian(Arrays.copyOf(centres, days)));
    }

    /** What was learned before this day is no longer usual. */
    void forgetBefore(long day) {
        if (days > 0 && firstDay < day) {
            days = 0;
            twiceMedian = 0;
            readings = 0;
            sum = 0;
            today = Long.MIN_VALUE;
        }
    }

    boolean isEmpty() {
        return days == 0 && readings == 0;
    }

    private static long twiceMedian(int[] values) {
        Arrays.sort(values);
        return (long) values[(values.length - 1) / 2] + values[values.length / 2];
    }

    void encode(ByteBuffer out, long baseDay) {
        boolean goingOn = readings > 0;
        out.put((byte) (days | (goingOn ? GOING_ON : 0)));
        if (days > 0) {
            Packed.putSigned(out, twiceMedian);
            Packed.putSigned(out, baseDay - firstDay);
            encodeCentres(out);
        }
        if (goingOn) {
            Packed.putSigned(out, baseDay - today);
            Packed.put(out, readings);
            Packed.putSigned(out, sum);
        }
    }

    /** Two a byte, low half first; what does not fit into half a byte follows after all halves. */
    private void encodeCentres(ByteBuffer out) {
        for (int i = 0; i < days; i += 2) {
            int high = i + 1 < days ? half(centres[i + 1]) : 0;
            out.put((byte) (half(centres[i]) | high << 4));
        }
        for (int i = 0; i < days; i++) {
            if (half(centres[i]) == ESCAPE) {
                Packed.putSigned(out, centres[i] - (long) near());
            }
        }
    }

    /** The step that centres are stored as differences to. */
    private int near() {
        return twiceMedian >> 1;
    }

    private int half(int centre) {
        int away = centre - near();
        int zigzag = away << 1 ^ away >> 31;
        return zigzag >= 0 && zigzag < ESCAPE ? zigzag : ESCAPE;
    }

    static Usual decode(ByteBuffer in, long quantumMilli, long baseDay) {
        Usual usual = new Usual(quantumMilli);
        int head = in.get();
        usual.days = head & ~GOING_ON & 0xFF;
        if (usual.days > DAYS) {
            throw new IllegalStateException("state is damaged: a baseline of " + usual.days + " days");
        }
        if (usual.days > 0) {
            usual.twiceMedian = Math.toIntExact(Packed.getSigned(in));
            usual.firstDay = baseDay - Packed.getSigned(in);
            usual.decodeCentres(in);
        }
        if ((head & GOING_ON) != 0) {
            usual.today = baseDay - Packed.getSigned(in);
            usual.readings = Packed.getInt(in);
            usual.sum = Packed.getSigned(in);
        }
        return usual;
    }

    private void decodeCentres(ByteBuffer in) {
        for (int i = 0; i < days; i += 2) {
            int both = in.get();
            centres[i] = both & 0xF;
            if (i + 1 < days) {
                centres[i + 1] = both >> 4 & 0xF;
            }
        }
        for (int i = 0; i < days; i++) {
            long away = centres[i] == ESCAPE ? Packed.getSigned(in) : centres[i] >>> 1 ^ -(centres[i] & 1);
            centres[i] = Math.toIntExact(near() + away);
        }
    }
}
