package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Disclosure;
import io.vitaltwin.twin.adapter.disclosure.DisclosureGate;
import io.vitaltwin.twin.core.consent.Violation;
import io.vitaltwin.twin.core.disclosure.Egress;
import io.vitaltwin.twin.core.disclosure.Outcome;
import io.vitaltwin.twin.core.disclosure.Shown;
import io.vitaltwin.twin.core.disclosure.Viewer;
import io.vitaltwin.twin.topology.ConsentRecords;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sums up what a page that refreshes itself shows. The first view of a patient by a viewer is written down before it is shown, and so is any vital and any
 * consent version that the last record does not name. What is shown again within a minute is counted and written with the next record, or when the minute is
 * over. Refusals are summed up in the same way: the first at once, then once a minute, and the counts add up. For one thread at a time.
 */
final class ConsoleLedger {

    /** Project default, no source. */
    static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private final Map<View, Line> shown = new HashMap<>();
    private final Map<Refusal, Refused> refused = new HashMap<>();
    private final List<Disclosure> disclosures = new ArrayList<>();
    private final List<ConsentViolation> violations = new ArrayList<>();

    private record View(Egress egress, Viewer viewer, String patient, String consentVersion) {
    }

    private record Refusal(Egress egress, Viewer viewer, String patient, String device, String vital, String reason, String consentVersion) {
    }

    private static final class Line {

        private final Set<String> vitals = new HashSet<>();
        private long writtenMillis = Long.MIN_VALUE;
        private long lastMillis;
        private long values;
        private boolean again;
    }

    private static final class Refused {

        private long writtenMillis = Long.MIN_VALUE;
        private Violation sum;
        private boolean again;

        private Refused(Violation first) {
            sum = first;
        }
    }

    /** @param nowMillis time of the disclosure @param clockMillis time by which minutes are counted */
    void note(Egress egress, Viewer viewer, String patient, Outcome outcome, long nowMillis, long clockMillis) {
        for (Shown one : outcome.shown()) {
            View view = new View(egress, viewer, patient, one.consentVersion());
            Line line = shown.computeIfAbsent(view, none -> new Line());
            line.values += one.values();
            line.lastMillis = nowMillis;
            line.again = true;
            boolean more = !line.vitals.containsAll(one.vitals());
            line.vitals.addAll(one.vitals());
            if (more || isOver(line.writtenMillis, clockMillis)) {
                write(view, line, clockMillis);
            }
        }
        for (Violation one : outcome.violations()) {
            Refusal refusal = new Refusal(egress, viewer, patient, one.device(), one.vital(), one.reason().name(), one.consentVersion());
            Refused line = refused.get(refusal);
            if (line == null) {
                line = new Refused(one);
                refused.put(refusal, line);
            } else {
                line.sum = line.again ? line.sum.and(one) : one;
            }
            line.again = true;
            if (isOver(line.writtenMillis, clockMillis)) {
                write(patient, line, clockMillis);
            }
        }
    }

    private static boolean isOver(long writtenMillis, long clockMillis) {
        return writtenMillis == Long.MIN_VALUE || clockMillis - writtenMillis >= MINUTE;
    }

    private void write(View view, Line line, long clockMillis) {
        Shown sum = new Shown(List.copyOf(new TreeSet<>(line.vitals)), line.values, view.consentVersion());
        disclosures.addAll(DisclosureGate.disclosures(view.patient(), view.egress(), view.viewer(), new Outcome(List.of(), List.of(sum), List.of()),
                line.lastMillis));
        line.writtenMillis = clockMillis;
        line.values = 0;
        line.again = false;
    }

    private void write(String patient, Refused line, long clockMillis) {
        violations.add(ConsentRecords.violation(patient, line.sum));
        line.writtenMillis = clockMillis;
        line.again = false;
    }

    /** Writes what is over and was shown or refused again, and forgets what was not. */
    void sweep(long clockMillis) {
        shown.forEach((view, line) -> {
            if (line.again && isOver(line.writtenMillis, clockMillis)) {
                write(view, line, clockMillis);
            }
        });
        refused.forEach((refusal, line) -> {
            if (line.again && isOver(line.writtenMillis, clockMillis)) {
                write(refusal.patient(), line, clockMillis);
            }
        });
        shown.values().removeIf(line -> !line.again && isOver(line.writtenMillis, clockMillis));
        refused.values().removeIf(line -> !line.again && isOver(line.writtenMillis, clockMillis));
    }

    /** To be written before anything is shown. */
    List<Disclosure> takeDisclosures() {
        List<Disclosure> taken = List.copyOf(disclosures);
        disclosures.clear();
        return taken;
    }

    List<ConsentViolation> takeViolations() {
        List<ConsentViolation> taken = List.copyOf(violations);
        violations.clear();
        return taken;
    }

    /** After a record that could not be written: whatever is shown next is written anew. */
    void forget() {
        shown.clear();
        refused.clear();
    }
}
