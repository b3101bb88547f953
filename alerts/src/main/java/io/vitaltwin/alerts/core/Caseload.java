package io.vitaltwin.alerts.core;

import io.vitaltwin.schemas.Priority;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that the workflow knows of one patient: the alerts that stand, those that were resolved of late, and what is decided by them. Immutable.
 *
 * @param alerts by id
 * @param openings when alerts began of late, oldest first: a storm is found by them
 * @param snoozes by family: a condition that ended while snoozed and comes back stays so
 * @param actions ids of actions that were taken, and when; the oldest first
 * @param clockMillis append time or deadline of the newest thing decided
 */
public record Caseload(
        SortedMap<String, HandledAlert> alerts, List<Long> openings, SortedMap<String, LeftSnooze> snoozes, Map<String, Long> actions, long clockMillis) {

    private static final Caseload EMPTY = new Caseload(new TreeMap<>(), List.of(), new TreeMap<>(), Map.of(), 0);

    /** A snooze whose alert has ended. @param priority at its end */
    public record LeftSnooze(String rule, Priority priority, String actor, long sinceMillis, long untilMillis) {
    }

    public Caseload {
        alerts = Collections.unmodifiableSortedMap(new TreeMap<>(alerts));
        openings = List.copyOf(openings);
        snoozes = Collections.unmodifiableSortedMap(new TreeMap<>(snoozes));
        actions = Collections.unmodifiableMap(new LinkedHashMap<>(actions));
    }

    /** Before the first alert, and when nothing is left to remember. */
    public static Caseload empty() {
        return EMPTY;
    }

    public boolean isEmpty() {
        return alerts.isEmpty();
    }

    public Optional<HandledAlert> find(String alertId) {
        return Optional.ofNullable(alerts.get(alertId));
    }

    /** Without texts and names: this may end up in a log. */
    @Override
    public String toString() {
        return "Caseload[" + alerts.size() + " alerts]";
    }
}
