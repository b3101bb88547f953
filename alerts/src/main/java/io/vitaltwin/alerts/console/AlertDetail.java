package io.vitaltwin.alerts.console;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.DeliveryStatus;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.InformationType;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.Verdict;
import io.vitaltwin.schemas.WorkflowEventType;
import io.vitaltwin.schemas.WorkflowState;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** All that is kept of one alert; each list oldest first. */
public record AlertDetail(AlertRow alert, List<Event> events, List<Handled> workflow, List<Told> notifications) {

    public AlertDetail {
        events = List.copyOf(events);
        workflow = List.copyOf(workflow);
        notifications = List.copyOf(notifications);
    }

    /** What the twin said. @param thresholds limits in force, by rule and parameter */
    public record Event(
            AlertEventType event, Priority priority, String rule, Instant effectiveTime, Instant appendTime, String text, List<String> tags,
            Map<String, Double> thresholds, List<Proof> evidence, String ruleSetVersion, InformationType informationType) {

        static Event of(AlertEvent event) {
            return new Event(event.getEvent(), event.getPriority(), event.getRule(), event.getEffectiveTime(), event.getAppendTime(), event.getText(),
                    event.getTags(), event.getThresholds(), event.getEvidence().stream().map(Proof::of).toList(), event.getRuleSetVersion(),
                    event.getInformationType());
        }
    }

    /** A reading that it was decided on. @param value null where the evidence is that nothing came */
    public record Proof(
            String deviceId, DeviceGrade grade, String vital, @Nullable Object value, String unit, Instant effectiveTime, Verdict verdict,
            List<String> reasons, @Nullable Double sigma, String topic, int partition, long offset, int index) {

        static Proof of(io.vitaltwin.schemas.Evidence of) {
            return new Proof(of.getDeviceId(), of.getGrade(), of.getVital(), of.getValue(), of.getUnit(), of.getEffectiveTime(), of.getVerdict(),
                    of.getReasons(), of.getSigma(), of.getTopic(), of.getPartition(), of.getOffset(), of.getIndex());
        }
    }

    /** What people did, and what time did. @param actor empty: nobody */
    public record Handled(
            String eventId, String actionId, WorkflowEventType type, @Nullable WorkflowState stateBefore, @Nullable WorkflowState state, String actor,
            Instant time, String reason, String refusal, String step, @Nullable String assignee, @Nullable Instant until) {

        public static Handled of(AlertWorkflowEvent step) {
            return new Handled(step.getEventId(), step.getActionId(), step.getType(), step.getStateBefore(), step.getState(), step.getActor(), step.getTime(),
                    step.getReason(), step.getRefusal(), step.getStep(), step.getAssignee(), step.getUntil());
        }
    }

    /** Who was told. @param channel empty: whoever delivers chooses */
    public record Told(String step, String channel, String recipient, DeliveryStatus state, Instant time, String reason) {

        static Told of(Notification of) {
            return new Told(of.getStep(), of.getChannel(), of.getRecipient(), of.getStatus(), of.getTime(), of.getDetail());
        }
    }
}
