package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;

import java.util.List;

/**
 * A rule that holds now, with how sure it is.
 *
 * @param key which of its family; empty where the family has one episode only
 * @param startMillis effective time of the first reading of the run
 * @param effectiveMillis effective or timer time of what completed the condition
 * @param tags bit mask of {@link Tag}
 */
record Raise(
        RuleId rule, String key, Priority priority, long startMillis, long effectiveMillis, int tags, String text, List<Proof> evidence) {

    Raise(RuleId rule, Priority priority, long startMillis, long effectiveMillis, int tags, String text, List<Proof> evidence) {
        this(rule, "", priority, startMillis, effectiveMillis, tags, text, evidence);
    }

    /** The same as far as it may be said of somebody for whom the rule was not made. */
    Raise within(Population population, Turn turn) {
        int outside = population.tags(turn, effectiveMillis);
        return outside == 0 ? this : new Raise(rule, key, population.cap(turn, priority, effectiveMillis), startMillis, effectiveMillis,
                tags | outside, text + Texts.EXTRAPOLATED, evidence);
    }
}
