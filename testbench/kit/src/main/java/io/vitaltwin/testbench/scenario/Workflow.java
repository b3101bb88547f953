package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.WorkflowEventType;
import io.vitaltwin.schemas.WorkflowState;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Where each alert stands with the people who handle it. */
final class Workflow {

    private final Map<String, WorkflowState> states = new HashMap<>();
    /** Alert id -> why actions on it were refused. */
    private final Map<String, List<String>> refusals = new HashMap<>();

    /** @param events in the order in which they came */
    Workflow(List<AlertWorkflowEvent> events) {
        for (AlertWorkflowEvent event : events) {
            if (event.getType() == WorkflowEventType.REFUSED) {
                refusals.computeIfAbsent(event.getAlertId(), id -> new ArrayList<>()).add(event.getRefusal());
            } else {
                states.put(event.getAlertId(), Objects.requireNonNull(event.getState(), "a step that was taken leads to a state"));
            }
        }
    }

    /** Where the episode stands, and what was refused; empty: it stands as wanted. */
    Optional<String> difference(WorkflowState wanted, Episode episode) {
        String alertId = episode.first().getAlertId();
        WorkflowState came = states.get(alertId);
        if (came == wanted) {
            return Optional.empty();
        }
        List<String> refused = refusals.getOrDefault(alertId, List.of());
        return Optional.of((came == null ? "none" : came.toString()) + (refused.isEmpty() ? "" : ", and refused actions: " + String.join(" ", refused)));
    }
}
