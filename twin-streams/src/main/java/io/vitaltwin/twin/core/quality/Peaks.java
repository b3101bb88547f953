package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Packed;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * The highest value of the last span of time. Keeps only what may still become the highest: while values stay level or rise, that is one. Readings
 * that fall faster than they can be kept are thinned to one in a thirtieth of the span; the peak is then never overstated.
 */
final class Peaks {

    private static final int PARTS = 30;

    /** One value. */
    private record At(long millis, long milli) {
    }

    /** Oldest and highest first. */
    private final ArrayDeque<At> kept = new ArrayDeque<>();

    /** Takes the next reading; one that is older than the newest is left out. */
    void add(long millis, long milli, long spanMillis) {
        At newest = kept.peekLast();
        if (newest != null && millis < newest.millis()) {
            return;
        }
        while (!kept.isEmpty() && kept.getFirst().millis() < millis - spanMillis) {
            kept.removeFirst();
        }
        while (!kept.isEmpty() && kept.getLast().milli() <= milli) {
            kept.removeLast();
        }
        At last = kept.peekLast();
        if (last == null || millis - last.millis() >= spanMillis / PARTS) {
            kept.addLast(new At(millis, milli));
        }
    }

    boolean isEmpty() {
        return kept.isEmpty();
    }

    void clear() {
        kept.clear();
    }

    /** @throws java.util.NoSuchElementException if nothing was added */
    long highestMilli() {
        return kept.getFirst().milli();
    }

    /** When the highest value was measured. @throws java.util.NoSuchElementException if nothing was added */
    long highestMillis() {
        return kept.getFirst().millis();
    }

    /** Some 8 bytes for the first, 4 for each further one. */
    void encode(ByteBuffer out) {
        Packed.put(out, kept.size());
        long millis = 0;
        long milli = 0;
        for (At at : kept) {
            Packed.putSigned(out, at.millis() - millis);
            Packed.putSigned(out, at.milli() - milli);
            millis = at.millis();
            milli = at.milli();
        }
    }

    static Peaks decode(ByteBuffer in) {
        Peaks peaks = new Peaks();
        long millis = 0;
        long milli = 0;
        for (int rest = Packed.getInt(in); rest > 0; rest--) {
            millis += Packed.getSigned(in);
            milli += Packed.getSigned(in);
            peaks.kept.addLast(new At(millis, milli));
        }
        return peaks;
    }
}
