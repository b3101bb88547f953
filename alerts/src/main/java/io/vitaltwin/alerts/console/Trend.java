package io.vitaltwin.alerts.console;

import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.Verdict;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * Readings of one patient over a span, and what happened in it.
 *
 * @param vitals in the order in which they were asked for
 * @param markers oldest first
 */
public record Trend(Instant from, Instant to, List<Series> vitals, List<Marker> markers) {

    public Trend {
        vitals = List.copyOf(vitals);
        markers = List.copyOf(markers);
    }

    /**
     * @param points oldest first
     * @param gapAfterMillis points that are further apart are not joined
     * @param limits null: none
     * @param personal what is usual for the patient; null: not known
     */
    public record Series(
            String vital, String unit, List<Point> points, long gapAfterMillis, @Nullable Limits limits, @Nullable Personal personal) {

        public Series {
            points = List.copyOf(points);
        }
    }

    /**
     * One reading, or the readings of one bucket. Null: none, such as of a coded value.
     *
     * @param t epoch milliseconds, effective time
     */
    public record Point(long t, @Nullable Double min, @Nullable Object value, @Nullable Double max, Verdict verdict) {
    }

    public record Limits(@Nullable Double low, @Nullable Double high) {
    }

    public record Personal(double low, double median, double high) {
    }

    /**
     * @param t epoch milliseconds
     * @param kind alert, ack, note or report
     * @param alertId null: about no alert
     * @param priority null: about no alert
     */
    public record Marker(long t, String kind, String label, @Nullable String alertId, @Nullable Priority priority) {
    }
}
