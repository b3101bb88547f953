package io.vitaltwin.alerts.adapter;

import io.vitaltwin.alerts.delivery.Backoff;
import io.vitaltwin.alerts.delivery.Breaker;
import io.vitaltwin.alerts.delivery.Contacts;
import io.vitaltwin.alerts.message.Composer;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * How messages are delivered.
 *
 * @param contacts who is reached how
 * @param composer writes the messages
 * @param backoff when a delivery is tried again
 * @param breaker a new one for each channel
 * @param collect how long alerts of a digest wait for others, so that a person gets one message
 */
public record DeliverySettings(Contacts contacts, Composer composer, Backoff backoff, Supplier<Breaker> breaker, Duration collect) {

    private static final Duration COLLECT = Duration.ofMinutes(1);

    /** Project defaults for what need not be said. */
    public static DeliverySettings of(Contacts contacts, Composer composer) {
        return new DeliverySettings(contacts, composer, Backoff.defaults(), Breaker::defaults, COLLECT);
    }
}
