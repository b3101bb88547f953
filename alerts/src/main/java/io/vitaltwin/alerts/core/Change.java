package io.vitaltwin.alerts.core;

import io.vitaltwin.schemas.AlertEventType;

/** What one alert event did to the open alerts. */
public sealed interface Change {

    record Opened(StandingAlert alert) implements Change {}

    /** Another priority, rule, text or time of the same alert. */
    record Changed(StandingAlert before, StandingAlert after) implements Change {}

    /**
     * The alert stands no longer.
     *
     * @param alert as it stood before
     * @param event CLEARED: the condition ended; INVALIDATED: the data it rested on turned out not to count
     * @param endReason such as CONSENT_WITHDRAWN; empty when the condition itself ended
     */
    record Closed(StandingAlert alert, AlertEventType event, String endReason) implements Change {}
}
