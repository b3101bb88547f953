package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.state.Point;

import java.util.List;
import java.util.Map;

/**
 * One event of one episode, as the core decides it.
 *
 * @param episodeStartMillis effective time of the first reading of the run that led to the raise
 * @param effectiveMillis effective or timer time of what completed the condition of this event
 * @param appendMillis append time of that record
 * @param tags bit mask of {@link Tag}
 * @param thresholds limits in force, in thousandths, by {@code RULE.parameter}
 * @param endReason empty when the condition itself ended
 */
public record AlertChange(
        RuleId rule,
        Event event,
        Priority priority,
        long episodeStartMillis,
        long effectiveMillis,
        long appendMillis,
        String text,
        int tags,
        boolean predictive,
        List<Proof> evidence,
        Map<String, Long> thresholds,
        String endReason) {

    public enum Event { RAISED, UPGRADED, DOWNGRADED, UPDATED, CLEARED, INVALIDATED }

    /** A reading that the event rests on, and in which role. */
    public record Proof(String role, String deviceId, Vital vital, Point point) {
    }

    public AlertChange {
        evidence = List.copyOf(evidence);
        thresholds = Map.copyOf(thresholds);
    }
}
