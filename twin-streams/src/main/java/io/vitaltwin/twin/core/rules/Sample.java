package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.VitalLimits;
import io.vitaltwin.twin.core.state.Point;

/**
 * A judged reading as the rules see it.
 *
 * @param canonicalMilli value in thousandths of the vital's canonical unit; a bound counts as its limit
 * @param sigma measurement uncertainty in the canonical unit; NaN when the reference has none
 * @param sigmaWidened sigma with the widening for pigmentation; equal to sigma where there is none: CR 3.12.2
 * @param intervalMillis expected time between two readings of this stream
 * @param newest no newer reading of this stream has been seen
 */
public record Sample(
        Vital vital,
        Device device,
        Point point,
        long canonicalMilli,
        double sigma,
        double sigmaWidened,
        long intervalMillis,
        boolean newest) {

    public long effectiveMillis() {
        return point.effectiveMillis();
    }

    public Verdict verdict() {
        return point.verdict();
    }

    public Context context() {
        return point.context();
    }

    /** At rest or asleep, by its own context. */
    boolean isAtRest() {
        return context() == Context.REST || context() == Context.SLEEP;
    }

    public boolean isSpot() {
        return !VitalLimits.isContinuous(intervalMillis);
    }

    /** Twice the expected interval: CR 0. */
    public long longestGapMillis() {
        return 2 * intervalMillis;
    }

    /** Not registered is trusted no more than CONSUMER. */
    public boolean isConsumer() {
        return device.grade() == Grade.CONSUMER || device.grade() == Grade.UNKNOWN;
    }
}
