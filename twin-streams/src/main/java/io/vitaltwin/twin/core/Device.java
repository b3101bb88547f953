package io.vitaltwin.twin.core;

import java.util.Set;

/**
 * A device as the registry of one patient knows it.
 *
 * @param kind finger-oximeter, watch, ring, cgm, cuff ...; empty when it is not registered
 * @param vitals vitals that it may send
 * @param intervalMillis expected time between two readings; 0 when unknown
 * @param fromMillis first millisecond of its registration
 * @param untilMillis first millisecond after it; Long.MAX_VALUE when open
 * @param serialHash stands for its serial number, {@link SerialNumber#hash}; empty when none is known
 */
public record Device(
        String id, String kind, Grade grade, Set<Vital> vitals, long intervalMillis, long fromMillis, long untilMillis, String serialHash) {

    public Device {
        vitals = Set.copyOf(vitals);
    }

    /** A device of which no serial number is known. */
    public Device(String id, String kind, Grade grade, Set<Vital> vitals, long intervalMillis, long fromMillis, long untilMillis) {
        this(id, kind, grade, vitals, intervalMillis, fromMillis, untilMillis, "");
    }

    /** A device that nobody registered: grade UNKNOWN whatever it claims. */
    public static Device unregistered(String id) {
        return new Device(id, "", Grade.UNKNOWN, Set.of(), 0, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    public boolean isRegistered() {
        return !kind.isEmpty();
    }
}
