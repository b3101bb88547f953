package io.vitaltwin.twin.core.quality;

/**
 * Leaves out readings that come more often than the care plan registers.
 *
 * @see "CLINICAL.md section 8.4, E1.2"
 */
public final class Thinning {

    /** A device's rhythm is not exact: a tenth of the interval may be missing, but never more than this. Project default, no source. */
    private static final long MOST_EARLY_MILLIS = 1_000;

    private Thinning() {
    }

    /**
     * Whether a reading follows the one that was kept before it too soon. One of a moment that is known is a duplicate and is left to be found as that;
     * one out of order is compared with what was measured before it, as far as that is remembered.
     *
     * @param memory of the vital of the device
     * @param leastMillis least time between two readings, above 0
     */
    public static boolean isTooSoon(QualityMemory memory, long effectiveMillis, long leastMillis) {
        long kept = memory.newestMillis();
        for (int i = memory.recentCount() - 1; i >= 0 && kept > effectiveMillis; i--) {
            kept = memory.recentMillis(i);
        }
        long early = Math.min(leastMillis / 10, MOST_EARLY_MILLIS);
        return kept < effectiveMillis && effectiveMillis - kept < leastMillis - early;
    }
}
