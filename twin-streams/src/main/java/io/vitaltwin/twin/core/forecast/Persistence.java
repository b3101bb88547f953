package io.vitaltwin.twin.core.forecast;

/** Glucose stays where it is: what a forecast must beat to be worth anything. */
public final class Persistence implements Extrapolation {

    @Override
    public double after(double[] newest, int steps) {
        return newest[newest.length - 1];
    }

    @Override
    public int needed() {
        return 1;
    }
}
