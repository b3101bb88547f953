package io.vitaltwin.alerts.core;

import io.vitaltwin.alerts.core.Attention.Acknowledged;
import io.vitaltwin.alerts.core.Attention.Ended;
import io.vitaltwin.alerts.core.Attention.Snoozed;
import io.vitaltwin.alerts.core.Attention.Waiting;
import io.vitaltwin.schemas.WorkflowEventType;

import java.util.Optional;

/** What time alone brings about: each thing is decided as of its own time, whenever it is looked at, so a replay decides the same. */
final class Deadlines {

    private static final long NEVER = Long.MAX_VALUE;

    private final Desk desk;

    Deadlines(Desk desk) {
        this.desk = desk;
    }

    /** Lets everything happen that is due until then, earliest first, among equals by id. */
    void run(long untilMillis) {
        for (long due = next(); due <= untilMillis; due = next()) {
            desk.clockMillis = Math.max(desk.clockMillis, due);
            if (Storms.endMillis(desk).orElse(NEVER) <= due) {
                Storms.end(desk, desk.clockMillis);
            } else {
                fireFirst(due);
            }
        }
    }

    private void fireFirst(long due) {
        for (HandledAlert alert : desk.alerts.values()) {
            if (dueMillis(alert) <= due) {
                fire(alert, due, desk.clockMillis);
                return;
            }
        }
        throw new IllegalStateException("something is due and nothing has that deadline");
    }

    /** @return Long.MAX_VALUE: time alone changes nothing */
    long next() {
        long next = Storms.endMillis(desk).orElse(NEVER);
        for (HandledAlert alert : desk.alerts.values()) {
            next = Math.min(next, dueMillis(alert));
        }
        return next;
    }

    private long dueMillis(HandledAlert alert) {
        long due = alert.handling().held().isPresent() ? desk.around.staleUntilMillis() : NEVER;
        return Math.min(due, switch (alert.handling().attention()) {
            case Waiting waiting -> alert.storm().isEmpty() ? rung(alert).map(rung -> desk.rungDue(alert, rung)).orElse(NEVER) : NEVER;
            case Acknowledged by when alert.condition().holds() -> reminderDue(alert, by);
            case Acknowledged by -> NEVER;
            case Snoozed snoozed -> snoozed.untilMillis();
            case Ended ended -> alert.condition().holds() ? NEVER : ended.sinceMillis() + desk.policy.memory().toMillis();
        });
    }

    private static Optional<Step> rung(HandledAlert alert) {
        return Ladder.next(alert.condition().priority(), alert.handling().rungs());
    }

    private long reminderDue(HandledAlert alert, Acknowledged by) {
        return Ladder.reminder(alert.condition().priority(), desk.policy)
                .map(every -> by.sinceMillis() + (by.reminders() + 1) * every.toMillis()).orElse(NEVER);
    }

    private void fire(HandledAlert alert, long due, long atMillis) {
        Optional<Handling.Held> held = alert.handling().held();
        if (held.isPresent() && desk.around.staleUntilMillis() <= due) {
            desk.release(alert, held.get(), atMillis);
            return;
        }
        switch (alert.handling().attention()) {
            case Waiting waiting -> {
                Step rung = rung(alert).orElseThrow(() -> new IllegalStateException("nothing to climb"));
                desk.climb(alert, rung, desk.rungDue(alert, rung), atMillis);
            }
            case Acknowledged by -> remind(alert, by, atMillis);
            case Snoozed snoozed -> wake(alert, snoozed, atMillis);
            case Ended ended -> desk.alerts.remove(alert.id());
        }
    }

    private void remind(HandledAlert alert, Acknowledged by, long atMillis) {
        Acknowledged reminded = new Acknowledged(by.actor(), by.sinceMillis(), by.reminders() + 1);
        HandledAlert after = alert.with(alert.handling().with(reminded), alert.updatedMillis());
        desk.plan(after, Step.REMINDER, Desk.noticeId(after, Step.REMINDER.name() + "." + reminded.reminders()), reminderDue(alert, by), atMillis);
    }

    private void wake(HandledAlert alert, Snoozed snoozed, long atMillis) {
        HandledAlert awake = alert.with(alert.handling().nextRound(snoozed.untilMillis()), atMillis).notUndoable();
        desk.call(desk.tell(WorkflowEventType.SNOOZE_ENDED, Optional.of(alert.state()), awake, atMillis, event -> event.setReason("EXPIRED")), atMillis);
    }
}
