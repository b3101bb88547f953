package io.vitaltwin.alerts.core;

import io.vitaltwin.schemas.ActionKind;
import io.vitaltwin.schemas.AlertAction;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.TrustedRecords;
import io.vitaltwin.schemas.WorkflowEventType;
import io.vitaltwin.schemas.WorkflowState;
import io.vitaltwin.schemas.WorklistAlert;
import io.vitaltwin.schemas.WorklistItem;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One patient's alerts, played in order: time passes up to each input. What was told is kept. */
final class Stage {

    static {
        TrustedRecords.trust();
    }

    /** A Monday. */
    static final Instant T0 = Instant.parse("2026-03-02T10:00:00Z");
    static final String ANN = "ann";
    static final String NURSE = "nurse-1";

    private final Workflow workflow;
    private Surroundings around = new Surroundings(ANN, Rota.nobody(), Surroundings.NEVER_STALE);
    private Caseload caseload = Caseload.empty();
    final List<AlertWorkflowEvent> events = new ArrayList<>();
    final List<Notification> notices = new ArrayList<>();
    private int actions;

    Stage() {
        this(Policy.defaults());
    }

    Stage(Policy policy) {
        workflow = new Workflow(policy);
    }

    Stage staleUntil(Duration time) {
        around = new Surroundings(ANN, around.rota(), T0.plus(time).toEpochMilli());
        return this;
    }

    Stage rota(Rota rota) {
        around = new Surroundings(ANN, rota, around.staleUntilMillis());
        return this;
    }

    static Duration min(long minutes) {
        return Duration.ofMinutes(minutes);
    }

    private static long millis(Duration at) {
        return T0.plus(at).toEpochMilli();
    }

    /** An event of the twin without evidence. Rule and family are the same word. */
    static AlertEvent event(String id, AlertEventType type, String rule, Priority priority, Duration at) {
        return AlertEvent.newBuilder().setAlertId(id).setPatientId(ANN).setRule(rule).setFamily(familyOf(rule)).setEvent(type).setPriority(priority)
                .setLane(Lane.PHYSIOLOGICAL).setEpisodeStart(T0.plus(at).minusSeconds(60)).setEffectiveTime(T0.plus(at)).setAppendTime(T0.plus(at))
                .setText("Value 86.5 of " + rule).setRuleSetVersion("7").setEvidence(new ArrayList<>()).build();
    }

    private static String familyOf(String rule) {
        return rule.startsWith("HR_") ? "HR" : rule.startsWith("SPO2_") ? "SPO2" : rule.startsWith("CGM_") && !rule.contains("HYPER") ? "CGM_LOW" : rule;
    }

    static Evidence evidence(String vital) {
        return Evidence.newBuilder().setTopic("vt.readings.v1").setPartition(0).setOffset(1).setDeviceId("oxi").setVital(vital).setUnit("%")
                .setValue(86.5).setEffectiveTime(T0).build();
    }

    Stage raise(String id, String rule, Priority priority, Duration at) {
        return twin(event(id, AlertEventType.RAISED, rule, priority, at), at);
    }

    Stage upgrade(String id, String rule, Priority priority, Duration at) {
        return twin(event(id, AlertEventType.UPGRADED, rule, priority, at), at);
    }

    Stage downgrade(String id, String rule, Priority priority, Duration at) {
        return twin(event(id, AlertEventType.DOWNGRADED, rule, priority, at), at);
    }

    Stage clear(String id, Duration at) {
        return clear(id, "", at);
    }

    Stage clear(String id, String endReason, Duration at) {
        Condition condition = alert(id).condition();
        AlertEvent event = event(id, AlertEventType.CLEARED, condition.rule(), condition.priority(), at);
        event.setEndReason(endReason);
        return twin(event, at);
    }

    Stage twin(AlertEvent event, Duration at) {
        pass(at);
        return keep(workflow.take(caseload, event, millis(at), around));
    }

    Stage act(ActionKind kind, String id, Duration at) {
        return act(kind, id, at, action -> { });
    }

    Stage act(ActionKind kind, String id, Duration at, Consumer<AlertAction.Builder> details) {
        AlertAction.Builder action = AlertAction.newBuilder().setActionId("act-" + ++actions).setAlertId(id).setPatientId(ANN).setKind(kind)
                .setActor(NURSE).setTime(T0.plus(at));
        details.accept(action);
        return person(action.build(), at);
    }

    Stage acknowledge(String id, Duration at) {
        return act(ActionKind.ACKNOWLEDGE, id, at);
    }

    Stage snooze(String id, Duration length, Duration at) {
        return act(ActionKind.SNOOZE, id, at, action -> action.setUntil(T0.plus(at).plus(length)).setText("physician knows"));
    }

    Stage person(AlertAction action, Duration at) {
        pass(at);
        return keep(workflow.take(caseload, action, millis(at), around));
    }

    Stage erase(Duration at) {
        pass(at);
        return keep(workflow.erase(caseload, millis(at), around));
    }

    Stage pass(Duration until) {
        return keep(workflow.pass(caseload, millis(until), around));
    }

    private Stage keep(Outcome outcome) {
        caseload = outcome.caseload();
        events.addAll(outcome.events());
        notices.addAll(outcome.notices());
        return this;
    }

    Caseload caseload() {
        return caseload;
    }

    HandledAlert alert(String id) {
        return caseload.find(id).orElseThrow();
    }

    WorkflowState state(String id) {
        return alert(id).state();
    }

    List<WorklistAlert> worklist() {
        return Worklist.of(ANN, caseload).map(WorklistItem::getAlerts).orElse(List.of());
    }

    /** {@code STEP@minutes} of one alert. */
    List<String> told(String id) {
        return notices.stream().filter(notice -> notice.getAlertId().equals(id))
                .map(notice -> notice.getStep() + "@" + Duration.between(T0, notice.getTime()).toMinutes()).toList();
    }

    List<WorkflowEventType> types(String id) {
        return events.stream().filter(event -> event.getAlertId().equals(id)).map(AlertWorkflowEvent::getType).toList();
    }

    AlertWorkflowEvent last() {
        return events.getLast();
    }

    String refusal() {
        return last().getType() == WorkflowEventType.REFUSED ? last().getRefusal() : "none";
    }
}
