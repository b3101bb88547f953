package io.vitaltwin.alerts.channel;

import io.vitaltwin.alerts.message.Message;

/** A way to a receiver. Safe for several threads. */
public interface Channel extends AutoCloseable {

    /** Such as {@code email}; as in Notification.channel. */
    String name();

    /** Whether the receiver keeps an alert of its own, which is to follow: then it is told, too, when somebody acknowledges the alert and when it is over. */
    default boolean follows() {
        return false;
    }

    /** Whether a person reads it, who wants one digest and not one message for each alert of it. */
    default boolean bundles() {
        return false;
    }

    /**
     * Sends one message once, and waits for the receiver's answer, never longer than the channel's timeout. Sending it again is allowed whatever came of
     * it: the receiver can tell doubles by {@link Message#id()}, as far as its protocol has a place for it.
     *
     * @return what came of it; whatever a receiver or a network does is a result, not an exception. An interrupt is {@link Delivery.Transient}, and the
     *     thread stays interrupted.
     */
    Delivery send(Message message, Address to);

    /** Lets go of connections. A message that is on its way may be lost. */
    @Override
    void close();
}
