package io.vitaltwin.testbench.bench.ward;

import io.vitaltwin.testbench.bench.Stats;
import io.vitaltwin.twin.core.news2.Parameter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** NEWS2 of a ward: how complete, which bands, and the highest of the last day against the outcome. */
final class ScoreTally {

    private static final long DAY_MILLIS = 86_400_000;

    private ScoreTally() {
    }

    /**
     * @param sets scored sets; complete: with all seven parameters
     * @param totals sets by total, complete ones only
     * @param bands sets by band: of complete sets the band, of partial ones the least that it can be where something can be said
     * @param missing sets that lacked each parameter
     */
    record Distribution(int sets, int complete, Map<Integer, Integer> totals, Map<String, Integer> bands, Map<String, Integer> missing) {
    }

    static Distribution distribution(List<WardRun.Outcome> outcomes) {
        Map<Integer, Integer> totals = new TreeMap<>();
        Map<String, Integer> bands = new TreeMap<>();
        Map<String, Integer> missing = new TreeMap<>();
        int sets = 0;
        int complete = 0;
        for (WardRun.Outcome outcome : outcomes) {
            for (WardRun.Score score : outcome.scores()) {
                sets++;
                boolean whole = score.result().complete();
                if (whole) {
                    complete++;
                    totals.merge(score.result().knownSum(), 1, Integer::sum);
                }
                String band = score.result().band().map(Enum::name).orElse("nothing can be said");
                bands.merge(whole ? "complete " + band : "partial, at least " + band, 1, Integer::sum);
                for (Parameter parameter : score.result().missing()) {
                    missing.merge(parameter.id(), 1, Integer::sum);
                }
            }
        }
        return new Distribution(sets, complete, totals, bands, missing);
    }

    /** @param died patients who died and had a score in the last day; survived the others; area of the highest known sum of that day */
    record Discrimination(int died, int survived, Stats.Estimate area) {
    }

    /** The known sum is a lower bound of the total where inputs are missing. The last day is that before death, discharge or end of the record. */
    static Discrimination discrimination(List<WardPatient> patients, List<WardRun.Outcome> outcomes) {
        List<Double> died = new ArrayList<>();
        List<Double> survived = new ArrayList<>();
        for (int i = 0; i < patients.size(); i++) {
            WardPatient patient = patients.get(i);
            outcomes.get(i).scores().stream()
                    .filter(score -> score.at() <= patient.endMillis() && score.at() > patient.endMillis() - DAY_MILLIS)
                    .mapToDouble(score -> score.result().knownSum()).max()
                    .ifPresent(highest -> (patient.died() ? died : survived).add(highest));
        }
        return new Discrimination(died.size(), survived.size(), Stats.auroc(died, survived));
    }
}
