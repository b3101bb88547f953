package io.vitaltwin.testbench.bench.cohort;

import java.util.Arrays;

/** Shares and rates with what chance alone may make of them. Intervals are of 95 % unless their z is given. */
final class Shares {

    private static final double Z = 1.959964;
    /** So that 13 comparisons together are wrong in 5 of 100 (Bonferroni): 1 - 0.05 / 26. */
    static final double Z_OF_ALL_PAIRS = 2.8905;

    private Shares() {
    }

    record Interval(double low, double high) {
    }

    /** Wilson's interval of k out of n; 0 to 1 when n is 0. */
    static Interval wilson(long k, long n) {
        return wilson(k, n, Z);
    }

    private static Interval wilson(long k, long n, double z) {
        if (n == 0) {
            return new Interval(0, 1);
        }
        double p = (double) k / n;
        double z2 = z * z;
        double centre = (p + z2 / (2 * n)) / (1 + z2 / n);
        double half = z / (1 + z2 / n) * Math.sqrt(p * (1 - p) / n + z2 / (4.0 * n * n));
        return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
    }

    /** Newcombe's interval of the difference k1/n1 - k2/n2 of independent shares. */
    static Interval difference(long k1, long n1, long k2, long n2, double z) {
        Interval first = wilson(k1, n1, z);
        Interval second = wilson(k2, n2, z);
        double p1 = n1 == 0 ? 0 : (double) k1 / n1;
        double p2 = n2 == 0 ? 0 : (double) k2 / n2;
        double down = Math.sqrt(square(p1 - first.low()) + square(second.high() - p2));
        double up = Math.sqrt(square(first.high() - p1) + square(p2 - second.low()));
        return new Interval(p1 - p2 - down, p1 - p2 + up);
    }

    /** Interval of the ratio of two means of counts, each count of one person: people differ, so the counts' own spread is taken. */
    static Interval ratio(long[] over, long[] under, double z) {
        double ratio = mean(over) / mean(under);
        double spread = Math.sqrt(relativeVariance(over) + relativeVariance(under));
        return new Interval(ratio * StrictMath.exp(-z * spread), ratio * StrictMath.exp(z * spread));
    }

    static double mean(long[] counts) {
        return Arrays.stream(counts).average().orElse(Double.NaN);
    }

    /** Of the mean, by its square. */
    private static double relativeVariance(long[] counts) {
        double mean = mean(counts);
        double squares = Arrays.stream(counts).mapToDouble(count -> square(count - mean)).sum();
        return squares / (counts.length - 1.0) / counts.length / square(mean);
    }

    private static double square(double x) {
        return x * x;
    }
}
