package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.baseline.Usual;
import io.vitaltwin.twin.core.state.StreamState;
import io.vitaltwin.twin.core.state.TwinState;

import java.util.Optional;

/**
 * What is usual for this patient: what the twin learned once it rests on enough days, until then what the care plan gives.
 *
 * @see "CLINICAL.md section 7.1"
 */
public final class PersonalBaseline {

    /** Makes a median absolute deviation comparable to a standard deviation: CR 7.1. */
    private static final double MAD_TO_SD = 1.4826;

    private PersonalBaseline() {
    }

    /** The baseline that holds for a vital in a context, whatever its device; of several devices that of the most days. */
    public static Optional<Plan.Baseline> of(TwinState twin, Plan plan, Vital vital, Context context) {
        Usual best = null;
        for (StreamState stream : twin.streams()) {
            if (stream.vital() == vital) {
                Usual usual = stream.habits().usual(context).orElse(null);
                if (usual != null && usual.days() >= Usual.ENOUGH_DAYS && (best == null || usual.days() > best.days())) {
                    best = usual;
                }
            }
        }
        return best == null ? plan.baseline(vital, context)
                : Optional.of(new Plan.Baseline(vital, context, best.medianMilli(), best.madMilli(), best.days()));
    }

    /**
     * How far a value is from what is usual, in robust standard deviations.
     *
     * @param sigma 1 sigma of the measurement; its half is the least deviation that counts as one. NaN when not known
     */
    public static double z(Plan.Baseline baseline, long canonicalMilli, double sigma) {
        double floor = Double.isNaN(sigma) ? 1 : Math.max(1, sigma * 1000 / 2);
        return (canonicalMilli - baseline.medianMilli()) / Math.max(MAD_TO_SD * baseline.madMilli(), floor);
    }
}
