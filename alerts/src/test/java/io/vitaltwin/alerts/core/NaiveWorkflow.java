package io.vitaltwin.alerts.core;

import io.vitaltwin.schemas.ActionKind;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorkflowState;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rules of CR 6.1 once more, written from the reference and not from the program: one clock that goes on in steps of half a minute, one variable for each
 * thing, nothing clever. Without storms and stale steps.
 */
final class NaiveWorkflow {

    static final long STEP_MILLIS = 30_000;
    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;

    enum Mode { WAITING, ACKNOWLEDGED, SNOOZED, ENDED }

    static final class One {
        String rule = "";
        String family = "";
        Priority now = Priority.INFO;
        boolean wasHigh;
        boolean holds = true;
        Mode mode = Mode.WAITING;
        /** Of the mode; of WAITING the beginning of the round. */
        long since;
        long until;
        int told;
        int reminders;
        /** Ended by its condition or by a person, and not because data may not be used. */
        boolean ordinary;
        /** What it rested on counts no more. */
        boolean wiped;
        String lastAction = "";
        String lastActor = "";
        long lastAt;
        One before = this;

        One copy() {
            One copy = new One();
            copy.mode = mode;
            copy.since = since;
            copy.until = until;
            copy.told = told;
            copy.reminders = reminders;
            copy.ordinary = ordinary;
            return copy;
        }
    }

    private record Left(String rule, Priority priority, long until) {
    }

    private final Map<String, One> alerts = new TreeMap<>();
    private final Map<String, Left> left = new TreeMap<>();
    private final Map<Long, Long> digests = new HashMap<>();
    /** {@code id STEP millis}. */
    final List<String> tellings = new ArrayList<>();
    private long clock;

    NaiveWorkflow(long clock) {
        this.clock = clock;
    }

    void goOnTo(long millis) {
        forget();
        while (clock < millis) {
            clock += STEP_MILLIS;
            for (String id : List.copyOf(alerts.keySet())) {
                tick(id, alerts.get(id));
            }
            forget();
        }
    }

    private void tick(String id, One one) {
        if (one.mode == Mode.SNOOZED && clock >= one.until) {
            round(one, one.until);
        }
        if (one.mode == Mode.ACKNOWLEDGED && one.holds && (one.now == Priority.HIGH || one.now == Priority.MEDIUM)) {
            long every = one.now == Priority.HIGH ? 30 * MINUTE : 8 * 60 * MINUTE;
            while (clock - one.since >= (one.reminders + 1) * every) {
                one.reminders++;
                tellings.add(id + " REMINDER " + clock);
            }
        }
        climb(id, one);
    }

    private void forget() {
        alerts.values().removeIf(one -> one.mode == Mode.ENDED && !one.holds && clock - one.since >= DAY);
    }

    private void climb(String id, One one) {
        if (one.mode != Mode.WAITING) {
            return;
        }
        long waited = clock - one.since;
        if (one.now == Priority.LOW && one.told == 0 && waited > 0 && clock >= eightOnAWorkday(one.since)) {
            tell(id, one, "DIGEST");
        }
        if ((one.now == Priority.HIGH || one.now == Priority.MEDIUM) && one.told == 0 && waited >= 0) {
            tell(id, one, "FIRST_CONTACT");
        }
        if (one.now == Priority.MEDIUM && one.told == 1 && waited >= 60 * MINUTE || one.now == Priority.HIGH && one.told == 1 && waited >= 5 * MINUTE) {
            tell(id, one, "SECOND_CONTACT");
        }
        if (one.now == Priority.HIGH && one.told == 2 && waited >= 10 * MINUTE) {
            tell(id, one, "ON_CALL_LEAD");
        }
    }

    private void tell(String id, One one, String step) {
        one.told++;
        tellings.add(id + " " + step + " " + clock);
    }

    private long eightOnAWorkday(long after) {
        return digests.computeIfAbsent(after, NaiveWorkflow::search);
    }

    private static long search(long after) {
        long at = after - after % MINUTE + MINUTE;
        while (true) {
            var local = Instant.ofEpochMilli(at).atZone(ZoneOffset.UTC);
            boolean weekend = local.getDayOfWeek() == DayOfWeek.SATURDAY || local.getDayOfWeek() == DayOfWeek.SUNDAY;
            if (!weekend && local.getHour() == 8 && local.getMinute() == 0) {
                return at;
            }
            at += MINUTE;
        }
    }

    private static void round(One one, long since) {
        one.mode = Mode.WAITING;
        one.since = since;
        one.told = 0;
        one.lastAction = "";
    }

    private static int worth(Priority priority) {
        return List.of(Priority.INFO, Priority.LOW, Priority.MEDIUM, Priority.HIGH).indexOf(priority);
    }

