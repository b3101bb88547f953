package io.vitaltwin.testbench.bench.af;

import io.vitaltwin.testbench.bench.Figures;
import io.vitaltwin.testbench.bench.Table;
import io.vitaltwin.twin.core.rhythm.BeatStatistics;
import io.vitaltwin.twin.core.rhythm.SampleEntropy;
import io.vitaltwin.twin.core.rhythm.SymbolEntropy;

import java.util.ArrayList;
import java.util.List;

/**
 * The vectors of the reference, expected against computed by the core.
 *
 * @see "clinical-reference.md section 3.5, test vectors"
 */
final class Vectors {

    /** Statistics are of the first 128 beats, Zhou's entropy of the first 129. */
    private static final int BEATS = 128;
    private static final List<Expected> EXPECTED = List.of(
            new Expected(Series.AF1, 756.3, 0.2766, 0.6429, 0.9824, 0.9798, -0.376, true),
            new Expected(Series.AF2, 676.2, 0.1530, 0.5794, 0.9842, 0.8024, -0.858, true),
            new Expected(Series.RSA, 900.7, 0.0551, 0.4048, 0.5745, 0.0131, -2.109, false),
            new Expected(Series.SR, 849.9, 0.0423, 0.4286, 0.9764, 0.0260, -1.999, false),
            new Expected(Series.BIGEMINY, 800.0, 0.7000, 1.0000, 0.2500, 0.0023, -2.590, false),
            new Expected(Series.PAC, 848.9, 0.2571, 0.6667, 0.3338, 0.0439, -2.423, false));

    private Vectors() {
    }

    private record Expected(Series series, double mean, double rmssdByMean, double turningPoints, double entropy16, double zhou, double cosen,
            boolean fibrillation) {
    }

    /** One figure of one series. @param decimals that the reference gives */
    record Check(String series, String figure, int decimals, double expected, double computed, boolean met) {

        static Check of(Series series, String figure, int decimals, double expected, double computed) {
            boolean met = Math.abs(expected - computed) <= 0.5 * StrictMath.pow(10, -decimals) + 1e-9;
            return new Check(series.name(), figure, decimals, expected, computed, met);
        }

        String problem() {
            return "vector " + series + " " + figure + ": " + Figures.fixed(expected, decimals) + " expected, "
                    + Figures.fixed(computed, decimals + 1) + " computed";
        }

        /** As computed; what is not as expected says so. */
        String cell() {
            return Figures.fixed(computed, decimals) + (met ? "" : " (not " + Figures.fixed(expected, decimals) + ")");
        }
    }

    /** @param entropyFrom Zhou's entropy that counts as irregular */
    static List<Check> check(double entropyFrom) {
        List<Check> checks = new ArrayList<>();
        for (Expected expected : EXPECTED) {
            Series series = expected.series();
            double[] beats = series.millis(BEATS);
            BeatStatistics dash = BeatStatistics.of(beats);
            double zhou = zhou(series.millis(SymbolEntropy.BEATS));
            double cosen = SampleEntropy.cosen(beats);
            checks.add(Check.of(series, "mean ms", 1, expected.mean(), dash.meanMillis()));
            checks.add(Check.of(series, "RMSSD/mean", 4, expected.rmssdByMean(), dash.rmssdByMean()));
            checks.add(Check.of(series, "TPR", 4, expected.turningPoints(), dash.turningPoints()));
            checks.add(Check.of(series, "ShE16", 4, expected.entropy16(), dash.entropy16()));
            checks.add(Check.of(series, "Zhou E", 4, expected.zhou(), zhou));
            checks.add(Check.of(series, "COSEn", 3, expected.cosen(), cosen));
            int says = (dash.isIrregular() ? 1 : 0) + (zhou >= entropyFrom ? 1 : 0) + (cosen > SampleEntropy.IRREGULAR_ABOVE ? 1 : 0);
            checks.add(Check.of(series, "detectors that say AF", 0, expected.fibrillation() ? 3 : 0, says));
        }
        return checks;
    }

    private static double zhou(double[] millis) {
        SymbolEntropy entropy = new SymbolEntropy();
        for (double each : millis) {
            entropy.add(Math.round(each * 1_000));
        }
        return entropy.value();
    }

    /** A row a series, each figure as computed; one that is not as expected is marked. */
    static Table table(List<Check> checks) {
        Table table = Table.of("series", "what", "mean ms", "RMSSD/mean", "TPR", "ShE16", "Zhou E", "COSEn", "say AF");
        for (Series series : Series.values()) {
            List<Object> cells = new ArrayList<>(List.of(series.name(), series.words()));
            checks.stream().filter(check -> check.series().equals(series.name())).map(Check::cell).forEach(cells::add);
            table.row(cells.toArray());
        }
        return table;
    }
}
