package io.vitaltwin.testbench.demo;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Fates;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.VerdictCounts;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came out of the twin so far. Safe for use by several threads. */
final class Tally {

    private static final int NEWEST = 6;

    private final Map<String, TwinSnapshot> twins = new HashMap<>();
    private final Map<String, Long> raisedByRule = new TreeMap<>();
    private final Map<String, Priority> open = new HashMap<>();
    private final Deque<AlertEvent> newest = new ArrayDeque<>();
    private long raised;
    private long violationRecords;
    private long violationReadings;

    synchronized void alert(AlertEvent event) {
        switch (event.getEvent()) {
            case CLEARED, INVALIDATED -> open.remove(event.getAlertId());
            case RAISED, UPGRADED, DOWNGRADED, UPDATED -> open.put(event.getAlertId(), event.getPriority());
        }
        if (event.getEvent() == AlertEventType.RAISED) {
            raised++;
            raisedByRule.merge(event.getRule(), 1L, Long::sum);
        }
        if (event.getEvent() == AlertEventType.RAISED || event.getEvent() == AlertEventType.UPGRADED) {
            newest.addFirst(event);
            if (newest.size() > NEWEST) {
                newest.removeLast();
            }
        }
    }

    synchronized void violation(ConsentViolation violation) {
        violationRecords++;
        violationReadings += violation.getCount();
    }

    /** Snapshots of one twin come in order: the newest replaces the one before. */
    synchronized void twin(TwinSnapshot snapshot) {
        twins.put(snapshot.getPatientId(), snapshot);
    }

    synchronized Summary.FateCounts fates() {
        long applied = 0;
        long duplicate = 0;
        long late = 0;
        long refused = 0;
        long dead = 0;
        for (TwinSnapshot twin : twins.values()) {
            Fates fates = twin.getFates();
            applied += fates.getApplied();
            duplicate += fates.getDuplicate();
            late += fates.getLate();
            refused += fates.getRefused();
            dead += fates.getDead();
        }
        return new Summary.FateCounts(applied, duplicate, late, refused, dead);
    }

    synchronized Summary.Quality quality() {
        long accept = 0;
        long suspect = 0;
        long reject = 0;
        for (TwinSnapshot twin : twins.values()) {
            VerdictCounts verdicts = twin.getVerdicts();
            accept += verdicts.getAccept();
            suspect += verdicts.getSuspect();
            reject += verdicts.getReject();
        }
        return new Summary.Quality(accept, suspect, reject);
    }

    synchronized Summary.Alerts alerts() {
        return new Summary.Alerts(raised, raisedByRule);
    }

    synchronized Summary.Violations violations() {
        return new Summary.Violations(violationRecords, violationReadings);
    }

    /** How many alerts are open, by priority. */
    synchronized Map<Priority, Integer> open() {
        Map<Priority, Integer> counts = new EnumMap<>(Priority.class);
        open.values().forEach(priority -> counts.merge(priority, 1, Integer::sum));
        return counts;
    }

    /** The newest raised or upgraded, newest first. */
    synchronized List<AlertEvent> newest() {
        return new ArrayList<>(newest);
    }
}
