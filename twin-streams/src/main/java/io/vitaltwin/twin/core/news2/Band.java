package io.vitaltwin.twin.core.news2;

/**
 * How urgent a score is, rising. Stored in state by number: append only.
 *
 * @see "CLINICAL.md section 2.2"
 */
public enum Band {
    /** 0 points. */
    ZERO,
    /** 1 to 4 points. */
    LOW,
    /** Below 5 points, but 3 of them from a single parameter. */
    LOW_MEDIUM,
    /** 5 or 6 points. */
    MEDIUM,
    /** 7 points and more. */
    HIGH;

    static Band of(int sum, boolean anyThree) {
        if (sum >= 7) {
            return HIGH;
        }
        if (sum >= 5) {
            return MEDIUM;
        }
        if (anyThree) {
            return LOW_MEDIUM;
        }
        return sum > 0 ? LOW : ZERO;
    }

    public boolean isAbove(Band other) {
        return compareTo(other) > 0;
    }
}
