package io.vitaltwin.alerts.adapter;

import io.vitaltwin.alerts.delivery.Backoff;
import io.vitaltwin.alerts.delivery.Breaker;
import io.vitaltwin.alerts.delivery.Contacts;
import io.vitaltwin.alerts.message.Composer;

import java.util.function.Supplier;

/**
 * How messages are delivered.
 *
 * @param contacts who is reached how
 * @param composer writes the messages
 * @param backoff when a delivery is tried again
 * @param breaker a new one for each channel
 */
public record DeliverySettings(Contacts contacts, Composer composer, Backoff backoff, Supplier<Breaker> breaker) {

    /** Project defaults for what need not be said. */
    public static DeliverySettings of(Contacts contacts, Composer composer) {
        return new DeliverySettings(contacts, composer, Backoff.defaults(), Breaker::defaults);
    }
}
