package io.vitaltwin.alerts.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vitaltwin.schemas.DeliveryStatus;

import java.util.concurrent.atomic.AtomicInteger;

/** What the channels do. Tags are closed sets of words: never a patient, a person or an address. Safe for several threads. */
public final class DeliveryMetrics {

    private final MeterRegistry registry;

    public DeliveryMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A step was given to so many deliveries; 0: nobody can be reached. */
    public void routed(int deliveries) {
        registry.counter("vitaltwin.notification.steps", "reached", Boolean.toString(deliveries > 0)).increment();
    }

    /** A record that nobody can decode. */
    public void unreadable() {
        registry.counter("vitaltwin.notification.unreadable").increment();
    }

    /** What became of a delivery. */
    public void result(String channel, DeliveryStatus status) {
        registry.counter("vitaltwin.notification.results", "channel", channel, "status", status.name()).increment();
    }

    /** Deliveries of a channel that are not over; whoever calls this keeps it up to date. */
    public AtomicInteger waiting(String channel) {
        return registry.gauge("vitaltwin.notification.waiting", Tags.of("channel", channel), new AtomicInteger());
    }

    /** 0: the channel works, 1: one message tries it, 2: nothing is sent. Whoever calls this keeps it up to date. */
    public AtomicInteger breaker(String channel) {
        return registry.gauge("vitaltwin.notification.breaker", Tags.of("channel", channel), new AtomicInteger());
    }
}
