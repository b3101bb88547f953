package io.vitaltwin.testbench.bench.cohort;

import io.vitaltwin.testbench.bench.cohort.AlertEpisode.Notice;
import io.vitaltwin.testbench.cohort.Equipment;
import io.vitaltwin.testbench.cohort.EventKind;
import io.vitaltwin.testbench.cohort.Truth;
import io.vitaltwin.twin.core.Priority;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What one person's alerts were worth, held against the truth.
 *
 * @param events that passed a limit of the reference, each with how it was found
 * @param neverMet events that were too mild for any limit: not judged
 * @param truePositives alerts that told of something true, in the order of the alerts
 * @param quietDays days without an event, and without any physiological alert raised: the true negatives
 */
record Outcome(PatientResult patient, List<Found> events, int neverMet, List<Boolean> truePositives, int quietDays) {

    /** How long after its end an event or a finding may still be told: project default, no source. */
    private static final long TAIL = 30 * 60_000L;

    /**
     * @param found staff were told while it lasted, or an alert that tells of it was open when it passed its limit
     * @param delayMillis from the limit being passed to the first notice; negative when it was told before; empty when not found, or found
     *        because an alert was open
     */
    record Found(Truth.Event event, boolean found, OptionalLong delayMillis) {
    }

    Outcome {
        events = List.copyOf(events);
        truePositives = List.copyOf(truePositives);
    }

    static Outcome of(PatientResult patient, long startMillis, int days) {
        List<Found> found = new ArrayList<>();
        int neverMet = 0;
        for (Truth.Event event : patient.truth().events()) {
            if (event.metMillis() == Truth.NEVER) {
                neverMet++;
            } else {
                found.add(find(event, patient.alerts()));
            }
        }
        List<Boolean> worth = patient.alerts().stream().map(alert -> isTrue(alert, patient.truth())).toList();
        return new Outcome(patient, found, neverMet, worth, quietDays(patient, startMillis, days));
    }

    private static Found find(Truth.Event event, List<AlertEpisode> alerts) {
        OptionalLong first = alerts.stream().filter(alert -> tells(alert, event.kind()))
                .flatMap(alert -> alert.notices().stream()).mapToLong(Notice::millis)
                .filter(millis -> millis >= event.onsetMillis() && millis <= event.endMillis() + TAIL).min();
        if (first.isPresent()) {
            return new Found(event, true, OptionalLong.of(first.getAsLong() - event.metMillis()));
        }
        boolean open = alerts.stream().anyMatch(alert -> tells(alert, event.kind()) && alert.raisedMillis() <= event.onsetMillis()
                && alert.endMillis() > event.metMillis());
        return new Found(event, open, OptionalLong.empty());
    }

    private static boolean tells(AlertEpisode alert, EventKind kind) {
        return kind.families().contains(alert.family().name());
    }

    /** First told while something true of its family lasted, or half an hour after it at most. */
    static boolean isTrue(AlertEpisode alert, Truth truth) {
        long at = alert.raisedMillis();
        boolean event = truth.events().stream().anyMatch(one -> tells(alert, one.kind()) && at >= one.onsetMillis() && at <= one.endMillis() + TAIL);
        return event || truth.findings().stream().anyMatch(finding -> finding.families().contains(alert.family().name())
                && at >= finding.fromMillis() && at <= finding.untilMillis() + TAIL);
    }

    private static int quietDays(PatientResult patient, long startMillis, int days) {
        Set<Long> loud = new HashSet<>();
        for (Truth.Event event : patient.truth().events()) {
            for (long day = day(event.onsetMillis(), startMillis); day <= day(event.endMillis(), startMillis); day++) {
                loud.add(day);
            }
        }
        patient.alerts().stream().filter(AlertEpisode::isPhysiological).forEach(alert -> loud.add(day(alert.raisedMillis(), startMillis)));
        return (int) (days - loud.stream().filter(day -> day >= 0 && day < days).count());
    }

    private static long day(long millis, long startMillis) {
        return Math.floorDiv(millis - startMillis, Equipment.DAY_MILLIS);
    }

    long alertsOf(Priority priority) {
        return patient.alerts().stream().filter(alert -> alert.priority() == priority).count();
    }
}
