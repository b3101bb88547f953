package io.vitaltwin.twin.query;

import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.Verdict;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Readings of one patient over a span, ready to be drawn.
 *
 * @param from begin of the span, included
 * @param to its end, excluded
 * @param vitals in the order in which they were asked for
 * @param markers oldest first
 * @param shown readings that are in it
 * @param withheld readings that no consent covers: they are not in it
 */
public record Trend(Instant from, Instant to, List<Course> vitals, List<Marker> markers, long shown, long withheld) {

    public Trend {
        vitals = List.copyOf(vitals);
        markers = List.copyOf(markers);
    }

    /**
     * One vital.
     *
     * @param unit UCUM; the canonical unit of the vital, whatever the devices sent
     * @param points oldest first; none for a vital of codes
     * @param gapAfterMillis points that are further apart than this are not to be joined
     * @param limits empty where the care plan sets none in force
     * @param personal empty while nothing is known to be usual
     */
    public record Course(String vital, String unit, List<Point> points, long gapAfterMillis, Optional<Limits> limits, Optional<Personal> personal) {

        public Course {
            points = List.copyOf(points);
        }
    }

    /**
     * One reading, or what several of neighbouring times come to.
     *
     * @param t when the reading {@code value} was measured
     * @param min the lowest of them
     * @param value their median; of an even number the lower of the two in the middle, so that it was really measured
     * @param max the highest of them
     * @param verdict the worst of them. Rejected readings count only where there is nothing else
     * @param count readings in it
     */
    public record Point(Instant t, double min, double value, double max, Verdict verdict, int count) {
    }

    /** Where alerts begin; either may be absent, not both. */
    public record Limits(Optional<Double> low, Optional<Double> high) {
    }

    /** What is usual for this patient, and how far from it a value begins to be unusual. */
    public record Personal(double low, double median, double high) {
    }

    /** An alert that was raised, or became more urgent, in the span. */
    public record Marker(Instant t, String kind, String label, String alertId, Priority priority) {
    }
}