    void raise(String id, String rule, String family, Priority priority) {
        One one = new One();
        one.rule = rule;
        one.family = family;
        one.now = priority;
        one.wasHigh = priority == Priority.HIGH;
        one.since = clock;
        for (One other : alerts.values()) {
            if (other.mode == Mode.ENDED && other.ordinary && other.rule.equals(rule) && worth(priority) <= worth(other.now)
                    && !rule.equals("CGM_URGENT_LOW")) {
                one.since = Math.max(one.since, other.since + (worth(other.now) <= 1 ? DAY : 30 * MINUTE));
            }
        }
        Left snooze = left.remove(family);
        if (snooze != null && snooze.until > clock && snooze.rule.equals(rule) && worth(priority) <= worth(snooze.priority)
                && !rule.equals("CGM_URGENT_LOW")) {
            one.mode = Mode.SNOOZED;
            one.until = snooze.until;
        }
        alerts.put(id, one);
        climb(id, one);
    }

    void level(String id, String rule, Priority priority) {
        One one = alerts.get(id);
        if (one == null || !one.holds) {
            return;
        }
        boolean worse = worth(priority) > worth(one.now);
        one.rule = rule;
        one.now = priority;
        one.wasHigh |= priority == Priority.HIGH;
        if (worse) {
            round(one, clock);
            climb(id, one);
        }
    }

    /** @param ordinary false: the data may not be used any more */
    void over(String id, boolean ordinary) {
        One one = alerts.get(id);
        if (one == null || !one.holds) {
            return;
        }
        one.holds = false;
        one.lastAction = "";
        one.wiped = !ordinary;
        if (one.mode == Mode.ENDED) {
            return;
        }
        if (ordinary && one.mode == Mode.SNOOZED && one.until > clock) {
            left.put(one.family, new Left(one.rule, one.now, one.until));
        }
        if (ordinary && (one.wasHigh || one.family.equals("AF_SUSPECT"))) {
            if (one.mode == Mode.SNOOZED) {
                one.mode = Mode.ACKNOWLEDGED;
            }
        } else {
            one.mode = Mode.ENDED;
            one.since = clock;
            one.ordinary = ordinary;
        }
    }

    /** @return whether it can be */
    boolean act(String actionId, ActionKind kind, String id, String actor, long length, String undoes) {
        One one = alerts.get(id);
        if (one == null) {
            return false;
        }
        boolean possible = switch (kind) {
            case ACKNOWLEDGE -> one.mode == Mode.WAITING || one.mode == Mode.SNOOZED;
            case SNOOZE -> one.mode != Mode.ENDED && one.holds && length > 0 && length <= (one.now == Priority.HIGH ? 60 * MINUTE : DAY);
            case RESOLVE, FALSE_ALARM, ASSIGN -> one.mode != Mode.ENDED;
            case COMMENT -> true;
            case REOPEN -> one.mode == Mode.ENDED && one.ordinary && !one.wiped;
            case UNDO -> !one.lastAction.isEmpty() && one.lastAction.equals(undoes) && one.lastActor.equals(actor) && clock - one.lastAt <= MINUTE;
        };
        if (!possible || kind == ActionKind.COMMENT) {
            return possible;
        }
        One before = one.copy();
        switch (kind) {
            case ACKNOWLEDGE -> mode(one, Mode.ACKNOWLEDGED);
            case SNOOZE -> {
                mode(one, Mode.SNOOZED);
                one.until = clock + length;
            }
            case RESOLVE, FALSE_ALARM -> {
                mode(one, Mode.ENDED);
                one.ordinary = true;
            }
            case REOPEN -> {
                round(one, clock);
                climb(id, one);
            }
            case UNDO -> back(one);
            default -> { }
        }
        if (kind == ActionKind.ASSIGN) {
            tellings.add(id + " ASSIGNED " + clock);
        }
        one.lastAction = kind == ActionKind.UNDO ? "" : actionId;
        one.lastActor = actor;
        one.lastAt = clock;
        one.before = before;
        return true;
    }

    private void mode(One one, Mode mode) {
        one.mode = mode;
        one.since = clock;
        one.reminders = 0;
    }

    private static void back(One one) {
        one.mode = one.before.mode;
        one.since = one.before.since;
        one.until = one.before.until;
        one.told = one.before.told;
        one.reminders = one.before.reminders;
        one.ordinary = one.before.ordinary;
    }

    Map<String, WorkflowState> states() {
        Map<String, WorkflowState> states = new TreeMap<>();
        alerts.forEach((id, one) -> states.put(id, switch (one.mode) {
            case ENDED -> WorkflowState.RESOLVED;
            case WAITING -> !one.holds ? WorkflowState.LATCHED : one.told > 1 ? WorkflowState.ESCALATED : WorkflowState.OPEN;
            case ACKNOWLEDGED -> one.holds ? WorkflowState.ACKNOWLEDGED : WorkflowState.LATCHED;
            case SNOOZED -> one.holds ? WorkflowState.SNOOZED : WorkflowState.LATCHED;
        }));
        return states;
    }
}
