package io.vitaltwin.twin.core.rules;

/**
 * How likely it is that the true value lies beyond a limit, given the measurement's uncertainty.
 *
 * @see "CLINICAL.md section 3.11"
 */
final class Certainty {

    /** CR 3.11.2: what the probability must be for each priority. */
    static final double NEEDED_FOR_HIGH = 0.90;
    static final double NEEDED_FOR_MEDIUM = 0.50;

    private Certainty() {
    }

    /** P(true value at or below the threshold). */
    static double below(double threshold, double measured, double sigma) {
        return phi((threshold - measured) / sigma);
    }

    /** P(true value at or above the threshold). */
    static double above(double threshold, double measured, double sigma) {
        return phi((measured - threshold) / sigma);
    }

    /**
     * The standard normal distribution function, to 7 digits: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.17.
     */
    static double phi(double x) {
        double t = 1 / (1 + 0.2316419 * StrictMath.abs(x));
        double tail = StrictMath.exp(-x * x / 2) / StrictMath.sqrt(2 * StrictMath.PI)
                * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return x >= 0 ? 1 - tail : tail;
    }
}
