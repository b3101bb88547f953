package io.vitaltwin.testbench.cohort;

/**
 * Whether a true condition has held for long enough, judged at the moments at which somebody measured. Counts both how long and how often.
 */
final class Spell {

    private static final long NONE = Long.MIN_VALUE;

    private final long longEnough;
    private final int oftenEnough;
    private final long longestGap;
    private long start = NONE;
    private long last = NONE;
    private int count;

    /** @param longEnough from the first to the last moment, milliseconds @param longestGap between two moments */
    Spell(long longEnough, int oftenEnough, long longestGap) {
        this.longEnough = longEnough;
        this.oftenEnough = oftenEnough;
        this.longestGap = longestGap;
    }

    /** @return whether it has held for long enough now */
    boolean at(long millis, boolean holds) {
        if (!holds) {
            start = NONE;
            return false;
        }
        if (start == NONE || millis - last > longestGap) {
            start = millis;
            count = 0;
        }
        last = millis;
        count++;
        return millis - start >= longEnough && count >= oftenEnough;
    }

    /** First moment of what holds now. */
    long startMillis() {
        return start;
    }
}
