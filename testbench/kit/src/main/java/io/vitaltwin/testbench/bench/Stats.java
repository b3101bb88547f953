package io.vitaltwin.testbench.bench;

import java.util.Arrays;
import java.util.List;

/** Small statistics for reports. Everything that is transcendental goes through StrictMath, so a report is the same on every machine. */
public final class Stats {

    /** Two-sided 95 %. */
    private static final double Z95 = 1.959963984540054;

    private Stats() {
    }

    /** A figure and its 95 % interval; all NaN when there is nothing to say. */
    public record Estimate(double value, double low, double high) {

        public static final Estimate NONE = new Estimate(Double.NaN, Double.NaN, Double.NaN);
    }

    /** NaN of nothing. */
    public static double mean(double[] values) {
        return values.length == 0 ? Double.NaN : Arrays.stream(values).sum() / values.length;
    }

    /** Standard deviation with n - 1; NaN of fewer than two. */
    public static double sd(double[] values) {
        if (values.length < 2) {
            return Double.NaN;
        }
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1));
    }

    /** Root of the mean square: of errors, bias and spread together; NaN of nothing. */
    public static double rms(double[] values) {
        return Math.sqrt(mean(Arrays.stream(values).map(value -> value * value).toArray()));
    }

    /** Mean of the absolute values; NaN of nothing. */
    public static double mae(double[] values) {
        return mean(Arrays.stream(values).map(Math::abs).toArray());
    }

    /** The value below which this part of all lies, between neighbours by their distance; NaN of nothing. */
    public static double quantile(double[] values, double part) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = part * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    public static double median(double[] values) {
        return quantile(values, 0.5);
    }

    /** A share with the interval of Wilson 1927. */
    public static Estimate share(long hits, long of) {
        if (of == 0) {
            return Estimate.NONE;
        }
        double p = (double) hits / of;
        double z2 = Z95 * Z95;
        double centre = (p + z2 / (2 * of)) / (1 + z2 / of);
        double half = Z95 / (1 + z2 / of) * Math.sqrt(p * (1 - p) / of + z2 / (4.0 * of * of));
        return new Estimate(p, Math.max(0, centre - half), Math.min(1, centre + half));
    }

    /**
     * Standard deviation with its interval, as if the values were independent and normal: chi-squared quantiles by Wilson and Hilferty 1931.
     */
    public static Estimate deviation(double[] values) {
        double sd = sd(values);
        if (Double.isNaN(sd)) {
            return Estimate.NONE;
        }
        return deviation(sd, values.length - 1);
    }

    /** Standard deviation about 0, which a bias widens too, with its interval as above. */
    public static Estimate aboutZero(double[] values) {
        return values.length == 0 ? Estimate.NONE : deviation(rms(values), values.length);
    }

    private static Estimate deviation(double sd, int freedom) {
        return new Estimate(sd, sd * Math.sqrt(freedom / chiSquared(freedom, Z95)), sd * Math.sqrt(freedom / chiSquared(freedom, -Z95)));
    }

    private static double chiSquared(int freedom, double z) {
        double part = 2.0 / (9.0 * freedom);
        double root = Math.max(1e-3, 1 - part + z * Math.sqrt(part));
        return freedom * root * root * root;
    }

    /**
     * How often a value of the first is above one of the second, ties counted half: the area under the ROC curve, with the interval of Hanley
     * and McNeil 1982.
     */
    public static Estimate auroc(List<Double> positives, List<Double> negatives) {
        int n = positives.size();
        int m = negatives.size();
        if (n == 0 || m == 0) {
            return Estimate.NONE;
        }
        double wins = 0;
        for (double positive : positives) {
            for (double negative : negatives) {
                wins += positive > negative ? 1 : positive == negative ? 0.5 : 0;
            }
        }
        double area = wins / n / m;
        double q1 = area / (2 - area);
        double q2 = 2 * area * area / (1 + area);
        double variance = (area * (1 - area) + (n - 1) * (q1 - area * area) + (m - 1) * (q2 - area * area)) / n / m;
        double half = Z95 * Math.sqrt(Math.max(0, variance));
        return new Estimate(area, Math.max(0, area - half), Math.min(1, area + half));
    }
}
