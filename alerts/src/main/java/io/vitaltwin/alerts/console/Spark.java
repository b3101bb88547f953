package io.vitaltwin.alerts.console;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * A small line of one vital. A point is {@code [epoch milliseconds, value]}; a value of null is a gap.
 *
 * @param points oldest first
 */
public record Spark(String vital, String unit, List<List<Number>> points) {

    public Spark {
        points = List.copyOf(points);
    }

    /** Collects the points of one vital of one patient: 72 at most, one a minute at most. Some 4 KB when full. For one thread. Project defaults, no source. */
    static final class Line {

        static final int KEPT = 72;
        static final long LEAST_STEP = 60_000;

        private final Deque<double[]> points = new ArrayDeque<>();
        private String unit = "";

        /** A value in another unit begins a new line; one that is older than the last, or not a number, changes nothing. */
        void add(long millis, Object value, String itsUnit) {
            if (!(value instanceof Number number)) {
                return;
            }
            if (!itsUnit.equals(unit)) {
                points.clear();
                unit = itsUnit;
            }
            double[] last = points.peekLast();
            if (last != null && millis <= last[0]) {
                return;
            }
            if (last != null && Math.floorDiv(millis, LEAST_STEP) == Math.floorDiv((long) last[0], LEAST_STEP)) {
                points.removeLast();
            }
            points.addLast(new double[] {millis, number.doubleValue()});
            if (points.size() > KEPT) {
                points.removeFirst();
            }
        }

        /** @param gapMillis points that are further apart are not joined */
        Spark view(String vital, long gapMillis) {
            List<List<Number>> view = new ArrayList<>();
            double[] before = null;
            for (double[] point : points) {
                if (before != null && point[0] - before[0] > gapMillis) {
                    view.add(Arrays.asList((long) (before[0] + gapMillis), null));
                }
                view.add(List.of((long) point[0], point[1]));
                before = point;
            }
            return new Spark(vital, unit, view);
        }
    }
}
