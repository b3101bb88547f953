package io.vitaltwin.testbench.bench.forecast;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Coordinates;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Monitor;
import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.forecast.Ar2;
import io.vitaltwin.twin.core.forecast.Extrapolation;
import io.vitaltwin.twin.core.forecast.Forecast;
import io.vitaltwin.twin.core.forecast.GlucoseForecaster;
import io.vitaltwin.twin.core.forecast.GlucoseGrid;
import io.vitaltwin.twin.core.forecast.LevelSlope;
import io.vitaltwin.twin.core.forecast.LinearOfFour;
import io.vitaltwin.twin.core.forecast.Persistence;
import io.vitaltwin.twin.core.forecast.VitalFilter;
import io.vitaltwin.twin.core.quality.Judgement;
import io.vitaltwin.twin.core.quality.PatientFacts;
import io.vitaltwin.twin.core.rules.AlertChange;
import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.rules.RuleSet;

import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Plays one trace through the core, reading by reading as if each came when it was measured, and notes every forecast and every low that was
 * announced. Only ACCEPT readings are outcomes; a bound (LO, HI) is none, because its error is not known.
 */
final class Replay implements Monitor.Listener {

    private static final String DEVICE = "sensor";
    private static final int[] STEPS = {6, 12};
    private static final double STEP_MINUTES = 5;
    private static final int LARGEST_PART = 512;
    private static final Map<Method, Extrapolation> EXTRAPOLATIONS = Map.of(
            Method.PERSISTENCE, new Persistence(), Method.LINEAR, new LinearOfFour(), Method.AR2, new Ar2());

    private final Monitor monitor;
    private final GlucoseGrid grid = new GlucoseGrid();
    private final Map<Long, Double> measured = new HashMap<>();
    private final Map<Long, Pending> pending = new TreeMap<>();
    private final List<LowAlarms.Seen> seen = new ArrayList<>();
    private final List<Long> alarms = new ArrayList<>();
    private final long intervalMillis;
    private long cell;
    private boolean inGrid;
    private int judged;
    private int largestBytes;

    private record Pending(double level, double[][] forecasts, double[][] intervals) {
    }

    /**
     * What came out.
     *
     * @param judged readings that were judged; the rest were duplicates
     * @param seen ACCEPT readings
     * @param alarms when {@link RuleId#CGM_URGENT_LOW_SOON} was announced
     * @param largestBytes of the stored forecast memory
     */
    record Outcome(List<Moment> moments, int judged, List<LowAlarms.Seen> seen, List<Long> alarms, long intervalMillis, int largestBytes) {
    }

    private Replay(CgmSet.Subject subject, RuleSet rules) {
        intervalMillis = subject.intervalMillis();
        Device device = new Device(DEVICE, "cgm", Grade.MEDICAL_HOME, Set.of(Vital.GLUCOSE_INTERSTITIAL), intervalMillis, Long.MIN_VALUE,
                Long.MAX_VALUE);
        Plan plan = new Plan(PatientFacts.NONE, Set.of(), 1, Optional.empty(), Set.of(Vital.GLUCOSE_INTERSTITIAL.id()), Map.of(),
                Map.of(DEVICE, device), false, List.of(), ZoneOffset.UTC, Map.of(), rules);
        monitor = new Monitor(plan, this);
    }

    static Outcome of(CgmSet.Subject subject, RuleSet rules) {
        Replay replay = new Replay(subject, rules);
        long offset = 0;
        for (CgmSet.Sugar sugar : subject.readings()) {
            replay.take(sugar, offset++);
        }
        return new Outcome(replay.moments(), replay.judged, replay.seen, replay.alarms, replay.intervalMillis, replay.largestBytes);
    }

    private void take(CgmSet.Sugar sugar, long offset) {
        inGrid = false;
        monitor.take(List.of(new Measurement(Vital.GLUCOSE_INTERSTITIAL, DEVICE, sugar.millis(), sugar.millis(), sugar.value(), Context.UNKNOWN,
                Float.NaN, false, new Coordinates(0, offset, 0))));
        if (inGrid && grid.isMeasured(0)) {
            forecast(sugar);
        }
    }

