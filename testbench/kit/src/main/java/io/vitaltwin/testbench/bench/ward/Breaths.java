package io.vitaltwin.testbench.bench.ward;

import io.vitaltwin.testbench.bench.Stats;
import io.vitaltwin.testbench.data.Bidmc;
import io.vitaltwin.testbench.data.Bidmc.Recording;
import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.PatientFacts;
import io.vitaltwin.twin.core.quality.Sigma;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;

/**
 * The respiration rate that the monitor showed against breaths that two people marked in the signal, a look each ten seconds over the minute
 * before it. Where the two do not agree there is no truth and no look.
 */
final class Breaths {

    private static final int WINDOW_SECONDS = 60;
    private static final int STEP_SECONDS = 10;
    /** Project default, no source: two counts of one minute that differ by more are not the same breathing. */
    private static final double AGREE = 2;
    /** Upper end of the goal for the standard deviation of z. */
    private static final double MOST_Z = 1.3;

    private Breaths() {
    }

    /** @param error shown minus true, /min */
    record Look(String recording, double truth, double shown) {

        double error() {
            return shown - truth;
        }
    }

    static List<Look> looks(List<Recording> recordings, int[] disagreed) {
        List<Look> looks = new ArrayList<>();
        for (Recording recording : recordings) {
            for (Bidmc.Second second : recording.seconds()) {
                if (second.second() >= WINDOW_SECONDS && second.second() % STEP_SECONDS == 0 && second.breaths().isPresent()) {
                    OptionalDouble truth = truth(recording, second.second());
                    if (truth.isPresent()) {
                        looks.add(new Look(recording.name(), truth.getAsDouble(), second.breaths().getAsLong() / 1_000.0));
                    } else {
                        disagreed[0]++;
                    }
                }
            }
        }
        return looks;
    }

    private static OptionalDouble truth(Recording recording, int second) {
        double one = rate(recording.breaths1(), second);
        double two = rate(recording.breaths2(), second);
        return Math.abs(one - two) <= AGREE ? OptionalDouble.of((one + two) / 2) : OptionalDouble.empty();
    }

    /** Breaths a minute from the first to the last breath in the window; NaN of fewer than three. */
    static double rate(List<Long> breaths, int second) {
        long until = second * 1_000L;
        List<Long> inside = breaths.stream().filter(at -> at > until - WINDOW_SECONDS * 1_000L && at <= until).toList();
        if (inside.size() < 3) {
            return Double.NaN;
        }
        return 60_000.0 * (inside.size() - 1) / (inside.getLast() - inside.getFirst());
    }

    /** @param hits looks beyond the limit in truth that the monitor showed beyond it; falls: looks within that it showed within */
    record Detection(String limit, Ward.Share hits, Ward.Share falls, int recordings) {
    }

    static Detection detection(List<Look> looks, String limit, DoublePredicate beyond) {
        List<Look> positive = looks.stream().filter(look -> beyond.test(look.truth())).toList();
        List<Look> negative = looks.stream().filter(look -> !beyond.test(look.truth())).toList();
        return new Detection(limit,
                Ward.Share.of(positive.stream().filter(look -> beyond.test(look.shown())).count(), positive.size()),
                Ward.Share.of(negative.stream().filter(look -> !beyond.test(look.shown())).count(), negative.size()),
                (int) positive.stream().map(Look::recording).distinct().count());
    }

    /** One value minus another that should be the same. */
    record Difference(String recording, double value) {
    }

    /**
     * How well two values agree, also in units of the sigma that the core assumes for their difference.
     *
     * @param n pairs; bias, spread and mean absolute error of the first against the second; far: share beyond 5 /min
     * @param zeroZ standard deviation of the difference by sigma, about 0: the core assumes no bias
     * @param leastWithoutOne smallest zeroZ when any one recording is left out, mostWithoutOne the largest
     * @param typicalZ median over the recordings of each one's own zeroZ: a few recordings that went wrong as a whole do not move it
     * @param above recordings whose own zeroZ is above 1.3
     */
    record Agreement(int n, int recordings, double bias, Stats.Estimate sd, double mae, Ward.Share far, double sigma, Stats.Estimate zeroZ,
            double leastWithoutOne, double mostWithoutOne, double typicalZ, int above) {

        static Agreement of(List<Difference> differences, double sigma) {
            double[] values = differences.stream().mapToDouble(Difference::value).toArray();
            List<String> recordings = differences.stream().map(Difference::recording).distinct().toList();
            double[] without = recordings.stream().mapToDouble(one -> z(differences, sigma, other -> !other.equals(one))).filter(Double::isFinite).toArray();
            double[] within = recordings.stream().mapToDouble(one -> z(differences, sigma, one::equals)).toArray();
            long far = Arrays.stream(values).filter(difference -> Math.abs(difference) > 5).count();
            return new Agreement(values.length, recordings.size(), Stats.mean(values), Stats.deviation(values), Stats.mae(values),
                    Ward.Share.of(far, values.length), sigma, Stats.aboutZero(Arrays.stream(values).map(value -> value / sigma).toArray()),
                    Stats.quantile(without, 0), Stats.quantile(without, 1), Stats.median(within),
                    (int) Arrays.stream(within).filter(z -> z > MOST_Z).count());
        }

        private static double z(List<Difference> differences, double sigma, Predicate<String> recordings) {
            return Stats.rms(differences.stream().filter(difference -> recordings.test(difference.recording())).mapToDouble(Difference::value).toArray())
                    / sigma;
        }
    }

    /** The core's sigma of a clinical device for someone at rest. */
    private static double sigma(Vital vital, String kind, Grade grade) {
        Device device = new Device(kind, kind, grade, Set.of(vital), 1_000, Long.MIN_VALUE, Long.MAX_VALUE);
        return Sigma.of(vital, device, Context.REST, 0, PatientFacts.NONE);
    }

    /** Respiration shown minus breaths marked by hand, in units of the sigma of a clinical device. */
    static Agreement breaths(List<Look> looks) {
        return Agreement.of(looks.stream().map(look -> new Difference(look.recording(), look.error())).toList(),
                sigma(Vital.RESPIRATORY_RATE, "kit", Grade.CLINICAL));
    }

    /** Pulse of the oximeter minus heart rate of the ECG, each second that has both: sigma is that of both devices together. */
    static Agreement pulses(List<Recording> recordings) {
        double sigma = Math.hypot(sigma(Vital.HEART_RATE, "kit", Grade.CLINICAL), sigma(Vital.HEART_RATE, "finger-oximeter", Grade.MEDICAL_HOME));
        return Agreement.of(recordings.stream().flatMap(recording -> recording.seconds().stream()
                .filter(second -> second.heartRate().isPresent() && second.pulse().isPresent())
                .map(second -> new Difference(recording.name(), (second.pulse().getAsLong() - second.heartRate().getAsLong()) / 1_000.0))).toList(), sigma);
    }
}
