package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.PatientReport;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.rules.Statements;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a report of a patient asks of the twin. One that lacks what its kind needs asks nothing. */
final class Reports {

    private Reports() {
    }

    static List<Step> steps(Visit visit, PatientReport report) {
        long effective = report.getEffectiveTime().toEpochMilli();
        long until = millis(report.getUntilTime(), Statements.OPEN);
        return switch (report.getKind()) {
            case SYMPTOM -> text(report.getSymptom()).<Step>map(symptom -> new Step.Symptom(visit, symptom, effective, until)).stream().toList();
            case CONTEXT_NOTE -> text(report.getNote()).<Step>map(note -> new Step.Note(visit, note, effective, until)).stream().toList();
            case DISPUTE -> disputes(visit, report, effective, until);
        };
    }

    /** Of readings, of an alert, or of both. */
    private static List<Step> disputes(Visit visit, PatientReport report, long effective, long until) {
        List<Step> steps = new ArrayList<>(1);
        text(report.getDisputedRule()).ifPresent(rule -> dispute(visit, rule, effective, steps));
        text(report.getDisputedVital()).flatMap(Vital::of).ifPresent(vital -> steps.add(new Step.DisputedReadings(visit, vital,
                text(report.getDisputedDeviceId()).orElse(""), millis(report.getDisputedFrom(), effective),
                until == Statements.OPEN ? effective : until)));
        return steps;
    }

    private static void dispute(Visit visit, String disputed, long effective, List<Step> steps) {
        if (visit.plan.rules().custom().of(disputed).isPresent()) {
            steps.add(new Step.Dispute(visit, RuleId.CUSTOM, disputed, effective));
        }
        for (RuleId rule : RuleId.values()) {
            if (rule.name().equals(disputed)) {
                steps.add(new Step.Dispute(visit, rule, "", effective));
            }
        }
    }

    private static Optional<String> text(@Nullable String text) {
        return Optional.ofNullable(text).filter(some -> !some.isEmpty());
    }

    private static long millis(@Nullable Instant time, long otherwise) {
        return time == null ? otherwise : time.toEpochMilli();
    }
}
