package io.vitaltwin.alerts.core;

import java.time.Duration;

/**
 * Spans and limits of the workflow.
 *
 * @param highToSecond unacknowledged HIGH: after this the second contact is told
 * @param highToLead unacknowledged HIGH: after this the on-call lead is told
 * @param mediumToSecond unacknowledged MEDIUM: after this the second contact is told
 * @param remindHigh acknowledged HIGH whose condition persists: reminded this often
 * @param remindMedium the same of MEDIUM
 * @param refractory after an alert was resolved, the same condition at the same level calls nobody for so long
 * @param refractoryLow the same of LOW and INFO
 * @param longestSnooze longest snooze
 * @param longestSnoozeHigh longest snooze of HIGH
 * @param undoWithin an action may be taken back for so long
 * @param stormAlerts more alerts of one patient than this within {@code stormSpan} are a storm
 * @param memory resolved alerts are remembered for so long; at least {@code refractoryLow} and {@code longestSnooze}
 * @see "twin-streams/CLINICAL.md section 6.1; undoWithin and memory: project defaults, no source"
 */
public record Policy(
        Duration highToSecond,
        Duration highToLead,
        Duration mediumToSecond,
        Duration remindHigh,
        Duration remindMedium,
        Duration refractory,
        Duration refractoryLow,
        Duration longestSnooze,
        Duration longestSnoozeHigh,
        Duration undoWithin,
        int stormAlerts,
        Duration stormSpan,
        Duration memory) {

    /** @throws IllegalArgumentException if a span is not positive, or the memory is too short for what is decided by it */
    public Policy {
        for (Duration span : new Duration[] {highToSecond, highToLead, mediumToSecond, remindHigh, remindMedium, refractory, refractoryLow, longestSnooze,
            longestSnoozeHigh, undoWithin, stormSpan, memory}) {
            if (!span.isPositive()) {
                throw new IllegalArgumentException("every span of the policy must be longer than zero, found " + span);
            }
        }
        if (highToLead.compareTo(highToSecond) < 0) {
            throw new IllegalArgumentException("the lead must not be told before the second contact: " + highToLead + " is before " + highToSecond);
        }
        if (stormAlerts < 1) {
            throw new IllegalArgumentException("stormAlerts must be at least 1, found " + stormAlerts);
        }
        if (memory.compareTo(refractory) < 0 || memory.compareTo(refractoryLow) < 0 || memory.compareTo(longestSnooze) < 0) {
            throw new IllegalArgumentException("the memory of " + memory + " is shorter than what is decided by it");
        }
    }

    public static Policy defaults() {
        return new Policy(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(60), Duration.ofMinutes(30), Duration.ofHours(8),
                Duration.ofMinutes(30), Duration.ofHours(24), Duration.ofHours(24), Duration.ofMinutes(60), Duration.ofSeconds(60), 10,
                Duration.ofHours(1), Duration.ofHours(24));
    }
}
