package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.state.Point;

import java.util.List;
import java.util.Map;

/**
 * One event of one episode, as the core decides it.
 *
 * @param key which of the rule's family, such as the id of a custom rule; empty where the family has one episode only
 * @param episodeStartMillis effective time of the first reading of the run that led to the raise
 * @param effectiveMillis effective or timer time of what completed the condition of this event
 * @param appendMillis append time of that record
 * @param tags bit mask of {@link Tag}
 * @param thresholds limits in force, in thousandths, by {@code RULE.parameter}
 * @param endReason empty when the condition itself ended
 */
public record AlertChange(
        RuleId rule,
        String key,
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

    /** An event of a family that has one episode only. */
    public AlertChange(RuleId rule, Event event, Priority priority, long episodeStartMillis, long effectiveMillis, long appendMillis,
            String text, int tags, boolean predictive, List<Proof> evidence, Map<String, Long> thresholds, String endReason) {
        this(rule, "", event, priority, episodeStartMillis, effectiveMillis, appendMillis, text, tags, predictive, evidence, thresholds, endReason);
    }

    public AlertChange {
        evidence = List.copyOf(evidence);
        thresholds = Map.copyOf(thresholds);
    }

    /** The rule as people know it: a custom rule by its own id. */
    public String ruleName() {
        return rule == RuleId.CUSTOM ? key : rule.name();
    }

    /** What the episode is one of: one is open at a time for each of these names. */
    public String familyName() {
        return rule.family().name(key);
    }
}
