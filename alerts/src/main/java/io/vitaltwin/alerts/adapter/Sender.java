package io.vitaltwin.alerts.adapter;

import io.vitaltwin.alerts.channel.Address;
import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.Delivery;
import io.vitaltwin.alerts.delivery.Breaker;
import io.vitaltwin.alerts.delivery.Contact;
import io.vitaltwin.alerts.delivery.DisclosureDecision;
import io.vitaltwin.alerts.delivery.Outbox;
import io.vitaltwin.alerts.delivery.Results;
import io.vitaltwin.alerts.message.Message;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.WorklistAlert;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Makes one delivery: asks whether it is still needed and permitted, writes the message, sends it, and says what came of it. One thread. */
final class Sender {

    private static final Logger LOGGER = LoggerFactory.getLogger(Sender.class);

    private final Channel channel;
    private final DeliverySettings settings;
    private final CurrentAlerts alerts;
    private final DisclosureDecision disclosure;
    private final Breaker breaker;
    private final InstantSource clock;

    Sender(Channel channel, DeliverySettings settings, CurrentAlerts alerts, DisclosureDecision disclosure, InstantSource clock) {
        this.channel = channel;
        this.settings = settings;
        this.alerts = alerts;
        this.disclosure = disclosure;
        this.breaker = settings.breaker().get();
        this.clock = clock;
    }

    Breaker breaker() {
        return breaker;
    }

    /**
     * @param superseded a newer step of the alert waits for the same recipient
     * @return what is written down
     */
    Notification make(Outbox.Pending pending, boolean superseded) {
        Notification planned = pending.planned();
        String patient = pending.patient();
        Optional<Contact> contact = settings.contacts().find(planned.getRecipient(), channel.name());
        if (contact.isEmpty()) {
            return Results.cancelled(pending, Results.CONTACT_GONE, now());
        }
        Optional<WorklistAlert> alert;
        try {
            alert = alerts.find(patient, planned.getAlertId());
        } catch (SchemaProblem e) {
            return Results.of(pending, new Delivery.Transient("the worklist cannot be decoded"), settings.backoff(), now());
        }
        Optional<String> needless = superseded ? Optional.of(Results.SUPERSEDED) : Results.needless(planned, alert);
        if (needless.isPresent() || alert.isEmpty()) {
            return Results.cancelled(pending, needless.orElse(Results.ALERT_OVER), now());
        }
        try {
            if (!disclosure.permits(patient, planned.getRecipient(), alert.get())) {
                return Results.cancelled(pending, Results.WITHHELD, now());
            }
        } catch (RuntimeException e) {
            LOGGER.atError().addKeyValue("channel", channel.name()).addKeyValue("reason", e.getClass().getSimpleName()).log("a disclosure cannot be decided");
            return Results.of(pending, new Delivery.Transient("the disclosure cannot be decided"), settings.backoff(), now());
        }
        return send(pending, contact.get(), settings.composer().call(named(planned, patient), alert, contact.get().language()));
    }

    private Notification send(Outbox.Pending pending, Contact contact, Message message) {
        Delivery delivery = sent(message, new Address(pending.planned().getRecipient(), contact.place()));
        if (delivery instanceof Delivery.Transient) {
            breaker.failed(clock.millis());
        } else {
            breaker.answered();
        }
        return Results.of(pending, delivery, settings.backoff(), now());
    }

    /** What a channel throws is a fault of the channel: it may not stop the others, and the message is tried again. */
    private Delivery sent(Message message, Address to) {
        try {
            return channel.send(message, to);
        } catch (RuntimeException e) {
            LOGGER.atError().addKeyValue("channel", channel.name()).addKeyValue("reason", e.getClass().getSimpleName()).log("a channel failed");
            return new Delivery.Transient("the channel failed (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static Notification named(Notification planned, String patient) {
        return planned.getPatientId().equals(patient) ? planned : Results.named(planned, patient);
    }

    private Instant now() {
        return clock.instant();
    }
}
