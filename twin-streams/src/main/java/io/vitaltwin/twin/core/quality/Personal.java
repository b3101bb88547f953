package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Vital;

import java.util.OptionalLong;

/** What is usual for this patient, as far as it is known. */
@FunctionalInterface
public interface Personal {

    /** Nothing is known. */
    Personal UNKNOWN = (vital, context) -> OptionalLong.empty();

    /** The median of the personal baseline in this context, in thousandths of the vital's canonical unit. */
    OptionalLong medianMilli(Vital vital, Context context);

    /** Resting pulse; where only the sleeping pulse is known, that, which is lower and so makes the checks more careful. */
    default OptionalLong restingPulseMilli() {
        OptionalLong resting = medianMilli(Vital.HEART_RATE, Context.REST);
        return resting.isPresent() ? resting : medianMilli(Vital.HEART_RATE, Context.SLEEP);
    }
}
