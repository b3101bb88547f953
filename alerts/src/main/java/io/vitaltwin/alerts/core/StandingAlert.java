package io.vitaltwin.alerts.core;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * One alert that nobody has ended, as its newest event describes it.
 *
 * @param rule the rule that the episode has reached now; an upgrade may change it
 * @param priority as of now, not the highest ever
 * @param episodeStart effective time of the first reading of the run that led to the raise
 * @param raised effective or tick time of the event that opened it
 * @param updated effective or tick time of the event that last changed it
 * @param text the sentence for people; may hold measured values
 */
public record StandingAlert(
        String alertId,
        String patientId,
        String rule,
        String family,
        Priority priority,
        Lane lane,
        Instant episodeStart,
        Instant raised,
        Instant updated,
        String text,
        List<String> tags) {

    /** Most urgent first; among equals the one that was raised first; the id decides the rest, so that two readers show the same order. */
    public static final Comparator<StandingAlert> DISPLAY_ORDER = Comparator
            .comparing(StandingAlert::priority, StandingAlert::mostUrgentFirst)
            .thenComparing(StandingAlert::raised)
            .thenComparing(StandingAlert::alertId);

    public StandingAlert {
        tags = List.copyOf(tags);
    }

    static StandingAlert openedBy(AlertEvent event) {
        return described(event, event.getEffectiveTime());
    }

    StandingAlert changedBy(AlertEvent event) {
        return described(event, raised);
    }

    /** The same alert, known to have been raised by this event. */
    StandingAlert raisedBy(AlertEvent event) {
        return new StandingAlert(alertId, patientId, rule, family, priority, lane, episodeStart, event.getEffectiveTime(), updated, text, tags);
    }

    private static StandingAlert described(AlertEvent event, Instant raised) {
        return new StandingAlert(event.getAlertId(), event.getPatientId(), event.getRule(), event.getFamily(), event.getPriority(),
                event.getLane(), event.getEpisodeStart(), raised, event.getEffectiveTime(), event.getText(), event.getTags());
    }

    // Spelled out: the schema's order of the enum is an accident that a new value may change.
    private static int mostUrgentFirst(Priority a, Priority b) {
        return Integer.compare(rank(a), rank(b));
    }

    private static int rank(Priority priority) {
        return switch (priority) {
            case HIGH -> 0;
            case MEDIUM -> 1;
            case LOW -> 2;
            case INFO -> 3;
        };
    }

    /** Without the patient and the text: this may end up in a log. */
    @Override
    public String toString() {
        return "StandingAlert[" + alertId + " " + rule + " " + priority + " " + lane + "]";
    }
}
