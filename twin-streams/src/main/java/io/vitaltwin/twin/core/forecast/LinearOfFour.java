package io.vitaltwin.twin.core.forecast;

/** The least-squares line through the last four values, drawn on; it stops at 40 and 400 mg/dL, the ends of what a sensor shows. */
public final class LinearOfFour implements Extrapolation {

    private static final int VALUES = 4;
    private static final double LOWEST = 40;
    private static final double HIGHEST = 400;

    @Override
    public double after(double[] newest, int steps) {
        int last = newest.length - 1;
        double slope = (3 * newest[last] + newest[last - 1] - newest[last - 2] - 3 * newest[last - 3]) / 10;
        double mean = (newest[last] + newest[last - 1] + newest[last - 2] + newest[last - 3]) / VALUES;
        return Math.max(LOWEST, Math.min(HIGHEST, mean + (steps + 1.5) * slope));
    }

    @Override
    public int needed() {
        return VALUES;
    }
}
