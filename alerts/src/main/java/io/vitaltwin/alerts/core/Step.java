package io.vitaltwin.alerts.core;

import io.vitaltwin.schemas.ContactRole;

/** A reason to tell somebody of an alert. Stored by name. */
public enum Step {
    FIRST_CONTACT,
    SECOND_CONTACT,
    ON_CALL_LEAD,
    /** With other LOW alerts, on a working day. */
    DIGEST,
    /** The condition persists after it was acknowledged. */
    REMINDER,
    /** Somebody gave it to somebody else. */
    ASSIGNED;

    /** Who is told where no person is named. */
    ContactRole role() {
        return switch (this) {
            case FIRST_CONTACT, DIGEST, REMINDER, ASSIGNED -> ContactRole.FIRST_CONTACT;
            case SECOND_CONTACT -> ContactRole.SECOND_CONTACT;
            case ON_CALL_LEAD -> ContactRole.ON_CALL_LEAD;
        };
    }
}
