package io.vitaltwin.alerts.console;

import io.vitaltwin.schemas.AlertWorkflowEvent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What the workflow said about actions: to those who wait, and the newest 10,000 for those who send an action again. Safe for several threads. */
public final class Answers {

    private static final int KEPT = 10_000;

    private final Map<String, CompletableFuture<AlertWorkflowEvent>> waiting = new LinkedHashMap<>();
    private final Map<String, AlertWorkflowEvent> given = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, AlertWorkflowEvent> eldest) {
            return size() > KEPT;
        }
    };

    synchronized void give(AlertWorkflowEvent event) {
        String action = event.getActionId();
        if (action.isEmpty() || given.putIfAbsent(action, event) != null) {
            return;
        }
        CompletableFuture<AlertWorkflowEvent> waits = waiting.remove(action);
        if (waits != null) {
            waits.complete(event);
        }
    }

    /** Done at once when it was given before. */
    public synchronized CompletableFuture<AlertWorkflowEvent> to(String actionId) {
        AlertWorkflowEvent before = given.get(actionId);
        return before != null ? CompletableFuture.completedFuture(before) : waiting.computeIfAbsent(actionId, id -> new CompletableFuture<>());
    }

    /** Nobody waits any more. */
    public synchronized void forget(String actionId) {
        waiting.remove(actionId);
    }
}
