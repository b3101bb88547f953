package io.vitaltwin.twin.core.diff;

import io.vitaltwin.twin.core.Priority;

/**
 * One event of an alert, as a comparison sees it.
 *
 * @param event RAISED, CLEARED ...
 * @param startMillis when the episode began, effective time
 * @param appendMillis when the event was decided, append time
 * @param details everything else that the event says, except which versions of rules and consents it was decided under: in any form that is equal when
 *     they are
 */
public record AlertFact(String patient, String alertId, String rule, String family, String event, Priority priority, long startMillis,
        long appendMillis, String text, String details) {
}
