package io.vitaltwin.alerts.delivery;

import io.vitaltwin.alerts.core.Urgency;
import io.vitaltwin.alerts.message.Language;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;

import java.util.EnumSet;
import java.util.Set;

/**
 * One way to one person or system.
 *
 * @param channel such as {@code email}
 * @param place as the channel calls an address; empty where all messages of the channel go to one place
 * @param language of the messages
 * @param lowest alerts of lower priority are not told this way
 * @param lanes alerts of other lanes are not told this way; all lanes where the list is empty
 */
public record Contact(String channel, String place, Language language, Priority lowest, Set<Lane> lanes) {

    public Contact {
        lanes = lanes.isEmpty() ? EnumSet.noneOf(Lane.class) : EnumSet.copyOf(lanes);
    }

    /** Whether an alert of this kind is told this way. */
    boolean takes(Priority priority, Lane lane) {
        return !Urgency.isAbove(lowest, priority) && (lanes.isEmpty() || lanes.contains(lane));
    }

    /** Without the address: this may end up in a log. */
    @Override
    public String toString() {
        return "Contact[" + channel + " " + language + " from " + lowest + "]";
    }
}
