package io.vitaltwin.alerts.core;

import io.vitaltwin.alerts.core.Attention.Acknowledged;
import io.vitaltwin.alerts.core.Attention.Ended;
import io.vitaltwin.alerts.core.Attention.Snoozed;
import io.vitaltwin.alerts.core.HandledAlert.Undoable;
import io.vitaltwin.schemas.ActionKind;
import io.vitaltwin.schemas.AlertAction;
import io.vitaltwin.schemas.AlertOutcome;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorkflowEventType;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** What people do. An action that cannot be is refused with the reason, and changes nothing; the same action sent twice is done once. */
final class Actions {

    private final Desk desk;

    Actions(Desk desk) {
        this.desk = desk;
    }

    void take(AlertAction action, long atMillis) {
        if (desk.actions.containsKey(action.getActionId())) {
            return;
        }
        Optional<HandledAlert> known = Optional.ofNullable(desk.alerts.get(action.getAlertId()));
        Optional<Refusal> refusal = refusal(action, known);
        if (refusal.isEmpty()) {
            HandledAlert alert = known.orElseThrow();
            refusal = refusal(action, alert, atMillis);
            if (refusal.isEmpty()) {
                act(action, alert, atMillis);
            }
        }
        refusal.ifPresent(why -> desk.refuse(refused(action, known, why, atMillis)));
        if (!action.getActionId().isBlank()) {
            desk.remember(action.getActionId(), atMillis);
        }
    }

    /** What is wrong whatever kind of action it is. */
    private Optional<Refusal> refusal(AlertAction action, Optional<HandledAlert> known) {
        if (action.getActionId().isBlank()) {
            return Optional.of(Refusal.NO_ACTION_ID);
        }
        if (!action.getPatientId().equals(desk.around.patient())) {
            return Optional.of(Refusal.OTHER_PATIENT);
        }
        if (action.getActor().isBlank()) {
            return Optional.of(Refusal.NO_ACTOR);
        }
        if (text(action).length() > Refusal.LONGEST_TEXT) {
            return Optional.of(Refusal.TEXT_TOO_LONG);
        }
        return known.isEmpty() ? Optional.of(Refusal.UNKNOWN_ALERT) : Optional.empty();
    }

    private Optional<Refusal> refusal(AlertAction action, HandledAlert alert, long atMillis) {
        return switch (action.getKind()) {
            case ACKNOWLEDGE -> alert.handling().attention() instanceof Acknowledged ? Optional.of(Refusal.ALREADY_ACKNOWLEDGED) : quietening(action, alert);
            case SNOOZE -> quietening(action, alert).or(() -> snoozing(action, alert, atMillis));
            case RESOLVE, FALSE_ALARM -> quietening(action, alert);
            case ASSIGN -> blank(action.getAssignee()) ? Optional.of(Refusal.NO_ASSIGNEE) : standing(alert);
            case COMMENT -> text(action).isBlank() ? Optional.of(Refusal.NO_TEXT) : Optional.empty();
            case REOPEN -> reopening(action, alert);
            case UNDO -> undoing(action, alert, atMillis);
        };
    }

    private static Optional<Refusal> standing(HandledAlert alert) {
        return alert.isEnded() ? Optional.of(Refusal.ALREADY_RESOLVED) : Optional.empty();
    }

    /** Nobody quietens what has become worse since it was looked at. */
    private static Optional<Refusal> quietening(AlertAction action, HandledAlert alert) {
        Priority seen = action.getSeenPriority();
        return standing(alert).or(() -> seen != null && Urgency.isAbove(alert.condition().priority(), seen) ? Optional.of(Refusal.CHANGED_SINCE_SEEN)
                : Optional.empty());
    }

    private Optional<Refusal> snoozing(AlertAction action, HandledAlert alert, long atMillis) {
        if (text(action).isBlank()) {
            return Optional.of(Refusal.NO_REASON);
        }
        if (action.getUntil() == null) {
            return Optional.of(Refusal.NO_EXPIRY);
        }
        if (!alert.condition().holds()) {
            return Optional.of(Refusal.CONDITION_OVER);
        }
        long length = action.getUntil().toEpochMilli() - atMillis;
        if (length <= 0) {
            return Optional.of(Refusal.EXPIRY_PAST);
        }
        Duration longest = alert.condition().priority() == Priority.HIGH ? desk.policy.longestSnoozeHigh() : desk.policy.longestSnooze();
        return length > longest.toMillis() ? Optional.of(Refusal.EXPIRY_TOO_FAR) : Optional.empty();
    }

    private static Optional<Refusal> reopening(AlertAction action, HandledAlert alert) {
        if (!(alert.handling().attention() instanceof Ended ended)) {
            return Optional.of(Refusal.NOT_RESOLVED);
        }
        if (!ended.isOrdinary() || !alert.condition().holds() && alert.condition().text().isEmpty()) {
            return Optional.of(Refusal.NOT_REOPENABLE);
        }
        return text(action).isBlank() ? Optional.of(Refusal.NO_REASON) : Optional.empty();
    }

