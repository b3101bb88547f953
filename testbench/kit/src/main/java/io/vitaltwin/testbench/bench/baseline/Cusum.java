package io.vitaltwin.testbench.bench.baseline;

import io.vitaltwin.testbench.bench.Stats;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Sums up how far each day lies above the usual, less an allowance; flagged while the sum is above its limit.
 *
 * <p>The usual is median and spread (1.4826 MAD) of the 28 days before, without today; the spread is at least half the sigma that the core
 * assumes for a watch in sleep. After more than one missing day the sum begins anew (the project's rule for missing nights). It stops at twice the
 * limit, so that it comes back within days (project default, no source).
 *
 * @see "Mishra et al., Nat Biomed Eng 2020;4:1208; clinical-reference.md sections 7.1 (floor) and 7.2 (k, h, vector)"
 */
final class Cusum implements DailyDetector {

    static final double ALLOWANCE = 0.5;
    static final double LIMIT = 4;

    private static final int BASELINE_DAYS = 28;
    private static final double MAD_TO_SD = 1.4826;
    /** CR 4.4: a consumer's watch in sleep has 2.5 /min; CR 7.1: the floor is half of it. */
    private static final double FLOOR = 1.25;
    private static final int LONGEST_STEP_DAYS = 2;

    private final Deque<Day> before = new ArrayDeque<>();
    private double sum;

    private record Day(long epochDay, double pulse) {
    }

    @Override
    public boolean isFlagged(long epochDay, int pulse) {
        while (!before.isEmpty() && before.getFirst().epochDay() < epochDay - BASELINE_DAYS) {
            before.removeFirst();
        }
        if (before.isEmpty() || epochDay - before.getLast().epochDay() > LONGEST_STEP_DAYS) {
            sum = 0;
        }
        if (!before.isEmpty()) {
            double[] pulses = before.stream().mapToDouble(Day::pulse).toArray();
            double usual = Stats.median(pulses);
            double mad = Stats.median(before.stream().mapToDouble(day -> Math.abs(day.pulse() - usual)).toArray());
            sum = next(sum, (pulse - usual) / Math.max(MAD_TO_SD * mad, FLOOR));
        }
        before.addLast(new Day(epochDay, pulse));
        return sum > LIMIT;
    }

    static double next(double sum, double z) {
        return Math.min(2 * LIMIT, Math.max(0, sum + z - ALLOWANCE));
    }
}
