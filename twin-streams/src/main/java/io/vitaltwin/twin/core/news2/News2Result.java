package io.vitaltwin.twin.core.news2;

import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A score with its bounds.
 *
 * @param knownSum points of the inputs that are there: the total when complete, else the least that it can be
 * @param maxPossible the most that the total can be, whatever the missing inputs are; knownSum when complete
 * @param packedSubScores two bits a parameter, see {@link #subScore}
 * @param missingMask see {@link #missing}
 * @param suspectMask see {@link #suspect}
 * @param cappedAtMedium the band would be lower without the suspect inputs: no priority above MEDIUM, and a new measurement is asked for
 * @param oxygenByPrescription air or oxygen was taken from the prescription, for want of a flow
 * @param effectiveMillis newest effective time among the inputs; Long.MIN_VALUE when there is none
 */
public record News2Result(
        int knownSum,
        int maxPossible,
        int packedSubScores,
        int missingMask,
        int suspectMask,
        boolean cappedAtMedium,
        boolean oxygenByPrescription,
        long effectiveMillis) {

    private static final Parameter[] PARAMETERS = Parameter.values();

    /** All seven parameters are known. */
    public boolean complete() {
        return missingMask == 0;
    }

    /** Empty when it is missing. */
    public OptionalInt subScore(Parameter parameter) {
        return isMissing(parameter) ? OptionalInt.empty() : OptionalInt.of(points(parameter));
    }

    /** Parameters that no usable, fresh value was there for. */
    public Set<Parameter> missing() {
        return setOf(missingMask);
    }

    public boolean isMissing(Parameter parameter) {
        return (missingMask & parameter.bit()) != 0;
    }

    /** Scored parameters whose value is SUSPECT. */
    public Set<Parameter> suspect() {
        return setOf(suspectMask);
    }

    /** Some parameter alone gives 3 points. */
    public boolean anyThree() {
        return anyThree(packedSubScores);
    }

    /**
     * The band of a complete score. Of a partial one the least that it can be, and only from LOW_MEDIUM on: below, nothing can be said
     * and this is empty.
     */
    public Optional<Band> band() {
        Band atLeast = Band.of(knownSum, anyThree());
        return complete() || atLeast.isAbove(Band.LOW) ? Optional.of(atLeast) : Optional.empty();
    }

    private int points(Parameter parameter) {
        return packedSubScores >> 2 * parameter.ordinal() & 3;
    }

    static int pack(Parameter parameter, int points) {
        return points << 2 * parameter.ordinal();
    }

    static boolean anyThree(int packed) {
        return (packed & packed >> 1 & 0x5555) != 0;
    }

    private static Set<Parameter> setOf(int mask) {
        Set<Parameter> set = EnumSet.noneOf(Parameter.class);
        for (Parameter parameter : PARAMETERS) {
            if ((mask & parameter.bit()) != 0) {
                set.add(parameter);
            }
        }
        return set;
    }
}
