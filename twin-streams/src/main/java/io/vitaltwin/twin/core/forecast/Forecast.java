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
}
