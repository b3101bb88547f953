package io.vitaltwin.twin.core.forecast;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Vital;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Level and slope of one vital from one device, with their uncertainty: a Kalman filter whose noise is the uncertainty of each reading. Its clock is its
 * owner's: the time of the newest usable reading, which is stored anyway. A bound counts as its limit.
 *
 * <p>It works on its stored form, 5 to 8 bytes: level and slope in eighths of their own uncertainty, the two uncertainties as
 * powers of two in eighths, their correlation in 127ths.
 *
 * @see "CLINICAL.md section 7.3, Kalman level+slope; Motion for what a vital may do"
 */
public final class VitalFilter {

    private static final double MINUTE_MILLIS = 60_000;
    /** Steps of a doubling; code 0 stands for "nothing known". */
    private static final int STEPS = 8;
    private static final int MIDDLE = 128;
    private static final double[] DEVIATIONS = new double[256];
    private static final double FRACTION = 8;
    private static final double CORRELATION_UNIT = 1.0 / 127;

    static {
        for (int i = 0; i < DEVIATIONS.length; i++) {
            DEVIATIONS[i] = StrictMath.pow(2, (double) (i - MIDDLE) / STEPS);
        }
    }

    private final Vital vital;
    private long level;
    private int slope;
    private int levelCode;
    private int slopeCode;
    private int correlation;

    public VitalFilter(Vital vital) {
        this.vital = vital;
    }

    /**
     * Where the vital stands, in canonical units.
     *
     * @param slope change a minute
     */
    public record Estimate(double level, double levelSigma, double slope, double slopeSigma) {
    }

    /** Nothing is known yet, or the vital is a code. */
    public boolean isEmpty() {
        return levelCode == 0;
    }

    /**
     * Takes an ACCEPT reading that is newer than all before.
     *
     * @param elapsedMillis since the last one; of no meaning for the first
     * @param value in the canonical unit
     * @param sigma of the reading; where the reference has none (NaN, or not positive) time passes and nothing is learned
     */
    public void take(long elapsedMillis, double value, double sigma) {
        Optional<Motion> motion = Motion.of(vital);
        if (motion.isEmpty()) {
            return;
        }
        boolean measured = sigma > 0 && Double.isFinite(sigma);
        if (!isEmpty()) {
            State state = state().after(Math.max(0, elapsedMillis) / MINUTE_MILLIS, motion.get());
            store(measured ? state.measured(value, sigma * sigma) : state);
        } else if (measured) {
            store(new State(value, 0, sigma * sigma, 0, motion.get().slopeAtFirst()));
        }
    }

    /** As of so long after the last reading: the level moves along its slope and grows less certain. */
    public Optional<Estimate> estimate(long elapsedMillis) {
        if (isEmpty()) {
            return Optional.empty();
        }
        State state = state().after(Math.max(0, elapsedMillis) / MINUTE_MILLIS, Motion.of(vital).orElseThrow());
        return Optional.of(new Estimate(state.level, Math.sqrt(state.levelVariance), state.slope, Math.sqrt(state.slopeVariance)));
    }

    private record State(double level, double slope, double levelVariance, double both, double slopeVariance) {

        State after(double minutes, Motion motion) {
            return new State(level + minutes * slope, slope,
                    levelVariance + 2 * minutes * both + minutes * minutes * slopeVariance + minutes * motion.levelPerMinute(),
                    both + minutes * slopeVariance, slopeVariance + minutes * motion.slopePerMinute());
        }

        State measured(double value, double noise) {
            double total = levelVariance + noise;
            double error = value - level;
            double gain = levelVariance / total;
            double slopeGain = both / total;
            return new State(level + gain * error, slope + slopeGain * error, levelVariance * noise / total, both * noise / total,
                    slopeVariance - slopeGain * both);
        }
    }

    private State state() {
        double levelSigma = DEVIATIONS[levelCode];
        double slopeSigma = DEVIATIONS[slopeCode];
        return new State(level * levelSigma / FRACTION, slope * slopeSigma / FRACTION, levelSigma * levelSigma,
                correlation * CORRELATION_UNIT * levelSigma * slopeSigma, slopeSigma * slopeSigma);
    }

    private void store(State state) {
        levelCode = code(Math.sqrt(state.levelVariance));
        slopeCode = code(Math.sqrt(state.slopeVariance));
        double levelSigma = DEVIATIONS[levelCode];
        double slopeSigma = DEVIATIONS[slopeCode];
        level = Math.round(state.level / levelSigma * FRACTION);
        slope = (int) Math.round(state.slope / slopeSigma * FRACTION);
        double correlated = state.both / Math.sqrt(state.levelVariance * state.slopeVariance);
        correlation = (int) Math.rint(Math.max(-1, Math.min(1, correlated)) / CORRELATION_UNIT);
    }

    private static int code(double deviation) {
        double doublings = StrictMath.log(deviation) / StrictMath.log(2);
        return Math.max(1, Math.min(DEVIATIONS.length - 1, (int) Math.rint(doublings * STEPS) + MIDDLE));
    }

    public void encode(ByteBuffer out) {
        out.put((byte) levelCode);
        out.put((byte) slopeCode);
        out.put((byte) correlation);
        Packed.putSigned(out, level);
        Packed.putSigned(out, slope);
    }

    public static VitalFilter decode(ByteBuffer in, Vital vital) {
        VitalFilter filter = new VitalFilter(vital);
        filter.levelCode = in.get() & 0xFF;
        filter.slopeCode = in.get() & 0xFF;
        filter.correlation = in.get();
        filter.level = Packed.getSigned(in);
        filter.slope = Math.toIntExact(Packed.getSigned(in));
        return filter;
    }
}
