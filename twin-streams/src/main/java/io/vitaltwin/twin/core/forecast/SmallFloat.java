package io.vitaltwin.twin.core.forecast;

/** A positive number in 16 bits: 5 bits of exponent, 11 of mantissa. From 4e-9 to 15, with an error of at most 1 in 4,000. */
final class SmallFloat {

    private static final int SHIFT = 12;
    private static final int LOWEST = Float.floatToIntBits(0x1p-28f) >> SHIFT;
    private static final int HIGHEST_CODE = 0xFFFF;

    private SmallFloat() {
    }

    /** The nearest number there is; zero, a negative number and NaN become the smallest. */
    static int code(double value) {
        if (!(value > 0)) {
            return 0;
        }
        int bits = Float.floatToIntBits((float) value);
        int code = (bits + (1 << SHIFT - 1) >> SHIFT) - LOWEST;
        return Math.max(0, Math.min(HIGHEST_CODE, code));
    }

    static double value(int code) {
        return Float.intBitsToFloat(code + LOWEST << SHIFT);
    }
}
