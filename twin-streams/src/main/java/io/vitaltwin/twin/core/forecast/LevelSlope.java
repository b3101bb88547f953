package io.vitaltwin.twin.core.forecast;

/** The filtered level drawn on along the filtered slope: CLINICAL.md section 7.3, Kalman level+slope. It stops at 40 and 400 mg/dL. */
public final class LevelSlope {

    private static final double LOWEST = 40;
    private static final double HIGHEST = 400;

    private LevelSlope() {
    }

    /** @param minutes ahead of the estimate */
    public static double after(VitalFilter.Estimate estimate, double minutes) {
        return Math.max(LOWEST, Math.min(HIGHEST, estimate.level() + minutes * estimate.slope()));
    }
}
