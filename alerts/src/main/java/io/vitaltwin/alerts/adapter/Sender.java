package io.vitaltwin.alerts.adapter;

import io.vitaltwin.alerts.channel.Address;
import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.Delivery;
import io.vitaltwin.alerts.delivery.Breaker;
import io.vitaltwin.alerts.delivery.Contact;
import io.vitaltwin.alerts.delivery.DisclosureDecision;
import io.vitaltwin.alerts.delivery.Outbox;
import io.vitaltwin.alerts.delivery.Results;
import io.vitaltwin.alerts.message.Composer;
import io.vitaltwin.alerts.message.Message;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.WorklistAlert;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes deliveries: asks whether it is still needed and permitted, writes the message, sends it, and says what came of it. One thread. */
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

    /** How long alerts of a digest wait for others. */
    Duration collect() {
        return channel.bundles() ? settings.collect() : Duration.ZERO;
    }

    /** @param result what is written down of the delivery */
    record Made(Outbox.Pending pending, Notification result) {
    }

    /** What is known before anything is sent. */
    private sealed interface Checked {
        /** @param alert empty: the message says that the alert changed, and nothing of its condition */
        record Ready(Outbox.Pending pending, Contact contact, Optional<WorklistAlert> alert) implements Checked {
        }

        /** Nothing is sent, or not now. */
        record Stopped(Made made) implements Checked {
        }
    }

    /**
     * @param together deliveries to one recipient that go out in one message; at least one
     * @param superseded whether a newer step of the alert waits for the same recipient
     * @return one for each
     */
    List<Made> make(List<Outbox.Pending> together, Predicate<Outbox.Pending> superseded) {
        List<Made> made = new ArrayList<>();
        List<Checked.Ready> ready = new ArrayList<>();
        for (Outbox.Pending pending : together) {
            switch (check(pending, superseded.test(pending))) {
                case Checked.Ready one -> ready.add(one);
                case Checked.Stopped stopped -> made.add(stopped.made());
            }
        }
        if (!ready.isEmpty()) {
            Delivery delivery = send(message(ready), ready.getFirst());
            ready.forEach(one -> made.add(new Made(one.pending(), Results.of(one.pending(), delivery, settings.backoff(), now()))));
        }
        return made;
    }

    private Checked check(Outbox.Pending pending, boolean superseded) {
        Optional<Contact> contact = settings.contacts().find(pending.planned().getRecipient(), channel.name());
        if (contact.isEmpty()) {
            return stopped(pending, Results.cancelled(pending, Results.CONTACT_GONE, now()));
        }
        if (superseded) {
            return stopped(pending, Results.cancelled(pending, Results.SUPERSEDED, now()));
        }
        if (pending.isChange()) {
            // It says nothing of the condition, so it is disclosed as a notice.
            return permitted(new Checked.Ready(pending, contact.get(), Optional.empty()), Results.notice(pending.planned()));
        }
        Optional<WorklistAlert> alert;
        try {
            alert = alerts.find(pending.patient(), pending.planned().getAlertId());
        } catch (SchemaProblem e) {
            return stopped(pending, Results.of(pending, new Delivery.Transient("the worklist cannot be decoded"), settings.backoff(), now()));
        }
        Optional<String> needless = Results.needless(pending.planned(), alert);
        if (needless.isPresent() || alert.isEmpty()) {
            return stopped(pending, Results.cancelled(pending, needless.orElse(Results.ALERT_OVER), now()));
        }
        return permitted(new Checked.Ready(pending, contact.get(), alert), alert.get());
    }

    /** @param shown what is disclosed */
    private Checked permitted(Checked.Ready ready, WorklistAlert shown) {
        Outbox.Pending pending = ready.pending();
        try {
            return disclosure.permits(pending.patient(), pending.planned().getRecipient(), shown) ? ready
                    : stopped(pending, Results.cancelled(pending, Results.WITHHELD, now()));
        } catch (RuntimeException e) {
            LOGGER.atError().addKeyValue("channel", channel.name()).addKeyValue("reason", e.getClass().getSimpleName()).log("a disclosure cannot be decided");
            return stopped(pending, Results.of(pending, new Delivery.Transient("the disclosure cannot be decided"), settings.backoff(), now()));
        }
    }

    private static Checked stopped(Outbox.Pending pending, Notification result) {
        return new Checked.Stopped(new Made(pending, result));
    }

    private Message message(List<Checked.Ready> ready) {
        Checked.Ready first = ready.getFirst();
        Composer composer = settings.composer();
        if (ready.size() > 1) {
            return composer.digest(ready.stream().map(one -> new Composer.Entry(named(one.pending()), one.alert())).toList(), first.contact().language());
        }
        return first.pending().isChange() ? composer.change(named(first.pending()), first.contact().language())
                : composer.call(named(first.pending()), first.alert(), first.contact().language());
    }

    private Delivery send(Message message, Checked.Ready to) {
        Delivery delivery = sent(message, new Address(to.pending().planned().getRecipient(), to.contact().place()));
        if (delivery instanceof Delivery.Transient) {
            breaker.failed(clock.millis());
        } else {
            breaker.answered();
        }
        return delivery;
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
