package io.vitaltwin.alerts.message;

import io.vitaltwin.schemas.AlertBasis;
import io.vitaltwin.schemas.WorkflowState;
import io.vitaltwin.schemas.WorklistAlert;

import java.time.Instant;
import java.util.List;

/**
 * What may be said of an alert to those who may see it.
 *
 * @param rule such as SPO2_CRIT
 * @param text one plain sentence or two; may hold measured values; empty where there is none
 * @param since beginning of the episode, effective time
 * @param tags marks of the newest alert event, such as UNVERIFIED
 * @param state where it stands with the people who handle it
 * @param holds false: the condition is over and nobody has looked yet
 * @param vitals internal ids of what the text rests on, each once; empty for a notice
 */
public record AlertDetail(String rule, String text, Instant since, List<String> tags, WorkflowState state, boolean holds, List<String> vitals) {

    public AlertDetail {
        tags = List.copyOf(tags);
        vitals = List.copyOf(vitals);
    }

    static AlertDetail of(WorklistAlert alert) {
        return new AlertDetail(Sentences.oneLine(alert.getRule()), Sentences.oneLine(alert.getText()), alert.getEpisodeStart(),
                alert.getTags().stream().map(Sentences::oneLine).toList(), alert.getState(), alert.getHolds(),
                alert.getBasis().stream().map(AlertBasis::getVital).distinct().toList());
    }

    /** Without what was measured: this may end up in a log. */
    @Override
    public String toString() {
        return "AlertDetail[" + state + (holds ? "" : " over") + "]";
    }
}
