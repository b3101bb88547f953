package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.Units;
import io.vitaltwin.twin.core.state.Point;
import io.vitaltwin.twin.core.state.TwinState;

import java.util.Optional;

/**
 * How a value stands to what is usual for the patient and to what is usual for people.
 *
 * @see "CLINICAL.md section 7.1"
 */
public enum Quadrant {
    USUAL(""),
    CHANGED_FOR_YOU("Changed for you, within usual population range."),
    YOUR_USUAL("Your usual, outside the typical range."),
    UNUSUAL("Unusual for you and outside the typical range.");

    /** From so many robust standard deviations on a value is odd for the person. Project default, no source. */
    private static final double ODD = 3;

    private final String sentence;

    Quadrant(String sentence) {
        this.sentence = sentence;
    }

    /** For an alert's text; empty when there is nothing to say. */
    public String sentence() {
        return sentence;
    }

    /** Empty without a baseline of this context, for a bound, a code, and for vitals of which no typical range is known. */
    public static Optional<Quadrant> of(TwinState twin, Plan plan, Vital vital, Point point) {
        return z(twin, plan, vital, point).flatMap(z -> of(z, plan, vital, point));
    }

    /** As above, of a value whose distance is known. @param z what {@link #z} says of this value */
    public static Optional<Quadrant> of(double z, Plan plan, Vital vital, Point point) {
        long[] typical = typical(vital, plan.spo2Scale());
        if (typical.length == 0 || !point.value().isMeasured()) {
            return Optional.empty();
        }
        long milli = Units.canonicalMilli(point.value(), vital);
        boolean oddForPeople = milli < typical[0] || milli > typical[1];
        return Optional.of(of(Math.abs(z) > ODD, oddForPeople));
    }

    /** Distance from the baseline of the reading's own context; empty without one. */
    public static Optional<Double> z(TwinState twin, Plan plan, Vital vital, Point point) {
        if (!point.value().isMeasured()) {
            return Optional.empty();
        }
        double sigma = point.sigmaMilli() < 0 ? Double.NaN : point.sigmaMilli() / 1000.0;
        return PersonalBaseline.of(twin, plan, vital, point.context())
                .map(baseline -> PersonalBaseline.z(baseline, Units.canonicalMilli(point.value(), vital), sigma));
    }

    static Quadrant of(boolean oddForPerson, boolean oddForPeople) {
        if (oddForPerson) {
            return oddForPeople ? UNUSUAL : CHANGED_FOR_YOU;
        }
        return oddForPeople ? YOUR_USUAL : USUAL;
    }

    /** The values that score 0 in NEWS2 (CR 2.1); glucose: the target range (CR 3.4). Ends included; empty: none is known. */
    private static long[] typical(Vital vital, int spo2Scale) {
        return switch (vital) {
            case HEART_RATE -> new long[] {51_000, 90_000};
            case SPO2 -> spo2Scale == 2 ? new long[] {88_000, 92_000} : new long[] {96_000, 100_000};
            case RESPIRATORY_RATE -> new long[] {12_000, 20_000};
            case BP_SYSTOLIC -> new long[] {111_000, 219_000};
            case BODY_TEMPERATURE -> new long[] {36_100, 38_000};
            case GLUCOSE_INTERSTITIAL, GLUCOSE_CAPILLARY -> new long[] {70_000, 180_000};
            default -> new long[] {};
        };
    }
}
