package io.vitaltwin.twin.core.forecast;

import io.vitaltwin.twin.core.part.Part;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.PartType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Forecasts one patient's interstitial glucose 30 and 60 minutes ahead and learns from what became of it. A fold over ACCEPT readings: a reading that
 * is not newer than the last one changes nothing, so duplicates and readings out of order do not matter.
 *
 * <p>It follows one sensor; another takes its place when the one followed has been quiet for longer than a gap that is bridged. What was learned stays:
 * it belongs to the patient. A bound (LO, HI) stands in the history as its limit, but is neither an outcome nor a beginning: how far away the true value is
 * nobody knows, and to learn that glucose stays at 40 would make the low forecasts blind.
 *
 * <p>Stored form, at most 109 bytes where steps are below 64 mg/dL: 1 byte for how many outcomes were learned, 2 for the sensor, 26 for the
 * {@link GlucoseGrid}, 50 for the {@link ChangeLearner}, 18 for the {@link ErrorBands}; before the first outcome only the first three.
 */
public final class GlucoseForecaster implements Part {

    public static final PartType<GlucoseForecaster> TYPE =
            new PartType<>(PartKind.FORECAST, GlucoseForecaster.class, GlucoseForecaster::new, GlucoseForecaster::decode);

    /** No forecast from an older reading: CLINICAL.md section 7.3, AR2. */
    public static final long OLDEST_MILLIS = 600_000;
    /** No forecast before so many outcomes: two hours of a 5-min sensor. Project default. */
    static final int FEWEST_OUTCOMES = 24;
    private static final int MOST_COUNTED = 255;

    /** Steps of five minutes to each horizon. */
    private static final int[] HORIZONS = {6, 12};
    private static final int ORIGIN = 12;
    /** What a sensor shows at most and at least, mg/dL: CLINICAL.md section 1.2. A forecast does not leave it. */
    private static final double LOWEST = 40;
    private static final double HIGHEST = 400;

    private final GlucoseGrid grid;
    private final ChangeLearner learner;
    private final ErrorBands bands;
    private int outcomes;
    private int sensor;

    public GlucoseForecaster() {
        this(new GlucoseGrid(), new ChangeLearner(), new ErrorBands());
    }

    private GlucoseForecaster(GlucoseGrid grid, ChangeLearner learner, ErrorBands bands) {
        this.grid = grid;
        this.learner = learner;
        this.bands = bands;
    }

    /**
     * Takes an ACCEPT reading.
     *
     * @param milliMgPerDl thousandths of mg/dL; a bound counts as its limit
     * @param measured false for a bound
     */
    public void take(String deviceId, long millis, long milliMgPerDl, boolean measured) {
        int hash = deviceId.hashCode() & 0xFFFF;
        if (grid.size() > 0 && hash != sensor) {
            if (millis - grid.newestMillis() <= GlucoseGrid.LONGEST_GAP_STEPS * GlucoseGrid.STEP_MILLIS) {
                return;
            }
            grid.clear();
        }
        if (grid.take(millis, milliMgPerDl, measured)) {
            sensor = hash;
            learn();
        }
    }

    /** The moment an hour ago is ripe: both its outcomes are known, as far as they were measured. */
    private void learn() {
        if (grid.size() <= ORIGIN + ChangeLearner.REACH || !grid.isMeasured(ORIGIN)) {
            return;
        }
        double[] changes = new double[HORIZONS.length];
        boolean any = false;
        for (int h = 0; h < HORIZONS.length; h++) {
            int back = ORIGIN - HORIZONS[h];
            changes[h] = grid.isMeasured(back) ? grid.at(back) - grid.at(ORIGIN) : Double.NaN;
            any |= grid.isMeasured(back);
        }
        if (!any) {
            return;
        }
        double[] inputs = ChangeLearner.inputs(grid, ORIGIN);
        for (int h = 0; h < HORIZONS.length; h++) {
            if (!Double.isNaN(changes[h])) {
                double outcome = grid.at(ORIGIN) + changes[h];
                bands.learn(grid.at(ORIGIN), h, outcome - value(grid.at(ORIGIN), h, inputs));
            }
        }
        learner.learn(inputs, changes);
        outcomes = Math.min(outcomes + 1, MOST_COUNTED);
    }

    private double value(int level, int horizon, double[] inputs) {
        return within(level + learner.change(horizon, inputs));
    }

    private static double within(double mgPerDl) {
        return Math.max(LOWEST, Math.min(HIGHEST, mgPerDl));
    }

    /**
     * The forecast from the newest reading. Empty when that is a bound or older than ten minutes, when fewer than four readings in a row are known,
     * or when too little has been learned.
     */
    public Optional<Forecast> forecast(long nowMillis) {
        if (outcomes < FEWEST_OUTCOMES || grid.size() <= ChangeLearner.REACH || !grid.isMeasured(0)
                || nowMillis - grid.newestMillis() > OLDEST_MILLIS) {
            return Optional.empty();
        }
        double[] inputs = ChangeLearner.inputs(grid, 0);
        int level = grid.at(0);
        List<Forecast.Point> points = new ArrayList<>(HORIZONS.length);
        for (int h = 0; h < HORIZONS.length; h++) {
            double value = value(level, h, inputs);
            points.add(new Forecast.Point(grid.newestMillis() + HORIZONS[h] * GlucoseGrid.STEP_MILLIS, value,
                    within(value - bands.below(level, h)), within(value + bands.above(level, h))));
        }
        return Optional.of(new Forecast(grid.newestMillis(), level, points));
    }

    /** Whether the forecast is about this device. */
    public boolean follows(String deviceId) {
        return grid.size() > 0 && sensor == (deviceId.hashCode() & 0xFFFF);
    }

    @Override
    public boolean isEmpty() {
        return grid.size() == 0 && outcomes == 0;
    }

    @Override
    public void encode(ByteBuffer out) {
        out.put((byte) outcomes);
        out.putShort((short) sensor);
        grid.encode(out);
        if (outcomes > 0) {
            learner.encode(out);
            bands.encode(out);
        }
    }

    static GlucoseForecaster decode(ByteBuffer in) {
        int outcomes = in.get() & 0xFF;
        int sensor = in.getShort() & 0xFFFF;
        GlucoseGrid grid = GlucoseGrid.decode(in);
        GlucoseForecaster forecaster = outcomes == 0 ? new GlucoseForecaster(grid, new ChangeLearner(), new ErrorBands())
                : new GlucoseForecaster(grid, ChangeLearner.decode(in), ErrorBands.decode(in));
        forecaster.outcomes = outcomes;
        forecaster.sensor = sensor;
        return forecaster;
    }
}
