package io.vitaltwin.twin.core;

/** Alarm priority, rising. Stored in state by number. */
public enum Priority {
    INFO, LOW, MEDIUM, HIGH;

    public boolean isAbove(Priority other) {
        return compareTo(other) > 0;
    }

    public Priority atMost(Priority cap) {
        return compareTo(cap) <= 0 ? this : cap;
    }

    /** One level down; INFO stays INFO. */
    public Priority lower() {
        return this == INFO ? INFO : values()[ordinal() - 1];
    }

    /** One level up; HIGH stays HIGH. */
    public Priority raise() {
        return this == HIGH ? HIGH : values()[ordinal() + 1];
    }
}
