package io.vitaltwin.twin.core.forecast;

import java.nio.ByteBuffer;

/**
 * Learns for one patient how far glucose will have moved in 30 and in 60 minutes: recursive least squares with a covariance that both horizons
 * share, from matured outcomes only. Before it has learned it says that nothing changes; that is also what the ridge draws it to.
 *
 * <p>What it looks at (five numbers): the last step and the last three steps, both bent so that a leap of the sensor does not become a
 * leap of the forecast; the level, for glucose returns to its middle; the level times the movement; and a constant.
 *
 * <p>It works on its stored form: weights in 1/2048, the covariance as standard deviations and correlations in 16 bits each. So a state that was
 * stored in mid-run decides the same as one that was not.
 */
final class ChangeLearner {

    static final int INPUTS = 5;
    private static final int PAIRS = INPUTS * (INPUTS - 1) / 2;
    private static final int HORIZONS = 2;
    /** Cells that {@link #inputs} looks back over. */
    static final int REACH = 3;
    /** Weights 20, variances 10, correlations 20 bytes. */
    static final int BYTES = 2 * (HORIZONS * INPUTS + INPUTS + PAIRS);

    /** Where one step, or three, begin to count less than they are: mg/dL. Project default. */
    private static final double BEND_ONE = 6;
    private static final double BEND_THREE = 20;
    /** Fasting middle, mg/dL, and how the level is scaled: near it, 12 times the logarithm of value to middle. Project default. */
    private static final double MIDDLE = 120;
    private static final double LEVEL_SCALE = 24;
    /** Makes the constant as large as the other inputs. */
    private static final double CONSTANT = 4;

    /** Variance of the weights before anything was learned, in units of the noise: a ridge. It is never exceeded afterwards. Project default. */
    private static final double START = 0.03;
    /** Forgets half in some 12 days of a 5-min sensor. Project default. */
    private static final double MEMORY = 0.9998;

    private static final double WEIGHT_UNIT = 1.0 / 2048;
    private static final double CORRELATION_UNIT = 1.0 / 32767;

    private final int[] weights = new int[HORIZONS * INPUTS];
    private final int[] variances = new int[INPUTS];
    private final int[] correlations = new int[PAIRS];

    ChangeLearner() {
        restart();
    }

    private void restart() {
        java.util.Arrays.fill(variances, SmallFloat.code(START));
        java.util.Arrays.fill(correlations, 0);
    }

    /** What stood in the grid this many cells ago. @param back with three older cells behind it */
    static double[] inputs(GlucoseGrid grid, int back) {
        double level = grid.at(back);
        double one = level - grid.at(back + 1);
        double three = level - grid.at(back + REACH);
        double place = LEVEL_SCALE * (level - MIDDLE) / (level + MIDDLE);
        double bent = three / (1 + Math.abs(three) / BEND_THREE);
        return new double[] {one / (1 + Math.abs(one) / BEND_ONE), bent, place, CONSTANT, place * bent / 12};
    }

    /** The change that is expected, mg/dL. @param horizon 0 or 1 */
    double change(int horizon, double[] inputs) {
        double sum = 0;
        for (int i = 0; i < INPUTS; i++) {
            sum += weights[horizon * INPUTS + i] * WEIGHT_UNIT * inputs[i];
        }
        return sum;
    }

    /**
     * Takes what became of a moment.
     *
     * @param inputs as they were then
     * @param changes from then to 30 and to 60 minutes later; NaN where nothing was measured
     */
    void learn(double[] inputs, double[] changes) {
        double[][] covariance = covariance();
        double[] gain = new double[INPUTS];
        double seen = 0;
        for (int i = 0; i < INPUTS; i++) {
            for (int j = 0; j < INPUTS; j++) {
                gain[i] += covariance[i][j] * inputs[j];
            }
            seen += gain[i] * inputs[i];
        }
        if (!(seen >= 0)) {
            // Rounding has made the covariance impossible: begin with a fresh one and keep what is known.
            restart();
            return;
        }
        double scale = 1 / (MEMORY + seen);
        for (int h = 0; h < HORIZONS; h++) {
            double error = changes[h] - change(h, inputs);
            if (!Double.isNaN(error)) {
                for (int i = 0; i < INPUTS; i++) {
                    weights[h * INPUTS + i] = weight(weights[h * INPUTS + i] * WEIGHT_UNIT + gain[i] * scale * error);
                }
            }
        }
        for (int i = 0; i < INPUTS; i++) {
            for (int j = 0; j < INPUTS; j++) {
                covariance[i][j] = (covariance[i][j] - gain[i] * gain[j] * scale) / MEMORY;
            }
        }
        store(covariance);
    }

    private static int weight(double value) {
        return (int) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.rint(value / WEIGHT_UNIT)));
    }

    private double[][] covariance() {
        double[] deviations = new double[INPUTS];
        double[][] covariance = new double[INPUTS][INPUTS];
        for (int i = 0; i < INPUTS; i++) {
            covariance[i][i] = SmallFloat.value(variances[i]);
            deviations[i] = Math.sqrt(covariance[i][i]);
        }
        int pair = 0;
        for (int i = 0; i < INPUTS; i++) {
            for (int j = 0; j < i; j++) {
                covariance[i][j] = correlations[pair++] * CORRELATION_UNIT * deviations[i] * deviations[j];
                covariance[j][i] = covariance[i][j];
            }
        }
        return covariance;
    }

    private void store(double[][] covariance) {
        int pair = 0;
        for (int i = 0; i < INPUTS; i++) {
            for (int j = 0; j < i; j++) {
                double correlation = covariance[i][j] / Math.sqrt(covariance[i][i] * covariance[j][j]);
                correlations[pair++] = Double.isNaN(correlation) ? 0
                        : (int) Math.rint(Math.max(-1, Math.min(1, correlation)) / CORRELATION_UNIT);
            }
        }
        for (int i = 0; i < INPUTS; i++) {
            variances[i] = SmallFloat.code(Math.min(covariance[i][i], START));
        }
    }

    void encode(ByteBuffer out) {
        put(out, weights);
        put(out, variances);
        put(out, correlations);
    }

    static ChangeLearner decode(ByteBuffer in) {
        ChangeLearner learner = new ChangeLearner();
        for (int i = 0; i < learner.weights.length; i++) {
            learner.weights[i] = in.getShort();
        }
        for (int i = 0; i < learner.variances.length; i++) {
            learner.variances[i] = in.getShort() & 0xFFFF;
        }
        for (int i = 0; i < learner.correlations.length; i++) {
            learner.correlations[i] = in.getShort();
        }
        return learner;
    }

    private static void put(ByteBuffer out, int[] codes) {
        for (int code : codes) {
            out.putShort((short) code);
        }
    }
}
