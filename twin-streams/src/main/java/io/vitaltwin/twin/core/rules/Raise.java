package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;

import java.util.List;

/**
 * A rule that holds now, with how sure it is.
 *
 * @param startMillis effective time of the first reading of the run
 * @param effectiveMillis effective or timer time of what completed the condition
 * @param tags bit mask of {@link Tag}
 */
record Raise(RuleId rule, Priority priority, long startMillis, long effectiveMillis, int tags, String text, List<Proof> evidence) {
}
