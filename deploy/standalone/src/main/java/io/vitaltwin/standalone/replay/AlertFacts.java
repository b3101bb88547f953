package io.vitaltwin.standalone.replay;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.diff.AlertFact;

/** Alert events as comparisons see them. */
public final class AlertFacts {

    private AlertFacts() {
    }

    /** Which versions of rules and consents it was decided under is no difference: that is what two runs differ in. */
    public static AlertFact of(String patient, AlertEvent event) {
        AlertEvent same = AlertEvent.newBuilder(event).setRuleSetVersion("").setConsentVersion("").setSchemaVersion(0).setText("").build();
        return new AlertFact(patient, event.getAlertId(), event.getRule(), event.getFamily(), event.getEvent().name(),
                Priority.valueOf(event.getPriority().name()), event.getEpisodeStart().toEpochMilli(), event.getAppendTime().toEpochMilli(), event.getText(),
                same.toString());
    }
}
