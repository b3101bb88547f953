package io.vitaltwin.twin.core.diff;

import java.util.Map;

/**
 * What became of one rule's episodes.
 *
 * @param before episodes before
 * @param after episodes after
 * @param kinds how many changed in which way; a kind that is missing: none
 */
public record RuleChange(String rule, long before, long after, Map<Change.Kind, Long> kinds) {

    public RuleChange {
        kinds = Map.copyOf(kinds);
    }

    public long of(Change.Kind kind) {
        return kinds.getOrDefault(kind, 0L);
    }
}
