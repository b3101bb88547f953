package io.vitaltwin.alerts.delivery;

import io.vitaltwin.schemas.DeliveryStatus;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.Priority;

import java.time.Instant;

/** Planned steps for tests. */
final class Steps {

    static final Instant AT = Instant.parse("2026-03-02T08:00:00Z");

    private Steps() {
    }

    static Notification step(String id, String recipient, Priority priority) {
        return Notification.newBuilder().setNotificationId(id).setAlertId("alert-1").setPatientId("p1").setChannel("").setRecipient(recipient)
                .setStatus(DeliveryStatus.PLANNED).setTime(AT).setStep("FIRST_CONTACT").setDue(AT).setPriority(priority).setLane(Lane.PHYSIOLOGICAL).build();
    }

    static Notification planned(String id, String channel, Priority priority) {
        return Copy.of(step(id, "nurse-1", priority)).setChannel(channel).build();
    }
}
