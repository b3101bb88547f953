package io.vitaltwin.alerts.delivery;

import io.vitaltwin.alerts.message.Happening;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.DeliveryStatus;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.Priority;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From a planned step to one planned delivery for each person and channel. */
public final class Router {

    /** In {@link Notification#getDetail()}: nobody can be reached by any channel for this. */
    public static final String NO_CONTACT = "NO_CONTACT";

    private Router() {
    }

    /** Whether the record is a step that nobody has chosen channels for yet. */
    public static boolean isStep(Notification record) {
        return record.getStatus() == DeliveryStatus.PLANNED && record.getChannel().isEmpty() && !record.getStep().isEmpty();
    }

    /**
     * Who is told how.
     *
     * @param step {@link #isStep}
     * @param channels that are set up; a contact by another is no contact
     * @return at least one record: where nobody can be reached, one that says so
     */
    public static List<Notification> route(Notification step, Contacts contacts, Set<String> channels, Instant now) {
        Priority priority = step.getPriority();
        Lane lane = step.getLane();
        if (!isStep(step) || priority == null || lane == null) {
            throw new IllegalArgumentException("notification " + step.getNotificationId() + " is no planned step of an alert");
        }
        List<Notification> told = contacts.of(step.getRecipient(), priority, lane).stream()
                .filter(reached -> channels.contains(reached.contact().channel()))
                .map(reached -> Copy.of(step).setRecipient(reached.recipient()).setChannel(reached.contact().channel()).setTime(now).build())
                .toList();
        return told.isEmpty() ? List.of(Copy.of(step).setStatus(DeliveryStatus.FAILED).setDetail(NO_CONTACT).setTime(now).build()) : told;
    }

    /**
     * Who is told that somebody acknowledged an alert or that it is over: those who were told of it by a channel that follows.
     *
     * @param told of the alert
     * @param following names of the channels that follow
     * @return none for whatever else happened
     */
    public static List<Notification> change(AlertWorkflowEvent event, List<Told.Way> told, Set<String> following, Instant now) {
        Optional<Happening> change = event.getType() == null ? Optional.empty() : Happening.ofChange(event.getType().name());
        if (change.isEmpty() || event.getPriority() == null || event.getLane() == null) {
            return List.of();
        }
        return told.stream().filter(way -> following.contains(way.channel()))
                .map(way -> Notification.newBuilder().setNotificationId(event.getEventId()).setAlertId(event.getAlertId()).setPatientId(event.getPatientId())
                        .setChannel(way.channel()).setRecipient(way.recipient()).setStatus(DeliveryStatus.PLANNED).setTime(now).setStep(change.get().name())
                        .setDue(event.getTime()).setPriority(event.getPriority()).setLane(event.getLane()).build())
                .toList();
    }
}
