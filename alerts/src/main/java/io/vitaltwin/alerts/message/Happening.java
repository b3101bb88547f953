package io.vitaltwin.alerts.message;

import java.util.Optional;
import java.util.stream.Stream;

/** What a message tells of. */
public enum Happening {
    /** A step of an alert: somebody is to look. */
    CALL,
    /** Somebody knows of the alert: what waits for an answer may stop waiting. */
    ACKNOWLEDGED,
    /** Nobody has to do with the alert any more. */
    RESOLVED;

    /** @param step as in Notification.step; @return empty: it calls somebody */
    public static Optional<Happening> ofChange(String step) {
        return Stream.of(ACKNOWLEDGED, RESOLVED).filter(change -> change.name().equals(step)).findFirst();
    }
}
