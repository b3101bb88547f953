package io.vitaltwin.alerts.core;

/** What people do about an alert. */
public sealed interface Attention {

    /** Nobody does anything: the ladder runs. */
    record Waiting() implements Attention {
    }

    /** Somebody knows. @param reminders told since */
    record Acknowledged(String actor, long sinceMillis, int reminders) implements Attention {
    }

    /** Somebody wants to hear of it again at a time, excluded. */
    record Snoozed(String actor, long sinceMillis, long untilMillis) implements Attention {
    }

    /** It is over. @param actor empty: nobody resolved it, its condition ended or may not be used; @param reason code */
    record Ended(String actor, long sinceMillis, String reason) implements Attention {

        /** The condition ended by itself. */
        public static final String CONDITION_ENDED = "CONDITION_ENDED";
        /** A person says so. */
        public static final String RESOLVED = "RESOLVED";
        /** What it rested on was no measurement of this patient. */
        public static final String INVALIDATED = "INVALIDATED";
        public static final String CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN";
        public static final String ERASED = "ERASED";

        boolean byPerson() {
            return !actor.isEmpty();
        }

        /** Whether the same condition, coming back soon, calls nobody; and whether a person may open it again. */
        boolean isOrdinary() {
            return byPerson() || reason.equals(CONDITION_ENDED);
        }
    }
}
