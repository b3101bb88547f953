package io.vitaltwin.twin.core.forecast;

/**
 * The second-order autoregression of Nightscout, in the logarithm of glucose over 140 mg/dL, with the constants published there.
 *
 * @see "CLINICAL.md section 7.3, AR2 and its vectors"
 */
public final class Ar2 implements Extrapolation {

    private static final double MIDDLE = 140;
    private static final double BEFORE_LAST = -0.723;
    private static final double LAST = 1.716;
    private static final double LOWEST = 36;
    private static final double HIGHEST = 400;
    private static final double LOSS_MIDDLE = 120;
    private static final int LOSS_STEPS = 6;
    private static final double LOSS_WEIGHT = 1.0 / 5;

    @Override
    public double after(double[] newest, int steps) {
        double before = StrictMath.log(newest[newest.length - 2] / MIDDLE);
        double last = StrictMath.log(newest[newest.length - 1] / MIDDLE);
        for (int i = 0; i < steps; i++) {
            double next = BEFORE_LAST * before + LAST * last;
            before = last;
            last = next;
        }
        return Math.max(LOWEST, Math.min(HIGHEST, MIDDLE * StrictMath.exp(last)));
    }

    @Override
    public int needed() {
        return 2;
    }

    /**
     * How far the next half hour strays from 120 mg/dL: it warns above 0.05 and is urgent above 0.10. Six points in whole mg/dL, each with a weight of
     * a fifth, as coded there.
     */
    public double loss(double[] newest) {
        double sum = 0;
        for (int i = 1; i <= LOSS_STEPS; i++) {
            double distance = StrictMath.log10(Math.rint(after(newest, i)) / LOSS_MIDDLE);
            sum += LOSS_WEIGHT * distance * distance;
        }
        return sum;
    }
}
