package io.vitaltwin.alerts.console;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorkflowState;
import io.vitaltwin.schemas.WorklistAlert;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One alert as the worklist shows it. Null: absent, as in the record of the topic.
 *
 * @param cleared when the condition ended; null: it stands
 */
public record AlertRow(
        String alertId, String patientId, String rule, String family, Priority priority, Priority highest, Lane lane, WorkflowState state, boolean holds,
        Instant episodeStart, Instant raised, Instant updated, @Nullable String assignee, @Nullable String acknowledgedBy,
        @Nullable Instant acknowledgedAt, @Nullable String snoozedBy, @Nullable Instant snoozedUntil, @Nullable Instant silentUntil, String step,
        @Nullable String storm, List<String> members, List<String> tags, String text, String ruleSetVersion, @Nullable Instant cleared) {

    public AlertRow {
        members = List.copyOf(members);
        tags = List.copyOf(tags);
    }

    static AlertRow of(String patient, WorklistAlert alert) {
        return new AlertRow(alert.getAlertId(), patient, alert.getRule(), alert.getFamily(), alert.getPriority(), alert.getHighest(), alert.getLane(),
                alert.getState(), alert.getHolds(), alert.getEpisodeStart(), alert.getRaised(), alert.getUpdated(), alert.getAssignee(),
                alert.getAcknowledgedBy(), alert.getAcknowledgedAt(), alert.getSnoozedBy(), alert.getSnoozedUntil(), alert.getSilentUntil(),
                alert.getStep(), alert.getStorm(), alert.getMembers(), alert.getTags(), alert.getText(), alert.getRuleSetVersion(), null);
    }

    /** One that the worklist does not hold any more. @param events of the twin, oldest first, at least one */
    static AlertRow past(String patient, List<AlertEvent> events, Optional<AlertWorkflowEvent> handled) {
        AlertEvent last = events.getLast();
        Priority highest = events.stream().map(AlertEvent::getPriority).min(Priority::compareTo).orElseThrow();
        boolean over = last.getEvent() == AlertEventType.CLEARED || last.getEvent() == AlertEventType.INVALIDATED;
        Instant updated = handled.map(AlertWorkflowEvent::getTime).filter(last.getAppendTime()::isBefore).orElse(last.getAppendTime());
        WorkflowState state = handled.map(AlertWorkflowEvent::getState).orElse(over ? WorkflowState.RESOLVED : WorkflowState.OPEN);
        return new AlertRow(last.getAlertId(), patient, last.getRule(), last.getFamily(), last.getPriority(), highest, last.getLane(), state, !over,
                last.getEpisodeStart(), events.getFirst().getAppendTime(), updated, handled.map(AlertWorkflowEvent::getAssignee).orElse(null),
                null, null, null, null, null, "", null, List.of(), last.getTags(), last.getText(), last.getRuleSetVersion(),
                over ? last.getAppendTime() : null);
    }

    /** Whether somebody still has to look. */
    boolean isUnacknowledged() {
        return state == WorkflowState.OPEN || state == WorkflowState.ESCALATED || state == WorkflowState.LATCHED && acknowledgedAt == null;
    }

    /** Whether it tells that nothing comes. */
    boolean isSilence() {
        return family.equals("SILENCE");
    }
}
