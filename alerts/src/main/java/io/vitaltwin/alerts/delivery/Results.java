package io.vitaltwin.alerts.delivery;

import io.vitaltwin.alerts.channel.Delivery;
import io.vitaltwin.alerts.core.Step;
import io.vitaltwin.schemas.DeliveryStatus;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorkflowState;
import io.vitaltwin.schemas.WorklistAlert;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What became of a delivery, as the record of it. */
public final class Results {

    /** In {@link Notification#getDetail()}: the alert is over, so nobody need be told. */
    public static final String ALERT_OVER = "ALERT_OVER";
    /** Somebody acknowledged the alert before this went out. */
    public static final String ACKNOWLEDGED = "ACKNOWLEDGED";
    /** Somebody snoozed the alert before this went out. */
    public static final String SNOOZED = "SNOOZED";
    /** A newer step of the same alert goes to the same recipient. */
    public static final String SUPERSEDED = "SUPERSEDED";
    /** No consent covers telling this recipient. */
    public static final String WITHHELD = "WITHHELD";
    /** The contact was taken off the list after this was planned. */
    public static final String CONTACT_GONE = "CONTACT_GONE";

    private Results() {
    }

    /**
     * Why a step need not be told any more: it waited while the channel failed, and the alert moved on.
     *
     * @param alert as it stands now; empty: it does not
     * @return empty: it is still needed
     */
    public static Optional<String> needless(Notification planned, Optional<WorklistAlert> alert) {
        if (alert.isEmpty()) {
            return Optional.of(ALERT_OVER);
        }
        boolean called = !planned.getStep().equals(Step.REMINDER.name()) && !planned.getStep().equals(Step.ASSIGNED.name());
        return switch (alert.get().getState()) {
            case RESOLVED -> Optional.of(ALERT_OVER);
            case ACKNOWLEDGED -> called ? Optional.of(ACKNOWLEDGED) : Optional.empty();
            case SNOOZED -> called ? Optional.of(SNOOZED) : Optional.empty();
            case OPEN, ESCALATED, LATCHED -> alert.get().getAcknowledgedAt() != null && called ? Optional.of(ACKNOWLEDGED) : Optional.empty();
        };
    }

    /** The same with the patient as people know the patient, for a message. */
    public static Notification named(Notification planned, String patient) {
        return Copy.of(planned).setPatientId(patient).build();
    }

    /** What stands in place of the alert where a message says nothing of it but that it changed. @param change with its lane, priority and due time */
    public static WorklistAlert notice(Notification change) {
        Instant at = Objects.requireNonNull(change.getDue());
        Priority priority = Objects.requireNonNull(change.getPriority());
        return WorklistAlert.newBuilder().setAlertId(change.getAlertId()).setRule("").setFamily("").setPriority(priority).setHighest(priority)
                .setLane(Objects.requireNonNull(change.getLane())).setState(WorkflowState.RESOLVED).setEpisodeStart(at).setRaised(at).setUpdated(at)
                .setMembers(List.of()).setTags(List.of()).setBasis(List.of()).build();
    }

    /** It will not be sent. */
    public static Notification cancelled(Outbox.Pending pending, String why, Instant now) {
        return result(pending, DeliveryStatus.CANCELLED, pending.attempts(), now).setDetail(why).build();
    }

    /** What came of an attempt. */
    public static Notification of(Outbox.Pending pending, Delivery delivery, Backoff backoff, Instant now) {
        int attempt = pending.attempts() + 1;
        return switch (delivery) {
            case Delivery.Delivered delivered -> result(pending, DeliveryStatus.DELIVERED, attempt, now).setReference(delivered.reference()).build();
            case Delivery.Permanent refused -> result(pending, DeliveryStatus.FAILED, attempt, now).setDetail(refused.reason()).build();
            case Delivery.Transient failed -> {
                Optional<Long> next = backoff.next(pending.key().toString(), attempt, failed.retryAfter(), pending.planned().getTime().toEpochMilli(),
                        now.toEpochMilli());
                yield next.isPresent()
                        ? result(pending, DeliveryStatus.RETRYING, attempt, now).setDetail(failed.reason()).setNext(Instant.ofEpochMilli(next.get())).build()
                        : result(pending, DeliveryStatus.FAILED, attempt, now).setDetail("given up: " + failed.reason()).build();
            }
        };
    }

    private static Notification.Builder result(Outbox.Pending pending, DeliveryStatus status, int attempt, Instant now) {
        return Copy.of(pending.planned()).setStatus(status).setAttempt(attempt).setTime(now);
    }
}
