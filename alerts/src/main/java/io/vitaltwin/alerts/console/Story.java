package io.vitaltwin.alerts.console;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.Notification;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What happened to one alert: the newest 20 events of the twin, 40 of the workflow and 40 results of notifications. Guarded by its file. */
final class Story {

    private static final int EVENTS = 20;
    private static final int STEPS = 40;

    private final List<AlertEvent> events = new ArrayList<>();
    private final List<AlertWorkflowEvent> workflow = new ArrayList<>();
    private final List<Notification> notifications = new ArrayList<>();

    /** Copies of what is kept, oldest first. */
    record Told(List<AlertEvent> events, List<AlertWorkflowEvent> workflow, List<Notification> notifications) {

        static final Told NOTHING = new Told(List.of(), List.of(), List.of());

        Told {
            events = List.copyOf(events);
            workflow = List.copyOf(workflow);
            notifications = List.copyOf(notifications);
        }

        /** The newest step that was not an action that could not be. */
        Optional<AlertWorkflowEvent> handled() {
            return workflow.reversed().stream().filter(step -> step.getState() != null).findFirst();
        }
    }

    void add(AlertEvent event) {
        add(events, event, EVENTS);
    }

    void add(AlertWorkflowEvent step) {
        add(workflow, step, STEPS);
    }

    void add(Notification notification) {
        add(notifications, notification, STEPS);
    }

    private static <T> void add(List<T> list, T one, int kept) {
        if (list.size() == kept) {
            list.removeFirst();
        }
        list.add(one);
    }

    Told told() {
        return new Told(events, workflow, notifications);
    }
}