    private Optional<Refusal> undoing(AlertAction action, HandledAlert alert, long atMillis) {
        Undoable undo = alert.undo().orElse(null);
        if (undo == null || !undo.actionId().equals(action.getUndoes())) {
            return Optional.of(Refusal.NOTHING_TO_UNDO);
        }
        if (!undo.actor().equals(action.getActor())) {
            return Optional.of(Refusal.NOT_YOUR_ACTION);
        }
        return atMillis - undo.atMillis() > desk.policy.undoWithin().toMillis() ? Optional.of(Refusal.UNDO_TOO_LATE) : Optional.empty();
    }

    private void act(AlertAction action, HandledAlert alert, long atMillis) {
        Handling handling = alert.handling();
        switch (action.getKind()) {
            case ACKNOWLEDGE -> set(action, alert, WorkflowEventType.ACKNOWLEDGED,
                    handling.with(new Acknowledged(action.getActor(), atMillis, 0)), atMillis, event -> { });
            case SNOOZE -> {
                Instant until = action.getUntil();
                set(action, alert, WorkflowEventType.SNOOZED, handling.with(new Snoozed(action.getActor(), atMillis, until.toEpochMilli())), atMillis,
                        event -> event.setUntil(until));
            }
            case ASSIGN -> assign(action, alert, atMillis);
            case COMMENT -> desk.tell(WorkflowEventType.COMMENTED, Optional.of(alert.state()), alert, atMillis, by(action));
            case RESOLVE, FALSE_ALARM -> {
                AlertOutcome outcome = action.getKind() == ActionKind.FALSE_ALARM ? AlertOutcome.FALSE
                        : action.getOutcome() == null ? AlertOutcome.UNSURE : action.getOutcome();
                HandledAlert ended = desk.end(alert, alert.condition(), new Ended(action.getActor(), atMillis, Ended.RESOLVED),
                        event -> by(action).andThen(more -> more.setOutcome(outcome)).accept(event));
                desk.put(ended.undoableBy(undoable(action, alert, atMillis)));
            }
            case REOPEN -> {
                HandledAlert again = set(action, alert, WorkflowEventType.REOPENED, handling.nextRound(atMillis), atMillis, event -> { });
                desk.call(again, atMillis);
            }
            case UNDO -> undo(action, alert, atMillis);
        }
    }

    private void assign(AlertAction action, HandledAlert alert, long atMillis) {
        HandledAlert assigned = set(action, alert, WorkflowEventType.ASSIGNED, alert.handling().withAssignee(String.valueOf(action.getAssignee())), atMillis,
                event -> { });
        if (!action.getActor().equals(action.getAssignee())) {
            desk.plan(assigned, Step.ASSIGNED, assigned.id() + "." + Step.ASSIGNED + "." + action.getActionId(), atMillis, atMillis);
        }
    }

    private void undo(AlertAction action, HandledAlert alert, long atMillis) {
        Handling before = alert.undo().orElseThrow().before().inRound(alert.handling().round());
        HandledAlert back = alert.with(before, atMillis).notUndoable();
        desk.tell(WorkflowEventType.UNDONE, Optional.of(alert.state()), back, atMillis, by(action));
    }

    private HandledAlert set(
            AlertAction action, HandledAlert alert, WorkflowEventType type, Handling after, long atMillis, Consumer<AlertWorkflowEvent.Builder> details) {
        HandledAlert done = alert.with(after, atMillis).undoableBy(undoable(action, alert, atMillis));
        return desk.tell(type, Optional.of(alert.state()), done, atMillis, by(action).andThen(details));
    }

    private static Undoable undoable(AlertAction action, HandledAlert alert, long atMillis) {
        return new Undoable(action.getActionId(), action.getActor(), atMillis, alert.handling());
    }

    private static Consumer<AlertWorkflowEvent.Builder> by(AlertAction action) {
        return event -> event.setActor(action.getActor()).setActionId(action.getActionId()).setReason(text(action));
    }

    private AlertWorkflowEvent refused(AlertAction action, Optional<HandledAlert> known, Refusal why, long atMillis) {
        AlertWorkflowEvent.Builder event = AlertWorkflowEvent.newBuilder()
                .setEventId("refused." + (action.getActionId().isBlank() ? action.getAlertId() + "." + atMillis : action.getActionId()))
                .setAlertId(action.getAlertId()).setPatientId(desk.around.patient()).setType(WorkflowEventType.REFUSED).setActor(action.getActor())
                .setTime(Instant.ofEpochMilli(atMillis)).setReason(why.words()).setRefusal(why.name()).setActionId(action.getActionId());
        known.ifPresent(alert -> event.setStateBefore(alert.state()).setState(alert.state()).setRule(alert.condition().rule())
                .setFamily(alert.condition().family()).setPriority(alert.condition().priority()).setLane(alert.condition().lane())
                .setRound(alert.handling().round()).setRuleSetVersion(alert.condition().ruleSetVersion()));
        return event.build();
    }

    private static String text(AlertAction action) {
        return action.getText() == null ? "" : action.getText();
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
