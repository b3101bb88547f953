package io.vitaltwin.testbench.bench.af;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** The beat series of the reference's vectors, made anew from their definitions; intervals in milliseconds. */
enum Series {
    AF1("fibrillation, wide", 42) {
        @Override
        IntToDoubleFunction beats(Uniform u) {
            return i -> Math.floor(500 + 500 * u.next() + 0.5);
        }
    },
    AF2("fibrillation, narrow", 7) {
        @Override
        IntToDoubleFunction beats(Uniform u) {
            return i -> 550 + Math.floor(250 * u.next() + 0.5);
        }
    },
    RSA("breathing", 0) {
        @Override
        IntToDoubleFunction beats(Uniform u) {
            return i -> Math.floor(900 + 60 * StrictMath.sin(2 * Math.PI * i / 5) + 0.5);
        }
    },
    SR("sinus rhythm", 3) {
        @Override
        IntToDoubleFunction beats(Uniform u) {
            return i -> Math.floor(850 + 40 * StrictMath.sin(2 * Math.PI * i / 4.7) + 30 * (u.next() - 0.5) + 0.5);
        }
    },
    BIGEMINY("every second beat early", 0) {
        @Override
        IntToDoubleFunction beats(Uniform u) {
            return i -> i % 2 == 0 ? 1080 : 520;
        }
    },
    PAC("every tenth beat early", 9) {
        @Override
        IntToDoubleFunction beats(Uniform u) {
            return i -> switch (i % 10) {
                case 8 -> 560;
                case 9 -> 1140;
                default -> 850 + Math.floor(20 * (u.next() - 0.5) + 0.5);
            };
        }
    };

    private final String words;
    private final long seed;

    Series(String words, long seed) {
        this.words = words;
        this.seed = seed;
    }

    String words() {
        return words;
    }

    abstract IntToDoubleFunction beats(Uniform u);

    double[] millis(int count) {
        double[] millis = new double[count];
        Arrays.setAll(millis, beats(new Uniform(seed)));
        return millis;
    }

    /** x = (1103515245 x + 12345) mod 2^31; the first number comes after the seed. */
    static final class Uniform {
        private long x;

        Uniform(long seed) {
            x = seed;
        }

        /** 0 included to 1 excluded. */
        double next() {
            x = (1_103_515_245L * x + 12_345) & 0x7FFF_FFFFL;
            return x / (double) (1L << 31);
        }
    }
}
