package io.vitaltwin.alerts.core;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;

import java.util.List;

/**
 * What the twin says of one alert.
 *
 * @param priority now, or at the end
 * @param highest ever reached
 * @param raisedMillis append time of the event that opened it
 * @param text may hold measured values; empty once they may not be used
 * @param basis what the text rests on; empty for a notice, or once it may not be used
 * @param holds false: the condition is over
 */
public record Condition(
        String alertId,
        String rule,
        String family,
        Priority priority,
        Priority highest,
        Lane lane,
        long episodeStartMillis,
        long raisedMillis,
        String text,
        List<String> tags,
        List<Basis> basis,
        String ruleSetVersion,
        boolean holds) {

    static final String ALERT_STORM = "ALERT_STORM";
    private static final String AF_SUSPECT = "AF_SUSPECT";
    private static final String DISPUTED = "DISPUTED";

    public Condition {
        tags = List.copyOf(tags);
        basis = List.copyOf(basis);
    }

    static Condition openedBy(AlertEvent event, long atMillis) {
        return new Condition(event.getAlertId(), event.getRule(), event.getFamily(), event.getPriority(), event.getPriority(), event.getLane(),
                event.getEpisodeStart().toEpochMilli(), atMillis, event.getText(), event.getTags(), basisOf(event), event.getRuleSetVersion(), true);
    }

    /** As the event describes it. A dispute leaves the text as it is: both stand side by side. */
    Condition changedBy(AlertEvent event) {
        boolean dispute = isDisputedBy(event);
        return new Condition(alertId, event.getRule(), family, event.getPriority(), Urgency.higher(highest, event.getPriority()), lane,
                episodeStartMillis, raisedMillis, dispute ? text : event.getText(), event.getTags(), event.getEvidence().isEmpty() ? basis : basisOf(event),
                event.getRuleSetVersion(), true);
    }

    /** Whether the event says that the patient disputes it, for the first time. */
    boolean isDisputedBy(AlertEvent event) {
        return event.getTags().contains(DISPUTED) && !tags.contains(DISPUTED);
    }

    Condition withTags(List<String> other) {
        return new Condition(alertId, rule, family, priority, highest, lane, episodeStartMillis, raisedMillis, text, other, basis, ruleSetVersion, holds);
    }

    Condition withText(String other) {
        return new Condition(alertId, rule, family, priority, highest, lane, episodeStartMillis, raisedMillis, other, tags, basis, ruleSetVersion, holds);
    }

    /** The condition is over; what was said of it still stands. */
    Condition over() {
        return new Condition(alertId, rule, family, priority, highest, lane, episodeStartMillis, raisedMillis, text, tags, basis, ruleSetVersion, false);
    }

    /** Over, and nothing that was measured may be shown any more. */
    Condition overWithoutData() {
        return new Condition(alertId, rule, family, priority, highest, lane, episodeStartMillis, raisedMillis, "", List.of(), List.of(), ruleSetVersion, false);
    }

    /** CR 6.1: after its end somebody must look. */
    boolean latches() {
        return highest == Priority.HIGH || family.equals(AF_SUSPECT);
    }

    boolean isStorm() {
        return family.equals(ALERT_STORM);
    }

    private static List<Basis> basisOf(AlertEvent event) {
        return event.getEvidence().stream().filter(evidence -> !evidence.getVital().isEmpty())
                .map(evidence -> new Basis(evidence.getDeviceId(), evidence.getVital(), evidence.getEffectiveTime().toEpochMilli())).distinct().toList();
    }

    /** Without text: this may end up in a log. */
    @Override
    public String toString() {
        return "Condition[" + alertId + " " + rule + " " + priority + (holds ? "" : " over") + "]";
    }
}
