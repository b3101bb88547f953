package io.vitaltwin.alerts.core;

import io.vitaltwin.alerts.core.Attention.Acknowledged;
import io.vitaltwin.alerts.core.Attention.Snoozed;
import io.vitaltwin.alerts.core.Attention.Waiting;
import io.vitaltwin.schemas.AlertBasis;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorklistAlert;
import io.vitaltwin.schemas.WorklistItem;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a caseload looks like to those who work through it. */
public final class Worklist {

    /** Most urgent first, among equals the one that nobody acknowledged, then the older; the id decides the rest, so that two readers show the same order. */
    private static final Comparator<HandledAlert> ORDER = Comparator
            .<HandledAlert, Priority>comparing(alert -> alert.condition().priority(), Urgency::mostUrgentFirst)
            .thenComparing(alert -> !(alert.handling().attention() instanceof Waiting))
            .thenComparing(alert -> alert.condition().raisedMillis())
            .thenComparing(HandledAlert::id);

    private Worklist() {
    }

    /** @return empty when nothing stands */
    public static Optional<WorklistItem> of(String patient, Caseload caseload) {
        List<WorklistAlert> open = caseload.alerts().values().stream().filter(alert -> !alert.isEnded()).sorted(ORDER)
                .map(alert -> row(alert, caseload.clockMillis())).toList();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        WorklistAlert first = open.getFirst();
        return Optional.of(WorklistItem.newBuilder().setAlertId(first.getAlertId()).setPatientId(patient).setRule(first.getRule())
                .setFamily(first.getFamily()).setPriority(first.getPriority()).setLane(first.getLane()).setState(first.getState())
                .setEpisodeStart(first.getEpisodeStart()).setUpdated(first.getUpdated()).setAssignee(first.getAssignee()).setText(first.getText())
                .setAlerts(open).build());
    }

    private static WorklistAlert row(HandledAlert alert, long clockMillis) {
        Condition condition = alert.condition();
        Handling handling = alert.handling();
        WorklistAlert.Builder row = WorklistAlert.newBuilder().setAlertId(alert.id()).setRule(condition.rule()).setFamily(condition.family())
                .setPriority(condition.priority()).setHighest(condition.highest()).setLane(condition.lane()).setState(alert.state())
                .setHolds(condition.holds()).setEpisodeStart(Instant.ofEpochMilli(condition.episodeStartMillis()))
                .setRaised(Instant.ofEpochMilli(condition.raisedMillis())).setUpdated(Instant.ofEpochMilli(alert.updatedMillis()))
                .setAssignee(handling.assignee().isEmpty() ? null : handling.assignee()).setStep(handling.step())
                .setStorm(alert.storm().isEmpty() ? null : alert.storm()).setMembers(alert.members()).setTags(condition.tags()).setText(condition.text())
                .setBasis(condition.basis().stream().map(Worklist::basis).toList()).setRuleSetVersion(condition.ruleSetVersion());
        switch (handling.attention()) {
            case Acknowledged by -> row.setAcknowledgedBy(by.actor()).setAcknowledgedAt(Instant.ofEpochMilli(by.sinceMillis()));
            case Snoozed by -> row.setSnoozedBy(by.actor()).setSnoozedUntil(Instant.ofEpochMilli(by.untilMillis()));
            case Waiting waiting when handling.rungs() == 0 && handling.sinceMillis() > clockMillis ->
                row.setSilentUntil(Instant.ofEpochMilli(handling.sinceMillis()));
            case Attention other -> { }
        }
        return row.build();
    }

    private static AlertBasis basis(Basis basis) {
        return new AlertBasis(basis.deviceId(), basis.vital(), Instant.ofEpochMilli(basis.effectiveMillis()));
    }
}
