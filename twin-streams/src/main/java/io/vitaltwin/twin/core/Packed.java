package io.vitaltwin.twin.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Small numbers in few bytes: 7 bits a byte, low first; signed numbers zigzag. */
public final class Packed {

    private static final int LONGEST_TEXT = 4096;

    private Packed() {
    }

    /** Writes a number in 1 to 10 bytes; small and not negative is short. */
    public static void put(ByteBuffer out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.put((byte) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    /** @throws IllegalStateException if the bytes are not such a number */
    public static long get(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = in.get();
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IllegalStateException("state is damaged: a number of more than 10 bytes");
    }

    public static int getInt(ByteBuffer in) {
        return Math.toIntExact(get(in));
    }

    /** Writes a number of either sign; near zero is short. */
    public static void putSigned(ByteBuffer out, long value) {
        put(out, value << 1 ^ value >> 63);
    }

    public static long getSigned(ByteBuffer in) {
        long raw = get(in);
        return raw >>> 1 ^ -(raw & 1);
    }

    public static void putText(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        put(out, bytes.length);
        out.put(bytes);
    }

    public static String getText(ByteBuffer in) {
        int length = getInt(in);
        if (length < 0 || length > LONGEST_TEXT || length > in.remaining()) {
            throw new IllegalStateException("state is damaged: a text of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
