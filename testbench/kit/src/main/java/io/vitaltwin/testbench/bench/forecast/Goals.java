package io.vitaltwin.testbench.bench.forecast;

import io.vitaltwin.testbench.bench.Figures;

import java.util.ArrayList;
import java.util.List;

/** What the forecasts must reach; what they do not reach is named. */
final class Goals {

    /** Lower error than persistence over all sets together, for 30 and 60 minutes. */
    private static final List<Double> GAINS = List.of(0.13, 0.16);
    private static final double LEAST_COVERED = 0.85;
    private static final double MOST_COVERED = 0.95;
    /** A band with fewer forecasts is shown and not judged: its outcomes are a handful of episodes. Project default. */
    static final int FEWEST = 500;

    private Goals() {
    }

    /** @return a sentence for each goal that is not met */
    static List<String> broken(Scores pooled, List<Scores> sets) {
        List<String> broken = new ArrayList<>();
        for (int h = 0; h < Moment.HORIZONS; h++) {
            int minutes = Scores.MINUTES.get(h);
            double gain = pooled.gain(Method.PERSISTENCE, minutes);
            if (!(gain >= GAINS.get(h))) {
                broken.add("the error at " + minutes + " min is " + Figures.percent(gain) + " below persistence, not " + Figures.percent(GAINS.get(h)));
            }
            for (Scores set : sets) {
                if (!(set.gain(Method.AR2, minutes) > 0)) {
                    broken.add("the error at " + minutes + " min is not below AR2 on " + set.name());
                }
            }
        }
        sets.forEach(set -> set.coverage(Scores.ALL).forEach(one -> coverage(one, set.name(), broken)));
        pooled.coverage(Moment.BANDS.toArray(String[]::new)).stream().filter(one -> one.forecasts() >= FEWEST)
                .forEach(one -> coverage(one, pooled.name(), broken));
        return broken;
    }

    private static void coverage(Scores.Coverage one, String where, List<String> broken) {
        if (!(one.covered() >= LEAST_COVERED && one.covered() <= MOST_COVERED)) {
            broken.add("the 90 % interval at " + one.minutes() + " min covers " + Figures.percent(one.covered()) + " of outcomes on " + where + " (" + one.band()
                    + " mg/dL), not " + Figures.percent(LEAST_COVERED) + " to " + Figures.percent(MOST_COVERED));
        }
    }
}
