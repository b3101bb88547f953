package io.vitaltwin.twin.core.state;

import io.vitaltwin.twin.core.Packed;

import java.nio.ByteBuffer;

/**
 * Yes or no for each of the last readings of a stream, at most 128; a reading that never came counts as no. Empty (one byte in state)
 * while every answer is no.
 */
public final class RecentBits {

    private static final int MOST = 128;

    private long low;
    private long high;
    private long lastMillis;

    /**
     * Takes the answer for the next reading.
     *
     * @param window how many readings count; more than 128 count as 128
     */
    public void add(boolean yes, long effectiveMillis, long intervalMillis, int window) {
        long missed = lastMillis == 0 ? 0 : Math.max(0, (effectiveMillis - lastMillis + intervalMillis / 2) / intervalMillis - 1);
        shift(Math.min(MOST, missed + 1));
        low |= yes ? 1 : 0;
        int kept = Math.min(MOST, window);
        if (kept <= 64) {
            high = 0;
            low &= kept == 64 ? -1L : (1L << kept) - 1;
        } else if (kept < MOST) {
            high &= (1L << kept - 64) - 1;
        }
        lastMillis = low == 0 && high == 0 ? 0 : effectiveMillis;
    }

    private void shift(long by) {
        for (long i = 0; i < by; i++) {
            high = high << 1 | low >>> 63;
            low <<= 1;
        }
    }

    /** Whether no answer that still counts was yes. */
    boolean isEmpty() {
        return lastMillis == 0;
    }

    public int count() {
        return Long.bitCount(low) + Long.bitCount(high);
    }

    void encode(ByteBuffer out, long baseMillis) {
        boolean empty = lastMillis == 0;
        out.put((byte) (empty ? 0 : 1));
        if (!empty) {
            Packed.put(out, low);
            Packed.put(out, high);
            Packed.putSigned(out, baseMillis - lastMillis);
        }
    }

    static RecentBits decode(ByteBuffer in, long baseMillis) {
        RecentBits bits = new RecentBits();
        if (in.get() != 0) {
            bits.low = Packed.get(in);
            bits.high = Packed.get(in);
            bits.lastMillis = baseMillis - Packed.getSigned(in);
        }
        return bits;
    }
}
