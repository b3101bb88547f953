package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Packed;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * NightSignal: compares each night's mean resting pulse with the median of all nights so far. Pulse and median are cut to whole numbers, the
 * median includes tonight. A night 3 /min above may be yellow, 4 /min above red; the second night in a row, and each after it, is. Red overrides yellow.
 *
 * <p>A missing night is not filled in (the published code takes the mean of its neighbours, which needs the night after): one missing night
 * keeps the run, two break it. A night that is not later than the newest is not taken.
 *
 * <p>Stored form: some 5 bytes, and 2 for each different pulse: about 35 bytes for a person after a year.
 *
 * @see "Alavi et al., Nature Medicine 2022;28:175, doi 10.1038/s41591-021-01593-2; CLINICAL.md section 7.2"
 */
public final class NightSignal {

    /** What a night is called. */
    public enum Level { GREEN, YELLOW, RED }

    /**
     * When a night stands out.
     *
     * @param yellow whole beats a minute above the median
     * @param red as above
     * @param nights how many in a row it takes
     */
    public record Limits(int yellow, int red, int nights) {

        public static final Limits PUBLISHED = new Limits(3, 4, 2);
    }

    /** From one night to the next but one: a single missing night. */
    private static final int LONGEST_STEP_DAYS = 2;

    private final TreeMap<Integer, Integer> nightsByPulse = new TreeMap<>();
    private int nights;
    private long newestDay;
    private int yellowRun;
    private int redRun;

    /** With the published limits. */
    public Level night(long epochDay, double meanPerMinute) {
        return night(epochDay, meanPerMinute, Limits.PUBLISHED);
    }

    /**
     * Takes one night.
     *
     * @param epochDay day on which the night ends
     * @param meanPerMinute mean pulse of the night; what follows the decimal point is cut off
     * @throws IllegalArgumentException if the night is not later than the newest, or the pulse is not one
     */
    public Level night(long epochDay, double meanPerMinute, Limits limits) {
        if (nights > 0 && epochDay <= newestDay) {
            throw new IllegalArgumentException("a night that is not later than the newest");
        }
        if (!(meanPerMinute >= 0 && meanPerMinute < 1_000)) {
            throw new IllegalArgumentException("a mean that is no pulse");
        }
        int pulse = (int) meanPerMinute;
        boolean follows = nights > 0 && epochDay - newestDay <= LONGEST_STEP_DAYS;
        nightsByPulse.merge(pulse, 1, Integer::sum);
        nights++;
        newestDay = epochDay;
        int above = pulse - medianPerMinute();
        yellowRun = above >= limits.yellow() ? 1 + (follows ? yellowRun : 0) : 0;
        redRun = above >= limits.red() ? 1 + (follows ? redRun : 0) : 0;
        if (redRun >= limits.nights()) {
            return Level.RED;
        }
        return yellowRun >= limits.nights() ? Level.YELLOW : Level.GREEN;
    }

    /** How many nights in a row have been above the yellow limit, tonight included. */
    public int runLength() {
        return yellowRun;
    }

    /** How many nights have been taken. */
    public int nights() {
        return nights;
    }

    /** Day of the newest night. Means nothing before the first. */
    public long newestDay() {
        return newestDay;
    }

    /** Median of all nights so far, cut to a whole number; 0 before the first. */
    public int medianPerMinute() {
        return nights == 0 ? 0 : (ranked((nights - 1) / 2) + ranked(nights / 2)) / 2;
    }

    /** @param rank 0 is the slowest night */
    private int ranked(int rank) {
        int rest = rank;
        for (Map.Entry<Integer, Integer> entry : nightsByPulse.entrySet()) {
            rest -= entry.getValue();
            if (rest < 0) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("the nights do not add up");
    }

    void encode(ByteBuffer out) {
        Packed.put(out, nightsByPulse.size());
        if (nights == 0) {
            return;
        }
        Packed.putSigned(out, newestDay);
        Packed.put(out, yellowRun);
        Packed.put(out, redRun);
        int before = 0;
        for (Map.Entry<Integer, Integer> entry : nightsByPulse.entrySet()) {
            Packed.put(out, entry.getKey() - before);
            Packed.put(out, entry.getValue());
            before = entry.getKey();
        }
    }

    static NightSignal decode(ByteBuffer in) {
        NightSignal signal = new NightSignal();
        int different = Packed.getInt(in);
        if (different == 0) {
            return signal;
        }
        signal.newestDay = Packed.getSigned(in);
        signal.yellowRun = Packed.getInt(in);
        signal.redRun = Packed.getInt(in);
        int pulse = 0;
        for (int rest = different; rest > 0; rest--) {
            pulse += Packed.getInt(in);
            int times = Packed.getInt(in);
            signal.nightsByPulse.put(pulse, times);
            signal.nights += times;
        }
        return signal;
    }
}
