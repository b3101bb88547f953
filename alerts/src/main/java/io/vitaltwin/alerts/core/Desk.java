package io.vitaltwin.alerts.core;

import io.vitaltwin.alerts.core.Caseload.LeftSnooze;
import io.vitaltwin.alerts.core.Handling.Held;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.DeliveryStatus;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.WorkflowEventType;
import io.vitaltwin.schemas.WorkflowState;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A working copy of one caseload while one record, or time, is dealt with. Made, used and closed by one thread. */
final class Desk {

    /** Actions that are remembered for one patient. Project default, no source. */
    private static final int MOST_ACTIONS = 100;

    final Policy policy;
    final Surroundings around;
    final SortedMap<String, HandledAlert> alerts;
    final List<Long> openings;
    final SortedMap<String, LeftSnooze> snoozes;
    final Map<String, Long> actions;
    private final List<AlertWorkflowEvent> events = new ArrayList<>();
    private final List<Notification> notices = new ArrayList<>();
    long clockMillis;

    Desk(Policy policy, Surroundings around, Caseload caseload) {
        this.policy = policy;
        this.around = around;
        this.alerts = new TreeMap<>(caseload.alerts());
        this.openings = new ArrayList<>(caseload.openings());
        this.snoozes = new TreeMap<>(caseload.snoozes());
        this.actions = new LinkedHashMap<>(caseload.actions());
        this.clockMillis = caseload.clockMillis();
    }

    Outcome close() {
        snoozes.values().removeIf(snooze -> snooze.untilMillis() <= clockMillis);
        Caseload left = alerts.isEmpty() ? Caseload.empty() : new Caseload(alerts, openings, snoozes, actions, clockMillis);
        return new Outcome(left, events, notices);
    }

    void put(HandledAlert alert) {
        alerts.put(alert.id(), alert);
    }

    void remember(String actionId, long atMillis) {
        actions.put(actionId, atMillis);
        while (actions.size() > MOST_ACTIONS) {
            actions.remove(actions.keySet().iterator().next());
        }
    }

    /** Tells of a step of an alert, and keeps the alert as it is after it. @param before empty: the alert is new */
    HandledAlert tell(
            WorkflowEventType type, Optional<WorkflowState> before, HandledAlert after, long atMillis, Consumer<AlertWorkflowEvent.Builder> details) {
        HandledAlert counted = after.counted();
        Condition condition = counted.condition();
        AlertWorkflowEvent.Builder event = AlertWorkflowEvent.newBuilder()
                .setEventId(counted.id() + "." + counted.events()).setAlertId(counted.id()).setPatientId(around.patient()).setType(type)
                .setStateBefore(before.orElse(null)).setState(counted.state()).setRule(condition.rule()).setFamily(condition.family())
                .setPriority(condition.priority()).setLane(condition.lane()).setTime(Instant.ofEpochMilli(atMillis))
                .setAssignee(counted.handling().assignee().isEmpty() ? null : counted.handling().assignee())
                .setRound(counted.handling().round()).setRuleSetVersion(condition.ruleSetVersion());
        details.accept(event);
        events.add(event.build());
        put(counted);
        return counted;
    }

    void refuse(AlertWorkflowEvent event) {
        events.add(event);
    }

    /** Plans a step; where it fell due while nobody could tell it, it waits, and the newest such step is told. */
    HandledAlert plan(HandledAlert alert, Step step, String noticeId, long dueMillis, long atMillis) {
        HandledAlert planned;
        if (dueMillis < around.staleUntilMillis()) {
            planned = alert.with(alert.handling().withHeld(new Held(step, noticeId, dueMillis)), alert.updatedMillis());
        } else {
            planned = alert.with(alert.handling().told(step), alert.updatedMillis());
            notices.add(notice(alert, step, noticeId, dueMillis, atMillis));
        }
        put(planned);
        return planned;
    }

    /** Tells what was held. */
    void release(HandledAlert alert, Held held, long atMillis) {
        put(alert.with(alert.handling().told(held.step()), alert.updatedMillis()));
        notices.add(notice(alert, held.step(), held.noticeId(), held.dueMillis(), Math.max(atMillis, around.staleUntilMillis())));
    }

    private Notification notice(HandledAlert alert, Step step, String noticeId, long dueMillis, long atMillis) {
        return Notification.newBuilder().setNotificationId(noticeId).setAlertId(alert.id()).setPatientId(around.patient()).setChannel("")
                .setRecipient(recipient(alert.handling(), step, atMillis)).setStatus(DeliveryStatus.PLANNED).setTime(Instant.ofEpochMilli(atMillis))
                .setStep(step.name()).setDue(Instant.ofEpochMilli(dueMillis)).setPriority(alert.condition().priority())
                .setLane(alert.condition().lane()).build();
    }

    private String recipient(Handling handling, Step step, long atMillis) {
        boolean personal = step == Step.REMINDER || step == Step.ASSIGNED;
        if (personal && !handling.assignee().isEmpty()) {
            return handling.assignee();
        }
        return personal && handling.attention() instanceof Attention.Acknowledged by ? by.actor() : around.rota().recipient(step.role(), atMillis);
    }

    /** It calls from now on, or from the time on at which its round begins. */
    HandledAlert call(HandledAlert alert, long atMillis) {
        Handling handling = alert.handling();
        Optional<Step> rung = Ladder.next(alert.condition().priority(), handling.rungs());
        if (!(handling.attention() instanceof Attention.Waiting) || !alert.storm().isEmpty() || rung.isEmpty()) {
            return alert;
        }
        long due = rungDue(alert, rung.get());
        return due > atMillis ? alert : climb(alert, rung.get(), due, atMillis);
    }

    long rungDue(HandledAlert alert, Step rung) {
        return Ladder.dueMillis(rung, alert.condition().priority(), alert.handling().sinceMillis(), policy, around.rota());
    }

    HandledAlert climb(HandledAlert alert, Step rung, long dueMillis, long atMillis) {
        Optional<WorkflowState> before = Optional.of(alert.state());
        HandledAlert higher = alert.with(alert.handling().climbed(), atMillis);
        if (rung == Step.SECOND_CONTACT || rung == Step.ON_CALL_LEAD) {
            higher = tell(WorkflowEventType.ESCALATED, before, higher, atMillis, event -> event.setStep(rung.name()).setReason("UNACKNOWLEDGED"));
        }
        return plan(higher, rung, noticeId(higher, rung.name()), dueMillis, atMillis);
    }

    static String noticeId(HandledAlert alert, String step) {
        return alert.id() + "." + alert.handling().round() + "." + step;
    }

    /** Ends an alert. @param condition as it is from now on */
    HandledAlert end(HandledAlert alert, Condition condition, Attention.Ended ended, Consumer<AlertWorkflowEvent.Builder> details) {
        HandledAlert over = alert.with(condition, ended.sinceMillis()).with(alert.handling().with(ended), ended.sinceMillis()).inStorm("").notUndoable();
        HandledAlert told = tell(WorkflowEventType.RESOLVED, Optional.of(alert.state()), over, ended.sinceMillis(), details);
        if (condition.isStorm()) {
            Storms.free(this, alert.id(), ended.sinceMillis());
        }
        return told;
    }
}
