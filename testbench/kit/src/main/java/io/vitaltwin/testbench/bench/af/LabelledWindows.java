package io.vitaltwin.testbench.bench.af;

import io.vitaltwin.testbench.bench.Stats;
import io.vitaltwin.testbench.data.RrFeatures.Window;
import io.vitaltwin.twin.core.rhythm.BeatStatistics;
import io.vitaltwin.twin.core.rhythm.SampleEntropy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Published thresholds on labelled windows. Nothing is fitted to them. */
final class LabelledWindows {

    private LabelledWindows() {
    }

    /**
     * What one threshold says of all windows.
     *
     * @param above the published threshold; fibrillation is above it
     * @param auroc best that any threshold of this feature alone could do, given as such
     */
    record Detector(String feature, double above, long windows, long fibrillation, long found, long passed, Stats.Estimate sensitivity,
            Stats.Estimate specificity, Stats.Estimate auroc) {

        private static Detector of(String feature, double above, List<Window> windows, ToDoubleFunction<Window> value) {
            List<Double> positives = new ArrayList<>();
            List<Double> negatives = new ArrayList<>();
            windows.forEach(window -> (window.fibrillation() ? positives : negatives).add(value.applyAsDouble(window)));
            long found = positives.stream().filter(each -> each > above).count();
            long passed = negatives.stream().filter(each -> each <= above).count();
            return new Detector(feature, above, windows.size(), positives.size(), found, passed, Stats.share(found, positives.size()),
                    Stats.share(passed, negatives.size()), Stats.auroc(positives, negatives));
        }
    }

    static List<Detector> detectors(List<Window> windows) {
        return List.of(
                Detector.of("RMSSD/mean RR", BeatStatistics.RMSSD_BY_MEAN_ABOVE, windows, window -> window.rmssdSeconds() / window.meanSeconds()),
                Detector.of("COSEn", SampleEntropy.IRREGULAR_ABOVE, windows, Window::cosen));
    }
}
