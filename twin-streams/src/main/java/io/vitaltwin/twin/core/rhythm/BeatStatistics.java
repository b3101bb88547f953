package io.vitaltwin.twin.core.rhythm;

import java.util.Arrays;

/**
 * Three statistics of one piece of a beat series, which the reference gives for 128 beats.
 *
 * @param meanMillis mean interval
 * @param rmssdByMean root mean square of successive differences, by the mean
 * @param turningPoints share of the inner beats that are strictly above or below both neighbours; 2/3 in a random series
 * @param entropy16 Shannon entropy of 16 bins of equal width after the 16th part of the beats is left out at either end (8 of 128), by ln 16: 0 to 1
 * @see "Dash S et al., Ann Biomed Eng 2009;37:1701; CLINICAL.md section 3.5"
 */
public record BeatStatistics(double meanMillis, double rmssdByMean, double turningPoints, double entropy16) {

    /** Published limits; 0.77 is quoted from memory in the reference. */
    public static final double RMSSD_BY_MEAN_ABOVE = 0.1;
    public static final double ENTROPY_ABOVE = 0.7;
    public static final double TURNING_POINTS_FROM = 0.54;
    public static final double TURNING_POINTS_TO = 0.77;

    private static final int BINS = 16;
    private static final int FEWEST = 32;

    /**
     * @param millis intervals in the order of the beats, at least 32, all above 0
     * @throws IllegalArgumentException if there are fewer
     */
    public static BeatStatistics of(double[] millis) {
        if (millis.length < FEWEST) {
            throw new IllegalArgumentException("statistics of " + millis.length + " beats, fewer than " + FEWEST);
        }
        double mean = Arrays.stream(millis).sum() / millis.length;
        double squares = 0;
        int turns = 0;
        for (int i = 1; i < millis.length; i++) {
            double step = millis[i] - millis[i - 1];
            squares += step * step;
            if (i < millis.length - 1) {
                double following = millis[i + 1] - millis[i];
                turns += step > 0 && following < 0 || step < 0 && following > 0 ? 1 : 0;
            }
        }
        double rmssd = Math.sqrt(squares / (millis.length - 1));
        return new BeatStatistics(mean, rmssd / mean, (double) turns / (millis.length - 2), entropy(millis));
    }

    private static double entropy(double[] millis) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        int left = millis.length / 16;
        double[] kept = Arrays.copyOfRange(sorted, left, sorted.length - left);
        double lowest = kept[0];
        double range = kept[kept.length - 1] - lowest;
        if (range == 0) {
            return 0;
        }
        int[] counts = new int[BINS];
        for (double value : kept) {
            counts[Math.min(BINS - 1, (int) ((value - lowest) * BINS / range))]++;
        }
        double entropy = 0;
        for (int number : counts) {
            double p = (double) number / kept.length;
            entropy -= number == 0 ? 0 : p * StrictMath.log(p);
        }
        return entropy / StrictMath.log(BINS);
    }

    /** Whether all three limits say fibrillation; one alone is not enough: bigeminy and premature beats have large differences too. */
    public boolean isIrregular() {
        return rmssdByMean > RMSSD_BY_MEAN_ABOVE && entropy16 > ENTROPY_ABOVE && turningPoints >= TURNING_POINTS_FROM
                && turningPoints <= TURNING_POINTS_TO;
    }
}
