package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Priority;

import java.util.List;
import java.util.Set;

/**
 * For whom a rule's numbers were made. What it says about somebody else is EXTRAPOLATED and at most MEDIUM, unless it is a guideline's
 * own rule.
 *
 * @param minAge in whole years; 0: none
 * @param maxAge in whole years; {@link #NO_LIMIT}: none
 * @param excludes conditions of patients for whom the rule was not made
 * @param guideline a guideline defines rule and response: it is tagged, never lowered
 * @see "CLINICAL.md section 8.4 E7"
 */
public record Population(int minAge, int maxAge, Set<String> excludes, boolean guideline) {

    public static final int NO_LIMIT = Integer.MAX_VALUE;

    /** Everybody. */
    public static final Population ANYBODY = new Population(0, NO_LIMIT, Set.of(), false);

    public Population {
        excludes = Set.copyOf(excludes);
        if (minAge < 0 || maxAge < minAge) {
            throw new IllegalArgumentException("a population of ages " + minAge + " to " + maxAge);
        }
    }

    /** An age or a condition that is not known puts nobody outside. */
    boolean isOutside(int ageYears, Set<String> conditions) {
        boolean age = ageYears >= 0 && (ageYears < minAge || ageYears > maxAge);
        return age || excludes.stream().anyMatch(conditions::contains);
    }

    private boolean isOutside(Turn turn, long atMillis) {
        if (minAge == 0 && maxAge == NO_LIMIT && excludes.isEmpty()) {
            return false;
        }
        return isOutside(turn.plan().facts().ageYears(atMillis), turn.plan().conditions());
    }

    /** The priority that may be given to this patient. */
    Priority cap(Turn turn, Priority priority, long atMillis) {
        return !guideline && isOutside(turn, atMillis) ? priority.atMost(Priority.MEDIUM) : priority;
    }

    /** {@link Tag#EXTRAPOLATED}, or nothing. */
    int tags(Turn turn, long atMillis) {
        return isOutside(turn, atMillis) ? Tag.EXTRAPOLATED.bit() : 0;
    }

    /** The names of those excluded, in the order of the alphabet. */
    public List<String> excluded() {
        return excludes.stream().sorted().toList();
    }
}
