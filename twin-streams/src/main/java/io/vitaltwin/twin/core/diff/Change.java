package io.vitaltwin.twin.core.diff;

import java.util.Optional;
import java.util.Set;

/**
 * An episode that is not the same on both sides. At least one side has it.
 *
 * @param kinds at least one
 */
public record Change(Optional<AlertEpisode> before, Optional<AlertEpisode> after, Set<Kind> kinds) {

    /** How two sides differ in one episode. */
    public enum Kind {
        /** Only after. */
        ADDED,
        /** Only before. */
        REMOVED,
        /** Told earlier or later. */
        MOVED,
        /** Its most urgent priority is another. */
        PRIORITY,
        /** It was first told in other words. */
        TEXT,
        /** None of these, but something that it said or a later event: evidence, limits, its end. */
        DETAILS
    }

    public Change {
        kinds = Set.copyOf(kinds);
        if (kinds.isEmpty() || before.isEmpty() && after.isEmpty()) {
            throw new IllegalArgumentException("a change of nothing");
        }
    }

    /** The side that there is; before, if there are both. */
    public AlertEpisode either() {
        return before.or(() -> after).orElseThrow();
    }

    /** How much later it is told; negative: earlier; 0 where one side lacks it. */
    public long movedMillis() {
        return before.isPresent() && after.isPresent() ? after.get().toldMillis() - before.get().toldMillis() : 0;
    }
}
