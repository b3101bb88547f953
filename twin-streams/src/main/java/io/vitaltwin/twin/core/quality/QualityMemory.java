package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Value;

import java.nio.ByteBuffer;

/**
 * What the checks remember of one vital of one device: the last accepted values, what was seen just before (duplicates), and the run of
 * equal values (flatline). A working object: decode, judge any number of readings, encode.
 *
 * <p>Stored form. The pulse of a watch each minute takes about 33 bytes, about 50 when its times jitter by milliseconds:
 * <pre>
 *   2      head: counts, units of time and value, and which of the fields below are there
 *   5-6    effective time of the newest accepted value, in whole seconds if all times are, else milliseconds
 *   6      the six times before it, backwards: the first as a step (1-3 bytes), then the change of the step (1, with jitter 1-2)
 *   10     five readings seen before those: time in the same chain, 1 byte of hash of the value
 *   1-2    newest accepted value, in whole units if all values are, else thousandths
 *   6      the six values before it, as differences (1-3 bytes each)
 *   0-2    which of them are bounds; left out when none is
 *   0-6    newest time seen, unless it is that of the newest accepted value
 *   0-8    run of equal values: value, end, start; each left out where it equals the newest value, the newest time, the end
 * </pre>
 * The form has no version of its own: the state that holds it has one.
 */
public final class QualityMemory {

    /** Accepted values that are kept: the window of DQ-09 and DQ-10. */
    public static final int RECENT = 7;

    /** Other readings that are remembered for DQ-12. */
    private static final int SEEN = 5;

    /** Times before the first reading: older than any, and far enough from the end of a long that differences do not overflow. */
    static final long NEVER = Long.MIN_VALUE / 4;

    /** The stored form is never longer. */
    public static final int MAX_BYTES = 320;

    private static final Value.Kind[] KINDS = Value.Kind.values();

    private int count;
    private final long[] times = new long[RECENT];
    private final long[] values = new long[RECENT];
    private final byte[] kinds = new byte[RECENT];

    private int seenCount;
    private final long[] seenTimes = new long[SEEN];
    private final byte[] seenHashes = new byte[SEEN];

    private long newest = NEVER;

    private boolean running;
    private boolean runTagged;
    private long runValue;
    private long runStart;
    private long runEnd;

    /** How many accepted values are known: 0 to {@link #RECENT}. */
    public int recentCount() {
        return count;
    }

    /** Effective time of an accepted value. @param i 0 is the oldest, recentCount() - 1 the newest by effective time */
    public long recentMillis(int i) {
        return times[checked(i)];
    }

    /** Accepted value in thousandths of the canonical unit. */
    public long recentMilli(int i) {
        return values[checked(i)];
    }

    /** Whether the accepted value is a bound (LO, HI) and not a measurement. */
    public boolean isBound(int i) {
        return kinds[checked(i)] != Value.Kind.MEASURED.ordinal();
    }

    /** Newest effective time seen, whatever its verdict; clocks that cannot be right do not count. Long.MIN_VALUE / 4 before the first. */
    public long newestMillis() {
        return newest;
    }

    /** Index of the newest accepted value that was measured before this moment; -1 when there is none. */
    int indexBefore(long millis) {
        int i = count - 1;
        while (i >= 0 && times[i] >= millis) {
            i--;
        }
        return i;
    }

    /** DQ-12: whether this very value of this moment is among the readings that are remembered. */
    boolean hasSeen(long millis, long milli, Value.Kind kind) {
        for (int i = count - 1; i >= 0; i--) {
            if (times[i] == millis && values[i] == milli && kinds[i] == kind.ordinal()) {
                return true;
            }
        }
        byte hash = hash(milli, kind);
        for (int i = 0; i < seenCount; i++) {
            if (seenTimes[i] == millis && seenHashes[i] == hash) {
                return true;
            }
        }
        return false;
    }

    /** Keeps the value among the recent ones, in the order of effective time; the oldest makes room. */
    void accept(long millis, long milli, Value.Kind kind) {
        if (count == RECENT) {
            if (millis < times[0]) {
                see(millis, milli, kind);
                return;
            }
            moveOldestToSeen();
        }
        int at = count++;
        while (at > 0 && times[at - 1] > millis) {
            copy(at - 1, at);
            at--;
        }
        times[at] = millis;
        values[at] = milli;
        kinds[at] = (byte) kind.ordinal();
    }

    /** Remembers a reading for DQ-12 only. */
    void see(long millis, long milli, Value.Kind kind) {
        if (seenCount == SEEN) {
            System.arraycopy(seenTimes, 1, seenTimes, 0, SEEN - 1);
            System.arraycopy(seenHashes, 1, seenHashes, 0, SEEN - 1);
            seenCount--;
        }
        seenTimes[seenCount] = millis;
        seenHashes[seenCount++] = hash(milli, kind);
    }

