package io.vitaltwin.alerts.channel;

import java.time.Duration;
import java.util.Optional;

/** What came of sending a message once. A reason is a fixed sentence with a code at most: never text of the message, of a person or of the receiver. */
public sealed interface Delivery {

    /**
     * The receiver has taken it over. Whether a person has read it is not known.
     *
     * @param reference the receiver's own name for it, cut at 200 characters and without control characters; empty: it gave none
     */
    record Delivered(String reference) implements Delivery {

        private static final int LONGEST = 200;

        public Delivered {
            String clean = reference.replaceAll("\\p{Cntrl}", "");
            reference = clean.substring(0, Math.min(clean.length(), LONGEST));
        }
    }

    /** Another try may succeed. @param retryAfter how long the receiver asks to wait; empty: it does not say */
    record Transient(String reason, Optional<Duration> retryAfter) implements Delivery {

        public Transient(String reason) {
            this(reason, Optional.empty());
        }
    }

    /** Another try of the same message to the same address will not succeed. */
    record Permanent(String reason) implements Delivery {
    }
}
