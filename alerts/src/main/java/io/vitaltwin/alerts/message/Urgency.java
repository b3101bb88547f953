package io.vitaltwin.alerts.message;

import io.vitaltwin.schemas.Priority;

/** How loud a message has to be. */
public enum Urgency {
    /** At whatever hour. */
    IMMEDIATE,
    /** Soon. */
    PROMPT,
    /** Read when there is time. */
    ROUTINE;

    static Urgency of(Priority priority) {
        return switch (priority) {
            case HIGH -> IMMEDIATE;
            case MEDIUM -> PROMPT;
            case LOW, INFO -> ROUTINE;
        };
    }
}
