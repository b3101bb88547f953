package io.vitaltwin.alerts.console;

import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which rows are wanted. An empty set or text: any. A row fits when each part fits; the parts about alerts fit together by one alert.
 *
 * @param lanes lanes of an alert
 * @param priorities priorities of an alert
 * @param states states of the row or of an alert
 * @param owner who has the alert or has acknowledged it; {@code none}: nobody
 * @param team the patient's team
 * @param text part of the patient's id, of a rule or of a text, in any case
 */
public record WorklistQuery(Set<String> lanes, Set<String> priorities, Set<String> states, String owner, String team, String text) {

    public static final WorklistQuery ALL = new WorklistQuery(Set.of(), Set.of(), Set.of(), "", "", "");
    private static final String NOBODY = "none";

    public WorklistQuery {
        lanes = Set.copyOf(lanes);
        priorities = Set.copyOf(priorities);
        states = Set.copyOf(states);
        text = text.strip().toLowerCase(Locale.ROOT);
    }

    boolean fitsTeam(String itsTeam) {
        return team.isEmpty() || team.equals(itsTeam);
    }

    /** Asks of the row only what is shown. */
    boolean fits(PatientRow row) {
        boolean rowState = states.isEmpty() || states.contains(row.state().name());
        boolean aboutAlerts = !lanes.isEmpty() || !priorities.isEmpty() || !owner.isEmpty() || !rowState;
        Predicate<AlertRow> fits = alert -> (lanes.isEmpty() || lanes.contains(alert.lane().name()))
                && (priorities.isEmpty() || priorities.contains(alert.priority().name()))
                && (rowState || states.contains(alert.state().name())) && isOwned(alert);
        return (!aboutAlerts || row.alerts().stream().anyMatch(fits)) && hasText(row);
    }

    private boolean isOwned(AlertRow alert) {
        if (owner.equals(NOBODY)) {
            return alert.assignee() == null && alert.acknowledgedBy() == null;
        }
        return owner.isEmpty() || owner.equals(alert.assignee()) || owner.equals(alert.acknowledgedBy());
    }

    private boolean hasText(PatientRow row) {
        return text.isEmpty() || has(row.patientId()) || row.alerts().stream().anyMatch(alert -> has(alert.rule()) || has(alert.text()));
    }

    private boolean has(String where) {
        return where.toLowerCase(Locale.ROOT).contains(text);
    }
}
