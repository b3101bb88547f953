package io.vitaltwin.alerts.core;

import io.vitaltwin.schemas.Priority;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who is told of an alert that nobody acknowledges, rung by rung.
 *
 * @see "twin-streams/CLINICAL.md section 6.1, re-notification and reminders"
 */
final class Ladder {

    private Ladder() {
    }

    private static List<Step> rungs(Priority priority) {
        return switch (priority) {
            case HIGH -> List.of(Step.FIRST_CONTACT, Step.SECOND_CONTACT, Step.ON_CALL_LEAD);
            case MEDIUM -> List.of(Step.FIRST_CONTACT, Step.SECOND_CONTACT);
            case LOW -> List.of(Step.DIGEST);
            case INFO -> List.of();
        };
    }

    /** The next rung. @param done rungs that were told in this round; @return empty at the top */
    static Optional<Step> next(Priority priority, int done) {
        List<Step> rungs = rungs(priority);
        return done < rungs.size() ? Optional.of(rungs.get(done)) : Optional.empty();
    }

    /** When a rung is told. @param sinceMillis beginning of the round */
    static long dueMillis(Step rung, Priority priority, long sinceMillis, Policy policy, Rota rota) {
        return switch (rung) {
            case FIRST_CONTACT -> sinceMillis;
            case SECOND_CONTACT -> sinceMillis + (priority == Priority.HIGH ? policy.highToSecond() : policy.mediumToSecond()).toMillis();
            case ON_CALL_LEAD -> sinceMillis + policy.highToLead().toMillis();
            case DIGEST -> rota.nextDigest(sinceMillis);
            case REMINDER, ASSIGNED -> throw new IllegalArgumentException(rung + " is no rung of the ladder");
        };
    }

    /** How often somebody who acknowledged is reminded; empty: not at all. */
    static Optional<Duration> reminder(Priority priority, Policy policy) {
        return switch (priority) {
            case HIGH -> Optional.of(policy.remindHigh());
            case MEDIUM -> Optional.of(policy.remindMedium());
            case LOW, INFO -> Optional.empty();
        };
    }
}