    @Override
    public void judged(Measurement measurement, Judgement judgement) {
        if (judgement.isDuplicate()) {
            return;
        }
        judged++;
        if (judgement.verdict() != Verdict.ACCEPT) {
            return;
        }
        boolean isMeasured = measurement.value().kind() == Value.Kind.MEASURED;
        long before = grid.newestMillis();
        boolean first = grid.size() == 0;
        seen.add(new LowAlarms.Seen(measurement.effectiveMillis(), judgement.canonicalMilli()));
        inGrid = grid.take(measurement.effectiveMillis(), judgement.canonicalMilli(), isMeasured);
        if (inGrid) {
            long apart = measurement.effectiveMillis() - before;
            cell += first ? 0 : Math.floorDiv(apart + GlucoseGrid.STEP_MILLIS / 2, GlucoseGrid.STEP_MILLIS);
            if (isMeasured) {
                measured.put(cell, judgement.canonicalMilli() / 1_000.0);
            }
        }
    }

    @Override
    public void alert(AlertChange change) {
        if (change.rule() == RuleId.CGM_URGENT_LOW_SOON && switch (change.event()) {
            case RAISED, UPGRADED, UPDATED -> true;
            case DOWNGRADED, CLEARED, INVALIDATED -> false;
        }) {
            alarms.add(change.effectiveMillis());
        }
    }

    private void forecast(CgmSet.Sugar sugar) {
        Optional<GlucoseForecaster> ours = monitor.twin().parts().find(GlucoseForecaster.TYPE);
        Optional<Forecast> forecast = ours.flatMap(forecaster -> forecaster.forecast(sugar.millis()));
        Optional<VitalFilter.Estimate> estimate = monitor.twin().stream(DEVICE, Vital.GLUCOSE_INTERSTITIAL).filter().estimate(0);
        if (forecast.isEmpty() || estimate.isEmpty() || grid.size() < EXTRAPOLATIONS.get(Method.LINEAR).needed()) {
            return;
        }
        largestBytes = Math.max(largestBytes, ours.map(Replay::bytes).orElse(0));
        double level = sugar.value().milli() / 1_000.0;
        double[] newest = {grid.at(3), grid.at(2), grid.at(1), level};
        double[][] forecasts = new double[Method.values().length][STEPS.length];
        double[][] intervals = new double[STEPS.length][];
        for (int h = 0; h < STEPS.length; h++) {
            for (Map.Entry<Method, Extrapolation> one : EXTRAPOLATIONS.entrySet()) {
                forecasts[one.getKey().ordinal()][h] = one.getValue().after(newest, STEPS[h]);
            }
            Forecast.Point point = forecast.get().points().get(h);
            forecasts[Method.LEVEL_SLOPE.ordinal()][h] = LevelSlope.after(estimate.get(), STEPS[h] * STEP_MINUTES);
            forecasts[Method.OURS.ordinal()][h] = point.value();
            intervals[h] = new double[] {point.low(), point.high()};
        }
        pending.put(cell, new Pending(level, forecasts, intervals));
    }

    private static int bytes(GlucoseForecaster forecaster) {
        ByteBuffer buffer = ByteBuffer.allocate(LARGEST_PART);
        forecaster.encode(buffer);
        return buffer.position();
    }

    /** Forecasts whose two outcomes were measured. */
    private List<Moment> moments() {
        List<Moment> moments = new ArrayList<>(pending.size());
        pending.forEach((at, then) -> {
            Double soon = measured.get(at + STEPS[0]);
            Double later = measured.get(at + STEPS[1]);
            if (soon != null && later != null) {
                moments.add(new Moment(then.level(), new double[] {soon, later}, then.forecasts(), then.intervals()));
            }
        });
        return moments;
    }
}
