package io.vitaltwin.alerts.message;

/** What a message tells of. */
public enum Happening {
    /** A step of an alert: somebody is to look. */
    CALL,
    /** Somebody knows of the alert: what waits for an answer may stop waiting. */
    ACKNOWLEDGED,
    /** Nobody has to do with the alert any more. */
    RESOLVED
}
