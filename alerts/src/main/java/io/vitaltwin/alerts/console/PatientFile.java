package io.vitaltwin.alerts.console;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.RegisteredDevice;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.TwinVital;
import io.vitaltwin.schemas.WorklistAlert;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of one patient: plan, newest snapshot, open alerts, a small line for each vital and the stories of the newest 30 alerts. Some 20 KB with five
 * vitals and a quiet week; 300 KB at most when every story is full. Records are kept as they came and never changed. Safe for several threads.
 */
final class PatientFile {

    private static final int STORIES = 30;

    private final String patient;
    private Optional<PatientContext> plan = Optional.empty();
    private Optional<TwinSnapshot> twin = Optional.empty();
    private Optional<String> team = Optional.empty();
    private List<WorklistAlert> open = List.of();
    private boolean openUnreadable;
    private boolean twinUnreadable;
    private final Map<String, Spark.Line> lines = new HashMap<>();
    private final LinkedHashMap<String, Story> stories = new LinkedHashMap<>();

    PatientFile(String patient) {
        this.patient = patient;
    }

    String patient() {
        return patient;
    }

    /**
     * One consistent look.
     *
     * @param team empty: that of those without one
     * @param unreadable whether the newest snapshot or worklist cannot be decoded: nobody knows how the patient stands
     */
    record Facts(
            String patient, Optional<PatientContext> plan, Optional<TwinSnapshot> twin, Optional<String> team, List<WorklistAlert> open,
            boolean unreadable) {

        /** Expected time between two readings of a device; empty: it has no rhythm. */
        Optional<Long> intervalMillis(String deviceId) {
            return plan.stream().flatMap(context -> context.getDevices().stream()).filter(device -> device.getDeviceId().equals(deviceId))
                    .map(RegisteredDevice::getIntervalMillis).filter(interval -> interval != null && interval > 0).max(Long::compare);
        }

        List<TwinVital> vitals() {
            return twin.map(TwinSnapshot::getVitals).orElse(List.of());
        }
    }

    synchronized Facts facts() {
        return new Facts(patient, plan, twin, team, open, openUnreadable || twinUnreadable);
    }

    synchronized Optional<PatientContext> plan() {
        return plan;
    }

    synchronized Optional<TwinSnapshot> twin() {
        return twin;
    }

    synchronized void plan(Optional<PatientContext> newest) {
        plan = newest;
    }

    synchronized void team(Optional<String> newest) {
        team = newest;
    }

    /** @return the snapshot before */
    synchronized Optional<TwinSnapshot> twin(Optional<TwinSnapshot> newest) {
        Optional<TwinSnapshot> before = twin;
        twin = newest;
        twinUnreadable = false;
        if (newest.isEmpty()) {
            lines.clear();
        }
        for (TwinVital vital : newest.map(TwinSnapshot::getVitals).orElse(List.of())) {
            if (vital.getValue() != null) {
                lines.computeIfAbsent(vital.getVital(), id -> new Spark.Line())
                        .add(vital.getEffectiveTime().toEpochMilli(), vital.getValue(), vital.getUnit());
            }
        }
        return before;
    }

    synchronized void open(List<WorklistAlert> newest) {
        open = List.copyOf(newest);
        openUnreadable = false;
    }

    /** What was known before stays, and counts as unknown. */
    synchronized void unreadableWorklist() {
        openUnreadable = true;
    }

    synchronized void unreadableTwin() {
        twinUnreadable = true;
    }

    synchronized void add(AlertEvent event) {
        story(event.getAlertId()).add(event);
    }

    synchronized void add(AlertWorkflowEvent step) {
        story(step.getAlertId()).add(step);
    }

    synchronized void add(Notification notification) {
        story(notification.getAlertId()).add(notification);
    }

    /** The story that something happens in is the newest; the oldest one of an alert that is over makes room. */
    private Story story(String alertId) {
        Story story = stories.remove(alertId);
        stories.put(alertId, story == null ? new Story() : story);
        Iterator<String> oldest = stories.keySet().iterator();
        while (stories.size() > STORIES && oldest.hasNext()) {
            String id = oldest.next();
            if (!id.equals(alertId) && open.stream().noneMatch(alert -> alert.getAlertId().equals(id))) {
                oldest.remove();
            }
        }
        return stories.get(alertId);
    }

    synchronized Story.Told told(String alertId) {
        Story story = stories.get(alertId);
        return story == null ? Story.Told.NOTHING : story.told();
    }

    /** All stories, the newest first. */
    synchronized Map<String, Story.Told> told() {
        Map<String, Story.Told> told = new LinkedHashMap<>();
        stories.reversed().forEach((id, story) -> told.put(id, story.told()));
        return told;
    }

    synchronized boolean knows(String alertId) {
        return stories.containsKey(alertId) || open.stream().anyMatch(alert -> alert.getAlertId().equals(alertId));
    }

    /** Empty without a number. */
    synchronized Optional<Spark> spark(String vital, long gapMillis) {
        return Optional.ofNullable(lines.get(vital)).map(line -> line.view(vital, gapMillis)).filter(spark -> !spark.points().isEmpty());
    }

    /** Whether nothing is left that a row is made of: the patient is gone or was erased. */
    synchronized boolean isEmpty() {
        return plan.isEmpty() && twin.isEmpty() && open.isEmpty() && team.isEmpty() && !openUnreadable && !twinUnreadable;
    }
}
