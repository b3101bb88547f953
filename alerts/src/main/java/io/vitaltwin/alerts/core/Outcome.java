package io.vitaltwin.alerts.core;

import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.Notification;

import java.util.List;

/** What a record or time led to, in order. @param notices PLANNED steps */
public record Outcome(Caseload caseload, List<AlertWorkflowEvent> events, List<Notification> notices) {

    public Outcome {
        events = List.copyOf(events);
        notices = List.copyOf(notices);
    }

    /** The same caseload, of which everything has been told. */
    public Outcome nothingMore() {
        return new Outcome(caseload, List.of(), List.of());
    }

    /** Without what they say: this may end up in a log. */
    @Override
    public String toString() {
        return "Outcome[" + caseload + ", " + events.size() + " events, " + notices.size() + " notices]";
    }
}
