package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.baseline.Usual;
import io.vitaltwin.twin.core.forecast.Forecast;
import io.vitaltwin.twin.core.forecast.GlucoseForecaster;
import io.vitaltwin.twin.core.forecast.VitalFilter;
import io.vitaltwin.twin.core.quality.Units;
import io.vitaltwin.twin.core.quality.VitalLimits;
import io.vitaltwin.twin.core.state.Point;
import io.vitaltwin.twin.core.state.StreamState;

import java.util.Optional;

/**
 * What a custom condition may look at: the twin at one instant. What is not known, or too old to be current, is absent.
 *
 * @see "CLINICAL.md section 1.2 (how long a value is current)"
 */
public final class TwinView {

    private final Turn turn;
    private final long atMillis;

    TwinView(Turn turn, long atMillis) {
        this.turn = turn;
        this.atMillis = atMillis;
    }

    /** The newest reading of a vital that may be shown, with the stream that it came from. */
    public record Newest(StreamState stream, Point point, long ttlMillis) {

        /** In thousandths of the vital's canonical unit; a bound counts as its limit. */
        public long canonicalMilli() {
            return Units.canonicalMilli(point.value(), stream.vital());
        }
    }

    public long atMillis() {
        return atMillis;
    }

    /** The newest reading of any age and device; of two with one time that of the better grade. */
    public Optional<Newest> newest(Vital vital) {
        StreamState best = null;
        Point newest = null;
        for (StreamState stream : turn.twin().streams()) {
            if (stream.vital() == vital) {
                Point point = stream.latest().orElse(null);
                if (point != null && (newest == null || isBetter(point, newest))) {
                    best = stream;
                    newest = point;
                }
            }
        }
        return best == null || newest == null ? Optional.empty() : Optional.of(new Newest(best, newest, ttlMillis(best, newest)));
    }

    private static boolean isBetter(Point point, Point than) {
        int newer = Long.compare(point.effectiveMillis(), than.effectiveMillis());
        return newer > 0 || newer == 0 && point.grade().compareTo(than.grade()) < 0;
    }

    private long ttlMillis(StreamState stream, Point point) {
        return VitalLimits.ttlMillis(stream.vital(), VitalLimits.isContinuous(intervalMillis(stream, point)));
    }

    /** Expected time between two readings of the stream. */
    long intervalMillis(StreamState stream, Point point) {
        var device = turn.plan().device(stream.deviceId(), point.effectiveMillis());
        return turn.plan().intervalMillis(stream.vital(), device, VitalLimits.intervalMillis(stream.vital(), device));
    }

    /** The newest reading if it still counts as current. */
    public Optional<Newest> latest(Vital vital) {
        return newest(vital).filter(found -> ageMillis(found) <= found.ttlMillis());
    }

    /** How old a reading is; one from after this instant is not old. */
    public long ageMillis(Newest found) {
        return Math.max(0, atMillis - found.point().effectiveMillis());
    }

    /**
     * What is usual for this patient in this context: as the twin has learned it over enough days from the device of the newest reading, else as
     * the care plan knows it.
     */
    public Optional<Plan.Baseline> baseline(Vital vital, Context context) {
        return newest(vital).flatMap(found -> found.stream().habits().usual(context)).filter(usual -> usual.days() >= Usual.ENOUGH_DAYS)
                .map(usual -> new Plan.Baseline(vital, context, usual.medianMilli(), usual.madMilli(), usual.days()))
                .or(() -> turn.plan().baseline(vital, context));
    }

    /** Filtered level and slope of a current value, as of this instant; the slope is a change a minute. */
    public Optional<VitalFilter.Estimate> trend(Vital vital) {
        return latest(vital).flatMap(found -> found.stream().filter().estimate(Math.max(0, atMillis - found.stream().usableMillis())));
    }

    /** What is expected, from the device of the newest reading; of glucose only. */
    public Optional<Forecast> forecast(Vital vital) {
        if (vital != Vital.GLUCOSE_INTERSTITIAL) {
            return Optional.empty();
        }
        return latest(vital).flatMap(found -> turn.twin().parts().find(GlucoseForecaster.TYPE)
                .filter(forecaster -> forecaster.follows(found.stream().deviceId())).flatMap(forecaster -> forecaster.forecast(atMillis)));
    }

    /** What the patient was doing at the newest reading that is current; UNKNOWN when there is none. */
    public Context context() {
        Point newest = null;
        for (Vital vital : Vital.values()) {
            Point point = latest(vital).map(Newest::point).orElse(null);
            if (point != null && (newest == null || point.effectiveMillis() > newest.effectiveMillis())) {
                newest = point;
            }
        }
        return newest == null ? Context.UNKNOWN : newest.context();
    }
}
