package io.vitaltwin.alerts.channel;

/**
 * Where a message goes.
 *
 * @param recipient pseudonym of the person or name of the group that is told, as in Notification.recipient
 * @param place what the channel calls an address, such as an e-mail address or a telephone number; empty where all messages of the channel go to one place
 */
public record Address(String recipient, String place) {

    /** For channels whose messages all go to one place. */
    public static Address of(String recipient) {
        return new Address(recipient, "");
    }

    /** Without the person: this may end up in a log. */
    @Override
    public String toString() {
        return "Address[" + (place.isEmpty() ? "no place" : "a place") + "]";
    }
}
