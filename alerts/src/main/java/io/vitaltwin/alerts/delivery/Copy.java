package io.vitaltwin.alerts.delivery;

import io.vitaltwin.schemas.Notification;

/** A record like another. Field by field: Avro's own copy goes through reflection that applications must first allow. */
final class Copy {

    private Copy() {
    }

    static Notification.Builder of(Notification other) {
        return Notification.newBuilder().setNotificationId(other.getNotificationId()).setAlertId(other.getAlertId()).setPatientId(other.getPatientId())
                .setChannel(other.getChannel()).setRecipient(other.getRecipient()).setStatus(other.getStatus()).setTime(other.getTime())
                .setDetail(other.getDetail()).setStep(other.getStep()).setDue(other.getDue()).setPriority(other.getPriority()).setLane(other.getLane())
                .setAttempt(other.getAttempt()).setNext(other.getNext()).setReference(other.getReference());
    }
}
