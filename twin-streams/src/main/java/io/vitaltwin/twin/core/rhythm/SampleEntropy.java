package io.vitaltwin.twin.core.rhythm;

import java.util.Arrays;

/**
 * COSEn: how seldom beats that are alike are followed by beats that are alike, as a density, less the logarithm of the mean interval. Higher is
 * less predictable; above {@value #IRREGULAR_ABOVE} says fibrillation (threshold quoted from memory in the reference).
 *
 * <p>Reckoned in seconds, as the vectors of the reference are: two beats that differ by just the tolerance fall to the side to which their binary
 * fractions round. No alert rests on this value.
 *
 * @see "Lake DE, Moorman JR, Am J Physiol Heart Circ Physiol 2011, doi 10.1152/ajpheart.00561.2010; CLINICAL.md section 3.5"
 */
public final class SampleEntropy {

    public static final double IRREGULAR_ABOVE = -1.4;

    /** It was published as useful from so few beats on. */
    private static final int FEWEST = 12;
    /** Matches of two beats in a row that are enough; the tolerance grows until there are so many. */
    private static final int ENOUGH = 5;
    private static final int FIRST_MILLIS = 30;
    private static final int STEP_MILLIS = 5;
    /** Beats of an adult differ by less. */
    private static final int LAST_MILLIS = 3_000;
    private static final double MILLIS_PER_SECOND = 1_000;

    private SampleEntropy() {
    }

    /**
     * @param millis intervals in the order of the beats, at least 12
     * @throws IllegalArgumentException if there are fewer, or if no tolerance up to 3 s makes enough of them alike
     */
    public static double cosen(double[] millis) {
        if (millis.length < FEWEST) {
            throw new IllegalArgumentException("sample entropy of " + millis.length + " beats, fewer than " + FEWEST);
        }
        double[] seconds = Arrays.stream(millis).map(value -> value / MILLIS_PER_SECOND).toArray();
        double mean = Arrays.stream(seconds).sum() / seconds.length;
        for (int tolerance = FIRST_MILLIS; tolerance <= LAST_MILLIS; tolerance += STEP_MILLIS) {
            double r = tolerance / MILLIS_PER_SECOND;
            int one = 0;
            int two = 0;
            for (int i = 0; i < seconds.length - 1; i++) {
                for (int j = i + 1; j < seconds.length - 1; j++) {
                    if (Math.abs(seconds[i] - seconds[j]) <= r) {
                        one++;
                        two += Math.abs(seconds[i + 1] - seconds[j + 1]) <= r ? 1 : 0;
                    }
                }
            }
            if (two >= ENOUGH) {
                return -StrictMath.log((double) two / one) + StrictMath.log(2 * r) - StrictMath.log(mean);
            }
        }
        throw new IllegalArgumentException("no tolerance makes " + ENOUGH + " pairs of these intervals alike");
    }
}
