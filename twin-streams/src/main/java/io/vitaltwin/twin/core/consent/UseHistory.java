package io.vitaltwin.twin.core.consent;

import io.vitaltwin.twin.core.Packed;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Which hours of use are known one by one, and the sums of those that are older: the use of a week is known to the hour, that of a day to the
 * minute, that of the last two hours exactly. A working object. Project defaults, no source.
 */
public final class UseHistory {

    public static final long MINUTE_MILLIS = 60_000;
    public static final long HOUR_MILLIS = 60 * MINUTE_MILLIS;

    private static final int DAY_HOURS = 24;
    private static final int WEEK_HOURS = 7 * DAY_HOURS;
    private static final byte VERSION = 1;

    /** Hours since 1970, oldest first. */
    private final List<Long> hours = new ArrayList<>();
    private final Uses older;

    public UseHistory() {
        this(new Uses());
    }

    private UseHistory(Uses older) {
        this.older = older;
    }

    /** Hours since 1970 that are kept one by one, oldest first. Not to be changed by the caller. */
    public List<Long> hours() {
        return hours;
    }

    /** What is summed by the hour. */
    public Uses older() {
        return older;
    }

    /**
     * What changes for hours that are kept one by one when another begins.
     *
     * @param toSum hours that are too old for that, oldest first: they are to be given to {@link #sum}
     * @param toMinutes hours that are to be summed by the minute, oldest first
     */
    public record Turnover(List<Long> toSum, List<Long> toMinutes) {
    }

    /** An hour begins: what is older than a week is forgotten. An hour that comes out of order is taken as it comes. */
    public Turnover begin(long hour) {
        older.take(use -> use.firstMillis() < (hour - WEEK_HOURS) * HOUR_MILLIS);
        long newest = hours.isEmpty() ? hour : hours.getLast();
        List<Long> toSum = hours.stream().filter(one -> one <= hour - DAY_HOURS).toList();
        hours.removeAll(toSum);
        List<Long> toMinutes = hours.stream().filter(one -> one >= newest - 1 && one < hour - 1).toList();
        hours.add(hour);
        hours.sort(null);
        return new Turnover(toSum, toMinutes);
    }

    /** An hour is kept as its sums from now on, unless it is older than a week. */
    public void sum(Uses uses, long nowHour) {
        Uses sums = uses.summed(HOUR_MILLIS);
        sums.take(use -> use.firstMillis() < (nowHour - WEEK_HOURS) * HOUR_MILLIS);
        older.addAll(sums);
    }

    /** Appends the stored form; its first byte is the version of the format. */
    public void encode(ByteBuffer out) {
        out.put(VERSION);
        Packed.put(out, hours.size());
        long before = 0;
        for (long hour : hours) {
            Packed.putSigned(out, hour - before);
            before = hour;
        }
        older.encode(out, before * HOUR_MILLIS);
    }

    /** @throws IllegalStateException if the bytes are of another version */
    public static UseHistory decode(ByteBuffer in) {
        byte version = in.get();
        if (version != VERSION) {
            throw new IllegalStateException("history of use has version " + version + ", this program knows " + VERSION);
        }
        List<Long> hours = new ArrayList<>();
        long before = 0;
        for (int rest = Packed.getInt(in); rest > 0; rest--) {
            before += Packed.getSigned(in);
            hours.add(before);
        }
        UseHistory history = new UseHistory(Uses.decode(in, before * HOUR_MILLIS));
        history.hours.addAll(hours);
        return history;
    }
}
