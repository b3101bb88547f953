package io.vitaltwin.alerts.console;

import io.vitaltwin.schemas.Priority;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One patient of the worklist.
 *
 * @param priority of the most urgent open alert; null: none
 * @param oldestUnacknowledged when the oldest alert was raised that nobody has acknowledged; null: none
 * @param newestReading effective time; null: none is known or may be told
 * @param spark null: nothing to draw
 */
public record PatientRow(
        String patientId, @Nullable Priority priority, State state, @Nullable Instant oldestUnacknowledged, @Nullable Instant newestReading,
        List<AlertRow> alerts, List<VitalNow> vitals, @Nullable Spark spark) {

    /** How the patient stands. Never OK where nothing is known. */
    public enum State {
        /** Something stands that is for the viewer. */
        ALERT,
        /** Readings come and nothing stands. */
        OK,
        /** No device has sent within three of its intervals, or an alert says so. */
        NO_DATA,
        /** No consent is in force. */
        NO_CONSENT,
        /** Consent denies showing to this viewer. */
        WITHHELD
    }

    /** Highest open priority, then the oldest that nobody has acknowledged; who has no alert comes after, in the order of ids. */
    public static final Comparator<PatientRow> ORDER = Comparator
            .<PatientRow, Integer>comparing(row -> Optional.ofNullable(row.priority()).map(Priority::ordinal).orElse(Integer.MAX_VALUE))
            .thenComparing(row -> Optional.ofNullable(row.oldestUnacknowledged()).orElse(Instant.MAX))
            .thenComparing(PatientRow::patientId);

    public PatientRow {
        alerts = List.copyOf(alerts);
        vitals = List.copyOf(vitals);
    }
}
