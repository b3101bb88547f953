package io.vitaltwin.alerts.core;

import io.vitaltwin.alerts.core.Attention.Acknowledged;
import io.vitaltwin.alerts.core.Attention.Ended;
import io.vitaltwin.alerts.core.Attention.Snoozed;
import io.vitaltwin.alerts.core.Attention.Waiting;
import io.vitaltwin.alerts.core.Caseload.LeftSnooze;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorkflowEventType;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the twin says. A duplicate changes nothing. Events of one alert come in the order in which they were decided; where the beginning is missing, the
 * first that comes opens the alert, because what stands must be seen.
 */
final class Conditions {

    /** A notice to the patient, not to staff: CR 3.12.14. */
    private static final String REPEAT = "REPEAT";
    private static final String SYMPTOM_REPORT = "SYMPTOM_REPORT";
    private static final String CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN";
    /** Comes back however soon, it calls: CR 6.1. */
    private static final String CGM_URGENT_LOW = "CGM_URGENT_LOW";
    /** End reason of an event about an episode that was over before. */
    private static final String ENDED_BEFORE = "ENDED_BEFORE";
    /** What ended for these reasons may not be shown any more, nor be handled: CR 8.3.6. */
    private static final Set<String> WITHOUT_DATA = Set.of(Ended.CONSENT_WITHDRAWN, "CONSENT_EXPIRED", "CONSENT_CHANGED", "EMERGENCY_ENDED", "OPTED_OUT",
            Ended.ERASED);

    private final Desk desk;

    Conditions(Desk desk) {
        this.desk = desk;
    }

    void take(AlertEvent event, long atMillis) {
        if (event.getFamily().equals(REPEAT)) {
            return;
        }
        HandledAlert known = desk.alerts.get(event.getAlertId());
        boolean end = event.getEvent() == AlertEventType.CLEARED || event.getEvent() == AlertEventType.INVALIDATED;
        if (known != null) {
            change(known, event, end, atMillis);
        } else if (!end && !event.getEndReason().equals(ENDED_BEFORE)) {
            open(event, atMillis);
        }
        if (event.getRule().equals(CONSENT_WITHDRAWN) && event.getEvent() == AlertEventType.RAISED) {
            monitoringStopped(atMillis);
        }
    }

    private void open(AlertEvent event, long atMillis) {
        Condition condition = Condition.openedBy(event, atMillis);
        Optional<LeftSnooze> left = leftSnooze(condition, atMillis);
        long since = silentUntil(condition, atMillis);
        Handling handling = Handling.begun(since);
        if (left.isPresent()) {
            handling = handling.with(new Snoozed(left.get().actor(), left.get().sinceMillis(), left.get().untilMillis()));
        }
        String reason = left.isPresent() ? "STILL_SNOOZED" : since > atMillis ? "REFRACTORY" : "";
        HandledAlert opened = desk.tell(WorkflowEventType.OPENED, Optional.empty(), HandledAlert.of(condition, handling, atMillis), atMillis,
                told -> told.setReason(reason).setUntil(left.map(snooze -> instant(snooze.untilMillis())).orElse(null)));
        if (condition.priority() != Priority.INFO) {
            opened = Storms.opened(desk, opened, atMillis);
        }
        desk.call(opened, atMillis);
    }

    /** A snooze of the same rule whose alert has ended meanwhile. Another rule of the family, or a worse level, ends it. */
    private Optional<LeftSnooze> leftSnooze(Condition condition, long atMillis) {
        LeftSnooze left = desk.snoozes.remove(condition.family());
        if (left == null || left.untilMillis() <= atMillis || !left.rule().equals(condition.rule())
                || Urgency.isAbove(condition.priority(), left.priority()) || condition.rule().equals(CGM_URGENT_LOW)) {
            return Optional.empty();
        }
        return Optional.of(left);
    }

    /** From when on it may call: at once, unless the same condition was resolved at this level a short while ago. */
    private long silentUntil(Condition condition, long atMillis) {
        if (condition.rule().equals(CGM_URGENT_LOW) || condition.lane() == Lane.ADMINISTRATIVE) {
            return atMillis;
        }
        long until = atMillis;
        for (HandledAlert other : desk.alerts.values()) {
            if (other.handling().attention() instanceof Ended ended && ended.isOrdinary() && isSame(other.condition(), condition)) {
                until = Math.max(until, ended.sinceMillis() + refractoryMillis(other.condition().priority()));
            }
        }
        return until;
    }

    private static boolean isSame(Condition before, Condition now) {
        return before.family().equals(now.family()) && before.rule().equals(now.rule()) && !Urgency.isAbove(now.priority(), before.priority());
    }

    private long refractoryMillis(Priority priority) {
        boolean low = priority == Priority.LOW || priority == Priority.INFO;
        return (low ? desk.policy.refractoryLow() : desk.policy.refractory()).toMillis();
    }

    private void change(HandledAlert known, AlertEvent event, boolean end, long atMillis) {
        if (end) {
            end(known, event, atMillis);
        } else if (event.getEndReason().equals(ENDED_BEFORE)) {
            disputedAfterItsEnd(known, event, atMillis);
        } else if (!known.condition().holds()) {
            if (event.getEvent() == AlertEventType.RAISED) {
                callAnew(known, event, "RAISED_AGAIN", atMillis);
            }
        } else if (Urgency.isAbove(event.getPriority(), known.condition().priority())) {
            callAnew(known, event, event.getEvent().name(), atMillis);
        } else if (isNewReport(known, event)) {
            callAnew(known, event, "NEW_REPORT", atMillis);
        } else if (event.getEvent() != AlertEventType.RAISED) {
            update(known, event, atMillis);
        }
    }

