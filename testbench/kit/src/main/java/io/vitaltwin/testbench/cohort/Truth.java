package io.vitaltwin.testbench.cohort;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Priority;

import java.util.List;
import java.util.Set;

/**
 * What truly happened to one person. Times are epoch milliseconds.
 *
 * @param events injected: each must be found
 * @param findings true as well, but not injected: an alert that tells of one is no false alert
 * @param faults devices that told something untrue
 */
public record Truth(List<Event> events, List<Finding> findings, List<Fault> faults) {

    /** @see #metMillis */
    public static final long NEVER = Long.MAX_VALUE;

    /**
     * @param onsetMillis first millisecond in which the body differs from its usual state
     * @param metMillis when the first of the limits that stand for this event had been passed for as long as the reference asks, judged by
     *        noiseless readings at the moments at which the devices measured; {@link #NEVER} when they never were
     * @param worst HIGH, MEDIUM or LOW by what truly happened, whatever the device may say of it
     * @param grade of the device that watches
     */
    public record Event(EventKind kind, long onsetMillis, long endMillis, long metMillis, Priority worst, Grade grade) {
    }

    /** @param families names of the rule families whose alert is true in this span */
    public record Finding(Set<String> families, long fromMillis, long untilMillis) {
        public Finding {
            families = Set.copyOf(families);
        }
    }

    public record Fault(FaultKind kind, long fromMillis, long untilMillis) {
    }

    public Truth {
        events = List.copyOf(events);
        findings = List.copyOf(findings);
        faults = List.copyOf(faults);
    }
}
