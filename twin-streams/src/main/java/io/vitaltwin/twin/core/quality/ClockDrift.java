package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Reason;

import java.nio.ByteBuffer;
import java.util.OptionalDouble;

/**
 * How far a clock that is nearly right is ahead, and what it gains: DQ-16. A transport only delays, so the shortest delay of a day tells how far
 * the clock is ahead, less what the transport takes at its fastest; what it gains follows from the shortest delay of the first day known, whatever the
 * transport takes.
 *
 * <p>Stored form, 7 to 15 bytes: what is known (1); of the half-day going on the shortest delay (2) and when it was, in quarters of an hour (3); the
 * same of the first day and of the half-day before, as differences (4 each).
 *
 * @see "CLINICAL.md section 5.2, DQ-16, and section 9, S25"
 */
public final class ClockDrift {

    /** DQ-16: a gain or loss that is worth a note, milliseconds a day. */
    static final long NOTABLE_MILLIS_PER_DAY = 5_000;
    /** DQ-16: a clock that is further ahead is noted and corrected. */
    static final long CORRECTED_FROM_MILLIS = 60_000;
    /** A shortest delay that rises by more within a day: somebody set the clock. Project default, no source. */
    private static final long SET_MILLIS = 30_000;
    /** What a clock gains is taken over so many half-days at most. Project default: 30 days. */
    private static final long LONGEST = 60;

    private static final long HALF_DAY_MILLIS = 43_200_000L;
    private static final long DAY_MILLIS = 2 * HALF_DAY_MILLIS;
    private static final long GRAIN_MILLIS = 900_000L;
    private static final Shortest NONE = new Shortest(0, Long.MAX_VALUE);

    /** A shortest delay and when it was, in quarters of an hour since the epoch. */
    private record Shortest(long grain, long delayMillis) {

        boolean isKnown() {
            return delayMillis != Long.MAX_VALUE;
        }

        Shortest or(Shortest other) {
            return other.delayMillis < delayMillis ? other : this;
        }
    }

    private long halfDay;
    private Shortest first = NONE;
    private Shortest before = NONE;
    private Shortest now = NONE;
    /** Half-days that have ended since the first, 2 at most: then a whole day is known. */
    private int ended;

    /** Takes note of a reading whose clock is right within two minutes. @param aheadMillis its time by its clock less its append time */
    void heard(long appendMillis, long aheadMillis) {
        long half = Math.floorDiv(appendMillis, HALF_DAY_MILLIS);
        if (now.isKnown() && half < halfDay) {
            return;
        }
        if (now.isKnown() && half > halfDay) {
            end(half);
        }
        halfDay = half;
        now = now.or(new Shortest(Math.floorDiv(appendMillis, GRAIN_MILLIS), -aheadMillis));
    }

    private void end(long next) {
        if (before.isKnown() && now.delayMillis - before.delayMillis > SET_MILLIS) {
            first = NONE;
            ended = 0;
        }
        if (ended < 2) {
            first = first.or(now);
            ended++;
        } else if (Math.floorDiv(now.grain - first.grain, HALF_DAY_MILLIS / GRAIN_MILLIS) > LONGEST) {
            first = before;
        }
        before = next == halfDay + 1 ? now : NONE;
        now = NONE;
    }

    /** How far the clock is ahead, seconds; negative: it is behind, or all that came was delayed. Empty before a day is known. */
    public OptionalDouble offsetSeconds() {
        return ended < 2 ? OptionalDouble.empty() : OptionalDouble.of(-shortest().delayMillis / 1000.0);
    }

    /** What the clock gains, seconds a day. Empty before two days are known. */
    public OptionalDouble driftPerDay() {
        long grains = shortest().grain - first.grain;
        if (ended < 2 || grains * GRAIN_MILLIS < DAY_MILLIS) {
            return OptionalDouble.empty();
        }
        double days = grains * (double) GRAIN_MILLIS / DAY_MILLIS;
        return OptionalDouble.of((first.delayMillis - shortest().delayMillis) / 1000.0 / days);
    }

    private Shortest shortest() {
        return now.or(before);
    }

    /** What is to be taken from a time by this clock; 0 while it is right enough. */
    long correctionMillis() {
        long ahead = ended < 2 ? 0 : -shortest().delayMillis;
        return ahead > CORRECTED_FROM_MILLIS ? ahead : 0;
    }

    /** CLOCK_DRIFT where it is worth a note, with CLOCK_CORRECTED where times are corrected; else 0. */
    long reasons() {
        if (correctionMillis() != 0) {
            return Reason.CLOCK_DRIFT.bit() | Reason.CLOCK_CORRECTED.bit();
        }
        boolean notable = Math.abs(driftPerDay().orElse(0)) * 1000 > NOTABLE_MILLIS_PER_DAY;
        return notable ? Reason.CLOCK_DRIFT.bit() : 0;
    }

    boolean isEmpty() {
        return !now.isKnown();
    }

    void encode(ByteBuffer out) {
        out.put((byte) (ended | (first.isKnown() ? 4 : 0) | (before.isKnown() ? 8 : 0)));
        Packed.put(out, now.grain);
        Packed.putSigned(out, now.delayMillis);
        if (first.isKnown()) {
            encode(out, first);
        }
        if (before.isKnown()) {
            encode(out, before);
        }
    }

    private void encode(ByteBuffer out, Shortest one) {
        Packed.putSigned(out, now.grain - one.grain);
        Packed.putSigned(out, now.delayMillis - one.delayMillis);
    }

    static ClockDrift decode(ByteBuffer in) {
        ClockDrift drift = new ClockDrift();
        int head = in.get();
        drift.ended = head & 3;
        drift.now = new Shortest(Packed.get(in), Packed.getSigned(in));
        drift.halfDay = Math.floorDiv(drift.now.grain * GRAIN_MILLIS, HALF_DAY_MILLIS);
        drift.first = (head & 4) != 0 ? decode(in, drift.now) : NONE;
        drift.before = (head & 8) != 0 ? decode(in, drift.now) : NONE;
        return drift;
    }

    private static Shortest decode(ByteBuffer in, Shortest now) {
        long grain = now.grain - Packed.getSigned(in);
        return new Shortest(grain, now.delayMillis - Packed.getSigned(in));
    }
}
