package io.vitaltwin.twin.core.trial;

import io.vitaltwin.twin.core.Lane;
import io.vitaltwin.twin.core.Priority;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One alert from its raise to its end.
 *
 * @param rule that raised it
 * @param family what it may move within, with its key where it has one
 * @param highest the highest priority that it reached
 * @param start effective time of the first reading of its run
 * @param raised append time of the raise
 * @param ended append time of the end; empty: still open
 */
public record AlarmEpisode(
        String alertId, String rule, String family, Lane lane, Priority highest, Instant start, Instant raised, Optional<Instant> ended) {

    /** From the first reading of the run to the raise; never negative. */
    public Duration delay() {
        Duration delay = Duration.between(start, raised);
        return delay.isNegative() ? Duration.ZERO : delay;
    }

    AlarmEpisode withHighest(Priority priority) {
        return priority.isAbove(highest) ? new AlarmEpisode(alertId, rule, family, lane, priority, start, raised, ended) : this;
    }

    AlarmEpisode endedAt(Instant time) {
        return new AlarmEpisode(alertId, rule, family, lane, highest, start, raised, Optional.of(time));
    }

    /** Whether both were open at some time; what is open has no end. */
    boolean overlaps(AlarmEpisode other) {
        return !start.isAfter(other.ended().orElse(Instant.MAX)) && !other.start().isAfter(ended.orElse(Instant.MAX));
    }
}
