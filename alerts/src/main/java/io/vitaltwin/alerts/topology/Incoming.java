package io.vitaltwin.alerts.topology;

import io.vitaltwin.schemas.AlertAction;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.CareTeam;
import org.jspecify.annotations.Nullable;

/** What may come in from the topics that the topology reads, with its original bytes where it may have to be refused. */
sealed interface Incoming {

    /** The record's value as it came; empty for a tombstone. */
    byte[] bytes();

    record Alert(AlertEvent event, byte[] bytes) implements Incoming {
    }

    record Action(AlertAction action, byte[] bytes) implements Incoming {
    }

    /** Null: the patient has no team of its own any more. */
    record Team(@Nullable CareTeam team, byte[] bytes) implements Incoming {
    }

    /** Forget the patient. @param ordered false: the order is done with (tombstone) */
    record Erasure(boolean ordered, byte[] bytes) implements Incoming {
    }

    /** Time goes on; nothing else. */
    record Tick(byte[] bytes) implements Incoming {
    }

    /**
     * Bytes that are not what the topic carries.
     *
     * @param reason code for headers and counters
     * @param message what is wrong, without anything that the record said
     */
    record Unreadable(byte[] bytes, String reason, String message) implements Incoming {
    }
}
