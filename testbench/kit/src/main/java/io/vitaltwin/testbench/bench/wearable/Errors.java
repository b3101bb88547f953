package io.vitaltwin.testbench.bench.wearable;

import io.vitaltwin.testbench.bench.Stats;
import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.PatientFacts;
import io.vitaltwin.twin.core.quality.Sigma;

import java.util.List;
import java.util.Set;

/** Errors against a reference in units of the sigma that the core assumes, and what follows for its table. */
final class Errors {

    /** The goal for the standard deviation of z. */
    static final double LEAST = 0.7;
    static final double MOST = 1.3;
    /** A cell of fewer errors makes no verdict. */
    static final int FEWEST = 8;
    /** Below so many people a table is not changed, whatever a cell says; project default, no source. */
    static final int FEWEST_PERSONS = 10;

    private Errors() {
    }

    /** What an error is of: a mean over minutes averages out what single readings scatter. */
    enum Of { MEAN_OF_MINUTES, READING }

    /** @param sigma of the core for this reading; NaN where its table has none */
    record Pair(String person, double measured, double truth, double sigma) {

        static Pair of(String person, Vital vital, String kind, Context context, double measured, double truth) {
            Device device = new Device("wearable", kind, Grade.CONSUMER, Set.of(vital), 0, Long.MIN_VALUE, Long.MAX_VALUE);
            double sigma = Sigma.of(vital, device, context, Math.round(measured * 1_000), PatientFacts.NONE);
            return new Pair(person, measured, truth, Double.isFinite(sigma) ? sigma : Double.NaN);
        }

        double error() {
            return measured - truth;
        }

        double z() {
            return error() / sigma;
        }
    }

    /** What the standard deviation of z says of the table. */
    enum Verdict {
        FITS("fits"),
        TOO_SMALL("sigma too small"),
        TOO_LARGE("sigma too large"),
        AVERAGED("below 0.7, but of means: says nothing of readings"),
        TOO_FEW("fewer than 8: no verdict"),
        NO_SIGMA("the table has no sigma here");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /**
     * One cell of the report.
     *
     * @param meanSigma mean of the sigmas that the core gave
     * @param sdZ standard deviation of z about its mean
     * @param zeroZ standard deviation of z about 0, the bias that the core assumes; with an interval as if errors were independent, which those of
     *     one person are not
     * @param leastWithoutOne smallest zeroZ when any one person is left out, mostWithoutOne the largest; NaN of one person
     */
    record Cell(String device, Vital vital, Context context, Of of, int n, int persons, double bias, double sd, double mae, double meanSigma,
            double sdZ, Stats.Estimate zeroZ, double leastWithoutOne, double mostWithoutOne, Verdict verdict) {

        /** Outside the goal with enough errors: somebody must look at the table. */
        boolean isOutside() {
            return verdict == Verdict.TOO_SMALL || verdict == Verdict.TOO_LARGE;
        }

        /** Outside, and with enough people to change a table for. */
        boolean isGround() {
            return isOutside() && persons >= FEWEST_PERSONS;
        }
    }

    static Cell cell(String device, Vital vital, Context context, Of of, List<Pair> pairs) {
        double[] errors = pairs.stream().mapToDouble(Pair::error).toArray();
        double[] z = z(pairs);
        List<String> persons = pairs.stream().map(Pair::person).distinct().sorted().toList();
        double[] without = persons.size() < 2 ? new double[0] : persons.stream()
                .mapToDouble(person -> Stats.rms(z(pairs.stream().filter(pair -> !pair.person().equals(person)).toList()))).toArray();
        Stats.Estimate aboutZero = Stats.aboutZero(z);
        return new Cell(device, vital, context, of, pairs.size(), persons.size(), Stats.mean(errors), Stats.sd(errors), Stats.mae(errors),
                Stats.mean(pairs.stream().mapToDouble(Pair::sigma).filter(Double::isFinite).toArray()), Stats.sd(z), aboutZero,
                Stats.quantile(without, 0), Stats.quantile(without, 1), verdict(of, z.length, aboutZero.value()));
    }

    private static double[] z(List<Pair> pairs) {
        return pairs.stream().mapToDouble(Pair::z).filter(Double::isFinite).toArray();
    }

    /**
     * The error of a mean is that of its readings without what averages out, so a mean can show a sigma too small, and never one too large. The
     * core assumes a bias of 0 (CR 4.4), so sigma must cover the bias too: a device that is off by much and always the same is not a precise one.
     *
     * @param n errors with a sigma
     * @param zeroZ standard deviation of z about 0
     */
    static Verdict verdict(Of of, int n, double zeroZ) {
        if (n == 0) {
            return Verdict.NO_SIGMA;
        }
        if (n < FEWEST) {
            return Verdict.TOO_FEW;
        }
        if (zeroZ > MOST) {
            return Verdict.TOO_SMALL;
        }
        if (zeroZ >= LEAST) {
            return Verdict.FITS;
        }
        return of == Of.READING ? Verdict.TOO_LARGE : Verdict.AVERAGED;
    }
}
