package io.vitaltwin.twin.core.rhythm;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/** The series of the vectors of CR 3.5, in milliseconds, and what the table says of each. */
public enum BeatSeries {
    AF1, AF2, RSA, SR, BIGEMINY, PAC;

    /** The first beats. */
    public long[] millis(int beats) {
        Generator u = new Generator(switch (this) {
            case AF1 -> 42;
            case AF2 -> 7;
            case SR -> 3;
            default -> 9;
        });
        IntToLongFunction beat = switch (this) {
            case AF1 -> i -> (long) Math.floor(500 + 500 * u.next() + 0.5);
            case AF2 -> i -> 550 + (long) Math.floor(250 * u.next() + 0.5);
            case RSA -> i -> (long) Math.floor(900 + 60 * StrictMath.sin(2 * Math.PI * i / 5) + 0.5);
            case SR -> i -> (long) Math.floor(850 + 40 * StrictMath.sin(2 * Math.PI * i / 4.7) + 30 * (u.next() - 0.5) + 0.5);
            case BIGEMINY -> i -> i % 2 == 0 ? 1080 : 520;
            case PAC -> i -> i % 10 == 8 ? 560 : i % 10 == 9 ? 1140 : 850 + (long) Math.floor(20 * (u.next() - 0.5) + 0.5);
        };
        long[] millis = new long[beats];
        Arrays.setAll(millis, beat);
        return millis;
    }

    double[] decimals(int beats) {
        return Arrays.stream(millis(beats)).asDoubleStream().toArray();
    }

    /** The beats that begin within so many minutes. */
    public long[] lasting(int minutes) {
        long[] enough = millis(minutes * 200);
        long at = 0;
        int beats = 0;
        while (at < minutes * 60_000L) {
            at += enough[beats++];
        }
        return Arrays.copyOf(enough, beats);
    }

    /** Linear congruential: x = (1103515245 x + 12345) mod 2^31, u = x / 2^31. */
    private static final class Generator {
        private long x;

        Generator(long seed) {
            x = seed;
        }

        double next() {
            x = (1_103_515_245L * x + 12_345) & 0x7FFF_FFFFL;
            return x / (double) (1L << 31);
        }
    }
}