    /** The patient says it again: what is heard must not vanish in an alert that somebody has dealt with. */
    private static boolean isNewReport(HandledAlert known, AlertEvent event) {
        return event.getRule().equals(SYMPTOM_REPORT) && event.getEvent() == AlertEventType.UPDATED && !known.condition().isDisputedBy(event);
    }

    /** A new round: whatever people did about it before, it calls. */
    private void callAnew(HandledAlert known, AlertEvent event, String reason, long atMillis) {
        boolean quiet = !(known.handling().attention() instanceof Waiting);
        Condition condition = known.condition().changedBy(event);
        boolean begins = known.condition().priority() == Priority.INFO || !known.condition().holds();
        HandledAlert anew = known.with(condition, atMillis).with(known.handling().nextRound(atMillis), atMillis).notUndoable();
        if (condition.priority() == Priority.HIGH) {
            anew = anew.inStorm("");
        }
        HandledAlert told = desk.tell(quiet ? WorkflowEventType.BROKEN_THROUGH : WorkflowEventType.CHANGED, Optional.of(known.state()), anew, atMillis,
                builder -> builder.setReason(reason));
        if (begins && condition.priority() != Priority.INFO) {
            told = Storms.opened(desk, told, atMillis);
        }
        desk.call(told, atMillis);
    }

    /** Told to nobody: a better level, another rule, a word of the patient. */
    private void update(HandledAlert known, AlertEvent event, long atMillis) {
        HandledAlert after = known.with(known.condition().changedBy(event), known.isEnded() ? known.updatedMillis() : atMillis);
        if (isSeen(known.condition(), after.condition())) {
            desk.tell(WorkflowEventType.CHANGED, Optional.of(known.state()), after, atMillis, builder -> builder.setReason(event.getEvent().name()));
        } else {
            desk.put(after);
        }
    }

    private static boolean isSeen(Condition before, Condition after) {
        return before.priority() != after.priority() || !before.rule().equals(after.rule()) || !before.tags().equals(after.tags());
    }

    private void disputedAfterItsEnd(HandledAlert known, AlertEvent event, long atMillis) {
        Condition tagged = known.condition().withTags(event.getTags());
        if (!known.isEnded() && isSeen(known.condition(), tagged)) {
            desk.tell(WorkflowEventType.CHANGED, Optional.of(known.state()), known.with(tagged, atMillis), atMillis,
                    builder -> builder.setReason(ENDED_BEFORE));
        }
    }

    private void end(HandledAlert known, AlertEvent event, long atMillis) {
        if (!known.condition().holds()) {
            return;
        }
        String reason = event.getEvent() == AlertEventType.INVALIDATED ? Ended.INVALIDATED
                : event.getEndReason().isEmpty() ? Ended.CONDITION_ENDED : event.getEndReason();
        boolean withoutData = WITHOUT_DATA.contains(reason) || reason.equals(Ended.INVALIDATED);
        Condition over = withoutData ? known.condition().overWithoutData() : known.condition().over();
        if (known.isEnded()) {
            desk.put(known.with(over, known.updatedMillis()).notUndoable());
            return;
        }
        if (reason.equals(Ended.CONDITION_ENDED) && known.handling().attention() instanceof Snoozed snoozed && snoozed.untilMillis() > atMillis) {
            desk.snoozes.put(over.family(), new LeftSnooze(over.rule(), over.priority(), snoozed.actor(), snoozed.sinceMillis(), snoozed.untilMillis()));
        }
        if (over.latches() && !withoutData) {
            latch(known, over, reason, atMillis);
        } else {
            desk.end(known, over, new Ended("", atMillis, reason), builder -> builder.setReason(reason));
        }
    }

    private void latch(HandledAlert known, Condition over, String reason, long atMillis) {
        HandledAlert latched = known.with(over, atMillis).notUndoable();
        if (known.handling().attention() instanceof Snoozed snoozed) { // who snoozed it knew of it
            latched = latched.with(known.handling().with(new Acknowledged(snoozed.actor(), snoozed.sinceMillis(), 0)), atMillis);
        }
        desk.tell(WorkflowEventType.LATCHED, Optional.of(known.state()), latched, atMillis, builder -> builder.setReason(reason));
    }

    /** What is latched is no episode of the twin any more, so nobody else ends it when consent does. */
    private void monitoringStopped(long atMillis) {
        for (HandledAlert alert : List.copyOf(desk.alerts.values())) {
            boolean measured = alert.condition().lane() != Lane.ADMINISTRATIVE && (!alert.condition().holds() || alert.condition().isStorm());
            if (measured && alert.isEnded()) {
                desk.put(alert.with(alert.condition().overWithoutData(), alert.updatedMillis()));
            } else if (measured) {
                desk.end(alert, alert.condition().overWithoutData(), new Ended("", atMillis, Ended.CONSENT_WITHDRAWN),
                        builder -> builder.setReason(Ended.CONSENT_WITHDRAWN));
            }
        }
    }

    private static Instant instant(long millis) {
        return Instant.ofEpochMilli(millis);
    }
}
