package io.vitaltwin.twin.core.quality;

import java.nio.ByteBuffer;

/** Whole numbers in as few bytes as they need, seven bits a byte, low bits first. */
final class Varints {

    private Varints() {
    }

    /** Negative numbers take ten bytes. */
    static void putUnsigned(ByteBuffer out, long number) {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            out.put((byte) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    static long unsigned(ByteBuffer in) {
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.get();
            number |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new IllegalStateException("a stored number is longer than ten bytes");
    }

    /** Small numbers of either sign are short. */
    static void putSigned(ByteBuffer out, long number) {
        putUnsigned(out, number << 1 ^ number >> 63);
    }

    static long signed(ByteBuffer in) {
        long number = unsigned(in);
        return number >>> 1 ^ -(number & 1);
    }
}
