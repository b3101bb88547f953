package io.vitaltwin.testbench.cohort;

/**
 * Random numbers for one purpose of one person (SplitMix64). Each purpose has its own, so that another device changes nothing about the life
 * that it watches. The same on every machine: the only function beyond arithmetic comes from {@link StrictMath}.
 */
final class Dice {

    /** What the numbers are for. The order decides the numbers: append only. */
    enum Purpose { PERSON, EQUIPMENT, EVENTS, FAULTS, LIFE, SENSORS, BEATS, HABITS }

    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private long state;
    private double spare;
    private boolean hasSpare;

    private Dice(long state) {
        this.state = state;
    }

    static Dice of(long seed, int patient, Purpose purpose) {
        return new Dice(mix(mix(seed * GAMMA + patient) + purpose.ordinal() + 1));
    }

    private long next() {
        state += GAMMA;
        return mix(state);
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }

    /** At least 0, less than 1. */
    double uniform() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    double uniform(double from, double to) {
        return from + (to - from) * uniform();
    }

    /** @param bound at least 1 */
    int below(int bound) {
        return (int) (uniform() * bound);
    }

    boolean chance(double probability) {
        return uniform() < probability;
    }

    /** Mean 0, standard deviation 1 (polar method). */
    double gauss() {
        if (hasSpare) {
            hasSpare = false;
            return spare;
        }
        double u;
        double v;
        double s;
        do {
            u = 2 * uniform() - 1;
            v = 2 * uniform() - 1;
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        double factor = Math.sqrt(-2 * StrictMath.log(s) / s);
        spare = v * factor;
        hasSpare = true;
        return u * factor;
    }

    double gauss(double mean, double deviation) {
        return mean + deviation * gauss();
    }

    /** Cut at both ends. */
    double gauss(double mean, double deviation, double least, double most) {
        return Math.clamp(gauss(mean, deviation), least, most);
    }
}
