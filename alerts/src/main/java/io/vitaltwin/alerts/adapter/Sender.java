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
        Optional<Contact> contact = settings.contacts().find(pending.planned().getRecipient(), channel.name());
        if (contact.isEmpty()) {
            return Results.cancelled(pending, Results.CONTACT_GONE, now());
        }
        return pending.isChange() ? tell(pending, contact.get(), superseded) : call(pending, contact.get(), superseded);
    }

    /** That an alert changed. The message says nothing of the condition, so it is disclosed as a notice. */
    private Notification tell(Outbox.Pending pending, Contact contact, boolean superseded) {
        if (superseded) {
            return Results.cancelled(pending, Results.SUPERSEDED, now());
        }
        Notification planned = named(pending);
        Optional<Notification> stopped = withoutPermission(pending, Results.notice(planned));
        return stopped.isPresent() ? stopped.get() : send(pending, contact, settings.composer().change(planned, contact.language()));
    }

    private Notification call(Outbox.Pending pending, Contact contact, boolean superseded) {
        if (superseded) {
            return Results.cancelled(pending, Results.SUPERSEDED, now());
        }
        Optional<WorklistAlert> alert;
        try {
            alert = alerts.find(pending.patient(), pending.planned().getAlertId());
        } catch (SchemaProblem e) {
            return Results.of(pending, new Delivery.Transient("the worklist cannot be decoded"), settings.backoff(), now());
        }
        Optional<String> needless = Results.needless(pending.planned(), alert);
        if (needless.isPresent() || alert.isEmpty()) {
            return Results.cancelled(pending, needless.orElse(Results.ALERT_OVER), now());
        }
        Optional<Notification> stopped = withoutPermission(pending, alert.get());
        return stopped.isPresent() ? stopped.get() : send(pending, contact, settings.composer().call(named(pending), alert, contact.language()));
    }

    /** @return what is written down where nothing may be sent, or not now; empty: it may be sent */
    private Optional<Notification> withoutPermission(Outbox.Pending pending, WorklistAlert alert) {
        try {
            boolean permitted = disclosure.permits(pending.patient(), pending.planned().getRecipient(), alert);
            return permitted ? Optional.empty() : Optional.of(Results.cancelled(pending, Results.WITHHELD, now()));
        } catch (RuntimeException e) {
            LOGGER.atError().addKeyValue("channel", channel.name()).addKeyValue("reason", e.getClass().getSimpleName()).log("a disclosure cannot be decided");
            return Optional.of(Results.of(pending, new Delivery.Transient("the disclosure cannot be decided"), settings.backoff(), now()));
        }
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

    private static Notification named(Outbox.Pending pending) {
        Notification planned = pending.planned();
        return planned.getPatientId().equals(pending.patient()) ? planned : Results.named(planned, pending.patient());
    }

    private Instant now() {
        return clock.instant();
    }
}
