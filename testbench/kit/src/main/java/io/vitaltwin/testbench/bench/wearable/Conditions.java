package io.vitaltwin.testbench.bench.wearable;

import io.vitaltwin.testbench.data.WearableHrv;
import io.vitaltwin.testbench.data.WearableHrv.Mean;
import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Vital;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Means of a condition, wearable against ECG.
 *
 * <p>Mapping of the conditions, ours: sitting, standing, arithmetic, recovery, paced breathing and the computer task take no steps and are REST;
 * walking is LIGHT (its cadence is not in the set; from 100 steps a minute on it would be VIGOROUS); biking is VIGOROUS (a workout). No
 * condition is SLEEP.
 */
final class Conditions {

    /** The arm band and the clips at ear or finger have no row of their own in the core's table: they count as a watch, as any optical device. */
    static final String KIND = "watch";

    static final String POOLED = "all of them";

    private Conditions() {
    }

    static Optional<Context> context(String condition) {
        return switch (condition) {
            case "sitting", "standing", "arithmetic", "recovery", "breathing", "neurotask" -> Optional.of(Context.REST);
            case "walking" -> Optional.of(Context.LIGHT);
            case "biking" -> Optional.of(Context.VIGOROUS);
            default -> Optional.empty();
        };
    }

    /** Cells by device and context, and of all devices together; heart rate first, then SDNN and RMSSD. */
    static List<Errors.Cell> cells(List<Mean> means) {
        List<Errors.Cell> cells = new ArrayList<>();
        for (Vital vital : List.of(Vital.HEART_RATE, Vital.HRV_SDNN, Vital.HRV_RMSSD)) {
            Map<Context, Map<String, List<Errors.Pair>>> pairs = pairs(means, vital);
            pairs.forEach((context, devices) -> devices.forEach((device, list) ->
                    cells.add(Errors.cell(device, vital, context, Errors.Of.MEAN_OF_MINUTES, list))));
        }
        return cells;
    }

    private static Map<Context, Map<String, List<Errors.Pair>>> pairs(List<Mean> means, Vital vital) {
        Map<String, Mean> reference = means.stream().filter(mean -> mean.device().equals(WearableHrv.ECG))
                .collect(Collectors.toMap(mean -> mean.person() + " " + mean.condition(), mean -> mean));
        Map<Context, Map<String, List<Errors.Pair>>> pairs = new TreeMap<>();
        for (Mean mean : means) {
            Mean truth = reference.get(mean.person() + " " + mean.condition());
            Optional<Context> context = context(mean.condition());
            if (!mean.device().equals(WearableHrv.ECG) && truth != null && context.isPresent()) {
                Errors.Pair pair = Errors.Pair.of(mean.person(), vital, KIND, tableContext(vital, context.get()), value(mean, vital),
                        value(truth, vital));
                Map<String, List<Errors.Pair>> byDevice = pairs.computeIfAbsent(context.get(), none -> new TreeMap<>());
                byDevice.computeIfAbsent(mean.device(), none -> new ArrayList<>()).add(pair);
                byDevice.computeIfAbsent(POOLED, none -> new ArrayList<>()).add(pair);
            }
        }
        return pairs;
    }

    /** The core's table knows the RMSSD of a night and of an unknown context only; awake, the second is what a device would get. */
    private static Context tableContext(Vital vital, Context context) {
        return vital == Vital.HRV_RMSSD ? Context.UNKNOWN : context;
    }

    private static double value(Mean mean, Vital vital) {
        return switch (vital) {
            case HRV_SDNN -> mean.sdnn();
            case HRV_RMSSD -> mean.rmssd();
            default -> mean.meanHr();
        };
    }

    /** Conditions of a set, in order of their names, for the report. */
    static List<String> names(List<Mean> means) {
        return List.copyOf(new TreeSet<>(means.stream().map(Mean::condition).toList()));
    }
}
