package io.vitaltwin.alerts.core;

import io.vitaltwin.schemas.Priority;

/** Priorities in their order. Spelled out: the schema's order of the enum is an accident that a new value may change. */
final class Urgency {

    private Urgency() {
    }

    /** Negative where the first is the more urgent. */
    static int mostUrgentFirst(Priority a, Priority b) {
        return Integer.compare(rank(a), rank(b));
    }

    static boolean isAbove(Priority a, Priority b) {
        return rank(a) < rank(b);
    }

    static Priority higher(Priority a, Priority b) {
        return isAbove(a, b) ? a : b;
    }

    private static int rank(Priority priority) {
        return switch (priority) {
            case HIGH -> 0;
            case MEDIUM -> 1;
            case LOW -> 2;
            case INFO -> 3;
        };
    }
}
