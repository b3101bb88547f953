package io.vitaltwin.twin.core.rhythm;

/**
 * Five minutes of beats of one device.
 *
 * @param firstMillis effective time of its first beat of any kind
 * @param beats usable ones
 * @param irregular of them, those at which the entropy reached its limit
 * @param unknown of them, those at which too few beats were known for an entropy
 * @param flagged beats that the device flagged or that no heart makes, not among {@code beats}
 * @param coveredMillis sum of the usable intervals
 * @param moving a beat was not taken at rest or asleep
 */
public record BeatWindow(
        long startMillis, long endMillis, long firstMillis, int beats, int irregular, int unknown, int flagged, long coveredMillis, boolean moving) {

    /** DQ-29: least part of a window that usable beats fill, and largest share of flagged ones, in thousandths. */
    static final long COVERAGE_MILLI = 900;
    private static final long FLAGGED_MILLI = 100;

    /**
     * Project default, no source: beats that fill a window so many times over, in thousandths, are those of two sources under one name.
     */
    private static final long OVERFULL_MILLI = 1_500;

    /**
     * What a window says. Only REGULAR and IRREGULAR ones are evaluable. MOVING: not at rest or asleep throughout. POOR: DQ-29, too little of it
     * is covered or too many beats are flagged. UNDECIDED: the beats without an entropy, soon after a gap, could turn it either way.
     */
    public enum Outcome { REGULAR, IRREGULAR, MOVING, POOR, UNDECIDED }

    public Outcome outcome(RhythmLimits limits) {
        if (moving) {
            return Outcome.MOVING;
        }
        if (isPoor()) {
            return Outcome.POOR;
        }
        if (1_000L * irregular >= limits.shareMilli() * beats) {
            return Outcome.IRREGULAR;
        }
        return 1_000L * (irregular + unknown) >= limits.shareMilli() * beats ? Outcome.UNDECIDED : Outcome.REGULAR;
    }

    /** DQ-29: too little to judge it by, or beats of two sources. */
    public boolean isPoor() {
        long length = endMillis - startMillis;
        return beats == 0 || 1_000 * coveredMillis < COVERAGE_MILLI * length || 1_000 * coveredMillis > OVERFULL_MILLI * length
                || 1_000L * flagged > FLAGGED_MILLI * (beats + flagged);
    }
}
