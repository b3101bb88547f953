package io.vitaltwin.alerts.core;

import io.vitaltwin.schemas.WorkflowState;

import java.util.List;
import java.util.Optional;

/**
 * One alert: what the twin says of it and what people do about it.
 *
 * @param storm id of the ALERT_STORM that speaks for it; empty: it speaks for itself
 * @param members of an ALERT_STORM: ids of the alerts that it stands for
 * @param undo the newest action, while it may be taken back
 * @param events how many workflow events tell of it
 * @param updatedMillis of what led to this
 */
public record HandledAlert(
        Condition condition, Handling handling, String storm, List<String> members, Optional<Undoable> undo, int events, long updatedMillis) {

    /** @param before how it stood before the action */
    public record Undoable(String actionId, String actor, long atMillis, Handling before) {
    }

    public HandledAlert {
        members = List.copyOf(members);
    }

    static HandledAlert of(Condition condition, Handling handling, long atMillis) {
        return new HandledAlert(condition, handling, "", List.of(), Optional.empty(), 0, atMillis);
    }

    String id() {
        return condition.alertId();
    }

    /** Nobody has to do with it any more. */
    public boolean isEnded() {
        return handling.attention() instanceof Attention.Ended;
    }

    /** Follows from the rest. */
    public WorkflowState state() {
        return switch (handling.attention()) {
            case Attention.Ended ended -> WorkflowState.RESOLVED;
            case Attention other when !condition.holds() -> WorkflowState.LATCHED;
            case Attention.Snoozed snoozed -> WorkflowState.SNOOZED;
            case Attention.Acknowledged acknowledged -> WorkflowState.ACKNOWLEDGED;
            case Attention.Waiting waiting -> handling.rungs() > 1 ? WorkflowState.ESCALATED : WorkflowState.OPEN;
        };
    }

    HandledAlert with(Condition other, long atMillis) {
        return new HandledAlert(other, handling, storm, members, undo, events, atMillis);
    }

    HandledAlert with(Handling other, long atMillis) {
        return new HandledAlert(condition, other, storm, members, undo, events, atMillis);
    }

    HandledAlert inStorm(String id) {
        return new HandledAlert(condition, handling, id, members, undo, events, updatedMillis);
    }

    HandledAlert withMembers(List<String> ids) {
        return new HandledAlert(condition, handling, storm, ids, undo, events, updatedMillis);
    }

    HandledAlert undoableBy(Undoable action) {
        return new HandledAlert(condition, handling, storm, members, Optional.of(action), events, updatedMillis);
    }

    HandledAlert notUndoable() {
        return new HandledAlert(condition, handling, storm, members, Optional.empty(), events, updatedMillis);
    }

    HandledAlert counted() {
        return new HandledAlert(condition, handling, storm, members, undo, events + 1, updatedMillis);
    }
}
