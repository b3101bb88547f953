package io.vitaltwin.twin.core.daily;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.daily.PersonMemory.Vector;

import java.nio.ByteBuffer;

/**
 * Running mean and covariance of the night vectors, each night with weight 1/n up to 1/28. Held in single precision, before and after storage, so that a twin
 * that was stored decides as one that was not. 37 bytes.
 */
final class NightBaseline {

    /** Squared Mahalanobis distance, chi-square with 3 degrees of freedom, 0.999: DQ-21. */
    static final double SOMEONE_ELSE = 16.27;

    /** The same at 0.99: the night before was already on its way. DQ-21 asks for "no trend" without a number; project default. */
    static final double TREND = 11.345;

    private static final int SIZE = 3;
    private static final int WINDOW_NIGHTS = 28;

    /** CR 7.1: a personal baseline needs 14 valid days. */
    private static final int LEAST_NIGHTS = 14;

    /** Nights before which a deviation has no scale yet. */
    private static final int ROUGH_NIGHTS = 7;
    private static final double MOST_DEVIATIONS = 3;

    /** CR 7.1: no spread is smaller than half the sigma of 4.4 (wrist pulse 2.5 /min, watch RMSSD 18 %, nightly breathing rate 1.0 /min). */
    private static final double[] FLOOR = {1.25, 0.09, 0.5};

    private int nights;
    private final float[] mean = new float[SIZE];
    private final float[][] covariance = new float[SIZE][SIZE];

    int nights() {
        return nights;
    }

    boolean isKnown() {
        return nights >= LEAST_NIGHTS;
    }

    void learn(Vector night) {
        double[] d = deviation(night);
        if (nights >= ROUGH_NIGHTS) {
            for (int i = 0; i < SIZE; i++) {
                double most = MOST_DEVIATIONS * StrictMath.sqrt(variance(i));
                d[i] = Math.clamp(d[i], -most, most);
            }
        }
        nights = Math.min(nights + 1, WINDOW_NIGHTS);
        double weight = 1.0 / nights;
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < SIZE; j++) {
                covariance[i][j] = (float) ((1 - weight) * (covariance[i][j] + weight * d[i] * d[j]));
            }
        }
        for (int i = 0; i < SIZE; i++) {
            mean[i] = (float) (mean[i] + weight * d[i]);
        }
    }

    /** Squared Mahalanobis distance of a night from the usual one. */
    double distance(Vector night) {
        double[] d = deviation(night);
        double a = variance(0);
        double b = covariance[0][1];
        double c = covariance[0][2];
        double e = variance(1);
        double f = covariance[1][2];
        double i = variance(2);
        double cofactorA = e * i - f * f;
        double cofactorB = c * f - b * i;
        double cofactorC = b * f - c * e;
        double determinant = a * cofactorA + b * cofactorB + c * cofactorC;
        double quadratic = d[0] * d[0] * cofactorA + d[1] * d[1] * (a * i - c * c) + d[2] * d[2] * (a * e - b * b)
                + 2 * (d[0] * d[1] * cofactorB + d[0] * d[2] * cofactorC + d[1] * d[2] * (b * c - a * f));
        return quadratic / determinant;
    }

    /** The floor is added to nothing but stands in for a smaller spread: the matrix stays positive definite. */
    private double variance(int i) {
        return Math.max(covariance[i][i], FLOOR[i] * FLOOR[i]) * 1.000001;
    }

    private double[] deviation(Vector night) {
        return new double[] {night.pulse() - mean[0], night.lnRmssd() - mean[1], night.breaths() - mean[2]};
    }

    void encode(ByteBuffer out) {
        Packed.put(out, nights);
        for (int i = 0; i < SIZE; i++) {
            out.putFloat(mean[i]);
            for (int j = i; j < SIZE; j++) {
                out.putFloat(covariance[i][j]);
            }
        }
    }

    static NightBaseline decode(ByteBuffer in) {
        NightBaseline baseline = new NightBaseline();
        baseline.nights = Packed.getInt(in);
        for (int i = 0; i < SIZE; i++) {
            baseline.mean[i] = in.getFloat();
            for (int j = i; j < SIZE; j++) {
                float value = in.getFloat();
                baseline.covariance[i][j] = value;
                baseline.covariance[j][i] = value;
            }
        }
        return baseline;
    }
}
