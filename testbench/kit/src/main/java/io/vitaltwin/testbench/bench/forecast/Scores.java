package io.vitaltwin.testbench.bench.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How good the forecasts of one group of moments were: a subject, a set or all. Every method is judged on the same moments.
 *
 * @param errors by method, then horizon
 * @param coverage of the 90 % interval of ours: by horizon, all values first and then by band
 */
record Scores(String name, int forecasts, List<Error> errors, List<Coverage> coverage) {

    /** Minutes ahead, by horizon. */
    static final List<Integer> MINUTES = List.of(30, 60);
    static final String ALL = "all";

    /** mg/dL. @param bias mean of forecast less outcome */
    record Error(String method, int minutes, double rmse, double mae, double bias) {
    }

    /** @param covered share of outcomes within the interval; NaN without forecasts @param meanWidth mg/dL */
    record Coverage(int minutes, String band, int forecasts, double covered, double meanWidth) {
    }

    static Scores of(String name, List<Moment> moments) {
        List<Error> errors = new ArrayList<>();
        List<Coverage> coverage = new ArrayList<>();
        for (Method method : Method.values()) {
            for (int h = 0; h < Moment.HORIZONS; h++) {
                errors.add(error(method, h, moments));
            }
        }
        for (int h = 0; h < Moment.HORIZONS; h++) {
            coverage.add(coverage(ALL, h, moments));
            for (int band = 0; band < Moment.BANDS.size(); band++) {
                int which = band;
                coverage.add(coverage(Moment.BANDS.get(band), h, moments.stream().filter(moment -> moment.band() == which).toList()));
            }
        }
        return new Scores(name, moments.size(), errors, coverage);
    }

    private static Error error(Method method, int horizon, List<Moment> moments) {
        double squares = 0;
        double distances = 0;
        double sum = 0;
        for (Moment moment : moments) {
            double error = moment.error(method, horizon);
            squares += error * error;
            distances += Math.abs(error);
            sum += error;
        }
        int n = moments.size();
        return new Error(method.label(), MINUTES.get(horizon), Math.sqrt(squares / n), distances / n, sum / n);
    }

    private static Coverage coverage(String band, int horizon, List<Moment> moments) {
        long covered = moments.stream().filter(moment -> moment.isCovered(horizon)).count();
        double width = moments.stream().mapToDouble(moment -> moment.width(horizon)).sum();
        int n = moments.size();
        return new Coverage(MINUTES.get(horizon), band, n, (double) covered / n, width / n);
    }

    double rmse(Method method, int minutes) {
        return errors.stream().filter(error -> error.method().equals(method.label()) && error.minutes() == minutes).findFirst().orElseThrow().rmse();
    }

    /** How much lower the error of ours is, as a part of the other's. */
    double gain(Method over, int minutes) {
        return 1 - rmse(Method.OURS, minutes) / rmse(over, minutes);
    }

    List<Coverage> coverage(String... bands) {
        return coverage.stream().filter(one -> Arrays.asList(bands).contains(one.band())).toList();
    }
}
