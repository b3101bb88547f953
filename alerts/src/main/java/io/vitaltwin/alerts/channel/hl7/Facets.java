package io.vitaltwin.alerts.channel.hl7;

import io.vitaltwin.alerts.core.Step;
import io.vitaltwin.alerts.message.AlertDetail;
import io.vitaltwin.alerts.message.Happening;
import io.vitaltwin.alerts.message.Message;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorkflowState;

import java.util.Optional;

/** Words of the facets of an alert. @see "twin-streams/CLINICAL.md section 6.2" */
final class Facets {

    private Facets() {
    }

    /** What this report is in the life of the alert. */
    static String phase(Message message) {
        return switch (message.happening()) {
            case ACKNOWLEDGED -> "update";
            case RESOLVED -> "end";
            case CALL -> switch (stepOf(message)) {
                case FIRST_CONTACT, DIGEST -> "start";
                case SECOND_CONTACT, ON_CALL_LEAD -> "escalate";
                case REMINDER -> "continue";
                case ASSIGNED -> "update";
            };
        };
    }

    /** A step that this version does not know calls as the first does. */
    private static Step stepOf(Message message) {
        for (Step step : Step.values()) {
            if (step.name().equals(message.about().step())) {
                return step;
            }
        }
        return Step.FIRST_CONTACT;
    }

    /** Whether the condition holds; withheld and not over, it is said to. */
    static String state(Message message) {
        if (message.happening() == Happening.RESOLVED) {
            return "inactive";
        }
        return message.about().detail().filter(detail -> !detail.holds()).isPresent() ? "latched" : "active";
    }

    /** What people have done about it. */
    static String inactivation(Message message) {
        if (message.happening() == Happening.ACKNOWLEDGED) {
            return "alert-acknowledged";
        }
        Optional<WorkflowState> state = message.about().detail().map(AlertDetail::state);
        if (state.filter(WorkflowState.ACKNOWLEDGED::equals).isPresent()) {
            return "alert-acknowledged";
        }
        return state.filter(WorkflowState.SNOOZED::equals).isPresent() ? "audio-paused" : "enabled";
    }

    static String priority(Priority priority) {
        return switch (priority) {
            case HIGH -> "PH";
            case MEDIUM -> "PM";
            case LOW -> "PL";
            case INFO -> "PN";
        };
    }

    static String type(Lane lane) {
        return switch (lane) {
            case PHYSIOLOGICAL -> "SP";
            case TECHNICAL -> "ST";
            case ADMINISTRATIVE -> "SA";
        };
    }
}