    void noteNewest(long millis) {
        newest = Math.max(newest, millis);
    }

    /** Values from this moment on turned out to be no measurements; they stay known for DQ-12. */
    void dropAcceptedFrom(long millis) {
        int kept = indexBefore(millis) + 1;
        for (int i = kept; i < count; i++) {
            see(times[i], values[i], KINDS[kinds[i]]);
        }
        count = kept;
    }

    /** Accepted values of this span, both ends included, turned out to be no measurements; they stay known for DQ-12. */
    public void dropAccepted(long fromMillis, long untilMillis) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (fromMillis <= times[i] && times[i] <= untilMillis) {
                see(times[i], values[i], KINDS[kinds[i]]);
            } else {
                copy(i, kept++);
            }
        }
        count = kept;
    }

    /**
     * Continues or restarts the run of equal values with a reading that is not older than the run's end.
     *
     * @param longestGapMillis two readings further apart than this are not one run
     */
    void runOn(long millis, long milli, long longestGapMillis) {
        boolean goesOn = running && runValue == milli && millis - runEnd <= longestGapMillis;
        if (!goesOn) {
            running = true;
            runTagged = false;
            runValue = milli;
            runStart = millis;
        }
        runEnd = millis;
    }

    /** A reading from inside or shortly before the run: another value there shortens it, the same value just before lengthens it. */
    void runBefore(long millis, long milli, long longestGapMillis) {
        if (!running) {
            return;
        }
        if (milli != runValue && millis >= runStart) {
            runStart = runEnd;
        } else if (milli == runValue && millis < runStart && runStart - millis <= longestGapMillis) {
            runStart = millis;
        }
    }

    long runMillis() {
        return running ? runEnd - runStart : 0;
    }

    long runStartMillis() {
        return runStart;
    }

    boolean isRunTagged() {
        return running && runTagged;
    }

    void tagRun() {
        runTagged = running;
    }

    /** Appends the stored form. @throws java.nio.BufferOverflowException if the buffer has less than {@link #MAX_BYTES} left and they are needed */
    public void encode(ByteBuffer out) {
        boolean seconds = inSeconds();
        boolean whole = inWholeUnits();
        long base = base();
        boolean newestFollows = newest != NEVER && (count == 0 || newest != base);
        out.put((byte) (count | flag(seconds, 3) | flag(whole, 4) | flag(hasBounds(), 5) | flag(newestFollows, 6) | flag(running, 7)));
        boolean valueFollows = running && (count == 0 || runValue != values[count - 1]);
        boolean endFollows = running && runEnd != newest;
        boolean startFollows = running && runStart != runEnd;
        out.put((byte) (seenCount | flag(running && runTagged, 3) | flag(valueFollows, 4) | flag(endFollows, 5) | flag(startFollows, 6)
                | flag(newest == NEVER, 7)));
        long timeUnit = seconds ? 1_000 : 1;
        long valueUnit = whole ? 1_000 : 1;
        encodeTimes(out, timeUnit);
        encodeValues(out, valueUnit);
        if (newestFollows) {
            Packed.putSigned(out, newest / timeUnit - base / timeUnit);
        }
        if (valueFollows) {
            Packed.putSigned(out, runValue / valueUnit);
        }
        if (endFollows) {
            Packed.putSigned(out, newest / timeUnit - runEnd / timeUnit);
        }
        if (startFollows) {
            Packed.putSigned(out, runEnd / timeUnit - runStart / timeUnit);
        }
    }

    /**
     * Reads what {@link #encode} wrote and leaves the buffer behind it.
     *
     * @throws java.nio.BufferUnderflowException if the buffer ends too early
     */
    public static QualityMemory decode(ByteBuffer in) {
        QualityMemory memory = new QualityMemory();
        int first = in.get();
        int second = in.get();
        memory.count = first & 7;
        memory.seenCount = second & 7;
        if (memory.seenCount > SEEN) {
            throw new IllegalStateException("a stored memory counts " + memory.seenCount + " readings where " + SEEN + " fit");
        }
        long timeUnit = isSet(first, 3) ? 1_000 : 1;
        long valueUnit = isSet(first, 4) ? 1_000 : 1;
        memory.decodeTimes(in, timeUnit);
        memory.decodeValues(in, valueUnit, isSet(first, 5));
        memory.newest = isSet(second, 7) ? NEVER : memory.base();
        if (isSet(first, 6)) {
            memory.newest = (memory.base() / timeUnit + Packed.getSigned(in)) * timeUnit;
        }
        memory.running = isSet(first, 7);
        memory.runTagged = isSet(second, 3);
        if (memory.running) {
            memory.runValue = isSet(second, 4) ? Packed.getSigned(in) * valueUnit : memory.values[memory.count - 1];
            memory.runEnd = isSet(second, 5) ? (memory.newest / timeUnit - Packed.getSigned(in)) * timeUnit : memory.newest;
            memory.runStart = isSet(second, 6) ? (memory.runEnd / timeUnit - Packed.getSigned(in)) * timeUnit : memory.runEnd;
        }
        return memory;
    }

    /** Backwards from the newest accepted value through the readings seen before: time, then the change of the step. */
    private void encodeTimes(ByteBuffer out, long unit) {
        long at = base() / unit;
        if (count > 0) {
            Packed.putSigned(out, at);
        }
        long step = 0;
        for (int i = count - 2; i >= 0; i--) {
            long next = at - times[i] / unit;
            Packed.putSigned(out, next - step);
            step = next;
            at = times[i] / unit;
        }
        for (int i = seenCount - 1; i >= 0; i--) {
            long next = at - seenTimes[i] / unit;
            Packed.putSigned(out, next - step);
            out.put(seenHashes[i]);
            step = next;
            at = seenTimes[i] / unit;
        }
    }

    private void decodeTimes(ByteBuffer in, long unit) {
        long at = count > 0 ? Packed.getSigned(in) : 0;
        if (count > 0) {
            times[count - 1] = at * unit;
        }
        long step = 0;
        for (int i = count - 2; i >= 0; i--) {
            step += Packed.getSigned(in);
            at -= step;
            times[i] = at * unit;
        }
        for (int i = seenCount - 1; i >= 0; i--) {
            step += Packed.getSigned(in);
            seenHashes[i] = in.get();
            at -= step;
            seenTimes[i] = at * unit;
        }
    }

    private void encodeValues(ByteBuffer out, long unit) {
        long before = 0;
        for (int i = count - 1; i >= 0; i--) {
            Packed.putSigned(out, values[i] / unit - before);
            before = values[i] / unit;
        }
        if (hasBounds()) {
            long bits = 0;
            for (int i = 0; i < count; i++) {
                bits |= (long) kinds[i] << 2 * i;
            }
            Packed.put(out, bits);
        }
    }

    private void decodeValues(ByteBuffer in, long unit, boolean bounds) {
        long before = 0;
        for (int i = count - 1; i >= 0; i--) {
            before += Packed.getSigned(in);
            values[i] = before * unit;
        }
        long bits = bounds ? Packed.get(in) : 0;
        for (int i = 0; i < count; i++) {
            kinds[i] = (byte) (bits >>> 2 * i & 3);
        }
    }

    private long base() {
        return count == 0 ? 0 : times[count - 1];
    }

    private boolean inSeconds() {
        boolean seconds = newest == NEVER || newest % 1_000 == 0;
        seconds &= !running || runStart % 1_000 == 0 && runEnd % 1_000 == 0;
        for (int i = 0; i < count; i++) {
            seconds &= times[i] % 1_000 == 0;
        }
        for (int i = 0; i < seenCount; i++) {
            seconds &= seenTimes[i] % 1_000 == 0;
        }
        return seconds;
    }

    private boolean inWholeUnits() {
        boolean whole = !running || runValue % 1_000 == 0;
        for (int i = 0; i < count; i++) {
            whole &= values[i] % 1_000 == 0;
        }
        return whole;
    }

    private boolean hasBounds() {
        int any = 0;
        for (int i = 0; i < count; i++) {
            any |= kinds[i];
        }
        return any != 0;
    }

    private void moveOldestToSeen() {
        see(times[0], values[0], KINDS[kinds[0]]);
        count--;
        for (int i = 0; i < count; i++) {
            copy(i + 1, i);
        }
    }

    private void copy(int from, int to) {
        times[to] = times[from];
        values[to] = values[from];
        kinds[to] = kinds[from];
    }

    private static byte hash(long milli, Value.Kind kind) {
        return (byte) ((milli * 4 + kind.ordinal()) * 0x9E3779B97F4A7C15L >>> 56);
    }

    private static int flag(boolean set, int bit) {
        return set ? 1 << bit : 0;
    }

    private static boolean isSet(int flags, int bit) {
        return (flags & 1 << bit) != 0;
    }

    private int checked(int i) {
        if (i < 0 || i >= count) {
            throw new IndexOutOfBoundsException("recent value " + i + " of " + count);
        }
        return i;
    }
}
