package io.vitaltwin.alerts.message;

import io.vitaltwin.schemas.AlertBasis;
import io.vitaltwin.schemas.DeliveryStatus;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorkflowEventType;
import io.vitaltwin.schemas.WorkflowState;
import io.vitaltwin.schemas.WorklistAlert;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Planned steps, alerts and messages for tests. */
public final class Samples {

    public static final Instant DUE = Instant.parse("2026-11-22T09:30:00Z");
    public static final Instant SINCE = Instant.parse("2026-11-22T09:26:10Z");
    public static final String ALERT = "00112233445566778899aabbccddeeff";
    /** Of a patient who exists nowhere. */
    public static final String PATIENT = "pseudonym-ann";
    public static final String TEXT = "Oxygen saturation 84 % over 60 seconds (limit 87 %), measured by a consumer device.";
    public static final Composer COMPOSER = new Composer(URI.create("https://alerts.example.org/"), ZoneId.of("UTC"));

    private Samples() {
    }

    public static Notification planned(String step, Priority priority) {
        return Notification.newBuilder().setNotificationId(ALERT + ".1." + step).setAlertId(ALERT).setPatientId(PATIENT).setChannel("")
                .setRecipient("ward-3").setStatus(DeliveryStatus.PLANNED).setTime(DUE).setStep(step).setDue(DUE).setPriority(priority)
                .setLane(Lane.PHYSIOLOGICAL).build();
    }

    public static WorklistAlert alert(Priority priority) {
        return WorklistAlert.newBuilder().setAlertId(ALERT).setRule("SPO2_CRIT").setFamily("SPO2").setPriority(priority).setHighest(priority)
                .setLane(Lane.PHYSIOLOGICAL).setState(WorkflowState.OPEN).setHolds(true).setEpisodeStart(SINCE).setRaised(DUE).setUpdated(DUE)
                .setTags(List.of("UNVERIFIED")).setText(TEXT)
                .setBasis(List.of(new AlertBasis("ox-1", "spo2", SINCE), new AlertBasis("ox-1", "spo2", DUE), new AlertBasis("ox-1", "heart_rate", DUE)))
                .build();
    }

    /** That the alert changed, planned for one who was told of it. */
    public static Notification changed(String change) {
        Notification notification = planned(change, Priority.HIGH);
        notification.setNotificationId(ALERT + ".7");
        notification.setChannel("webhook");
        return notification;
    }

    public static Message call() {
        return call("FIRST_CONTACT", Priority.HIGH);
    }

    public static Message call(String step, Priority priority) {
        return COMPOSER.call(planned(step, priority), Optional.of(alert(priority)), Language.EN);
    }

    public static Message call(WorklistAlert alert) {
        return COMPOSER.call(planned("FIRST_CONTACT", alert.getPriority()), Optional.of(alert), Language.EN);
    }

    public static Message withheld() {
        return COMPOSER.call(planned("FIRST_CONTACT", Priority.HIGH), Optional.empty(), Language.EN);
    }

    public static Message change(WorkflowEventType type) {
        return COMPOSER.change(changed(type.name()), Language.EN);
    }

    /** A call with another id. */
    public static Message named(String id) {
        Message message = call();
        return new Message(id, message.happening(), message.urgency(), message.language(), message.subject(), message.body(), message.shortText(),
                message.notice(), message.link(), message.about());
    }

    /** A call with another short text. */
    public static Message saying(String shortText) {
        Message message = call();
        return new Message(message.id(), message.happening(), message.urgency(), message.language(), message.subject(), message.body(), shortText,
                message.notice(), message.link(), message.about());
    }
}
