package io.vitaltwin.testbench.bench.forecast;

import java.util.List;

/**
 * A time at which every method gave a forecast and both outcomes were measured.
 *
 * @param level the value then, mg/dL
 * @param outcomes 30 and 60 minutes later, mg/dL
 * @param forecasts by method, then horizon, mg/dL
 * @param intervals of ours, by horizon: low and high end
 */
record Moment(double level, double[] outcomes, double[][] forecasts, double[][] intervals) {

    static final int HORIZONS = 2;
    /** Names of the bands of the value at the time of the forecast. */
    static final List<String> BANDS = List.of("< 70", "70-180", "> 180");

    double error(Method method, int horizon) {
        return forecasts[method.ordinal()][horizon] - outcomes[horizon];
    }

    boolean isCovered(int horizon) {
        return intervals[horizon][0] <= outcomes[horizon] && outcomes[horizon] <= intervals[horizon][1];
    }

    double width(int horizon) {
        return intervals[horizon][1] - intervals[horizon][0];
    }

    /** Place in {@link #BANDS}. */
    int band() {
        return level < 70 ? 0 : level <= 180 ? 1 : 2;
    }
}
