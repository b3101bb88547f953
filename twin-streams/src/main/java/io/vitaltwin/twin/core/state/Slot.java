package io.vitaltwin.twin.core.state;

/** Places for runs in a stream's state; what a place means is its rule's business. Stored by number: append only. */
public enum Slot {
    ON_1, ON_2, ON_3, ON_4, OFF_1, OFF_2, OFF_3, OFF_4;

    public static final Slot[] ALL = values();

    public int bit() {
        return 1 << ordinal();
    }
}
