package io.vitaltwin.twin.core.forecast;

import java.util.List;

/**
 * What interstitial glucose may be soon, mg/dL.
 *
 * @param originMillis effective time of the reading that it starts from
 * @param mgPerDl value of that reading, in whole mg/dL
 * @param points nearest first: 30 and 60 minutes after the origin
 */
public record Forecast(long originMillis, int mgPerDl, List<Point> points) {

    /**
     * @param value expected
     * @param low the 90 % interval's lower end: 1 outcome in 20 lies below
     * @param high its upper end
     */
    public record Point(long millis, double value, double low, double high) {
    }

    public Forecast {
        points = List.copyOf(points);
    }

    /** Expected value so long after the origin, on straight lines between the points. @param millis at most the last point's */
    public double after(long millis) {
        double fromValue = mgPerDl;
        long from = originMillis;
        for (Point point : points) {
            if (originMillis + millis <= point.millis()) {
                return fromValue + (point.value() - fromValue) * (originMillis + millis - from) / (point.millis() - from);
            }
            fromValue = point.value();
            from = point.millis();
        }
        throw new IllegalArgumentException("the forecast does not reach " + millis + " ms ahead");
    }
}
