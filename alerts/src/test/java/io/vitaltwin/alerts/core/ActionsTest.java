package io.vitaltwin.alerts.core;

import io.vitaltwin.schemas.ActionKind;
import io.vitaltwin.schemas.AlertAction;
import io.vitaltwin.schemas.AlertOutcome;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.WorkflowEventType;
import io.vitaltwin.schemas.WorkflowState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import static io.vitaltwin.alerts.core.Stage.T0;
import static io.vitaltwin.alerts.core.Stage.min;
import static io.vitaltwin.schemas.Priority.HIGH;
import static io.vitaltwin.schemas.Priority.MEDIUM;
import static org.assertj.core.api.Assertions.assertThat;

/** What people do, and what they are told when it cannot be. */
class ActionsTest {

    private final Stage stage = new Stage();
    /** Codes that this class has seen refused: none may be missing. */
    private final Set<String> told = new TreeSet<>();

    @BeforeEach
    void raise() {
        stage.raise("a", "SPO2_CRIT", HIGH, min(0));
    }

    private static AlertAction.Builder action(String id) {
        return AlertAction.newBuilder().setActionId(id).setAlertId("a").setPatientId(Stage.ANN).setKind(ActionKind.ACKNOWLEDGE).setActor(Stage.NURSE)
                .setTime(T0);
    }

    private void refused(AlertAction.Builder action, Refusal refusal) {
        // Given
        Caseload before = stage.caseload();
        // When
        stage.person(action.build(), min(2));
        // Then: told to its sender, in words; and nothing has changed
        AlertWorkflowEvent event = stage.last();
        assertThat(event.getType()).isEqualTo(WorkflowEventType.REFUSED);
        assertThat(event.getRefusal()).isEqualTo(refusal.name());
        assertThat(event.getReason()).isEqualTo(refusal.words());
        assertThat(event.getActor()).isEqualTo(action.getActor());
        assertThat(event.getActionId()).isEqualTo(action.getActionId());
        assertThat(event.getTime()).isEqualTo(T0.plusSeconds(120));
        assertThat(stage.caseload().alerts()).isEqualTo(before.alerts());
        told.add(refusal.name());
    }

    @Test
    void shouldTellWhatIsWrongWithEachActionThatCannotBe() {
        refused(action(" "), Refusal.NO_ACTION_ID);
        refused(action("1").setPatientId("bob"), Refusal.OTHER_PATIENT);
        refused(action("2").setActor(""), Refusal.NO_ACTOR);
        refused(action("3").setAlertId("b"), Refusal.UNKNOWN_ALERT);
        refused(action("4").setKind(ActionKind.COMMENT).setText("x".repeat(2_001)), Refusal.TEXT_TOO_LONG);
        refused(action("5").setKind(ActionKind.COMMENT).setText(" "), Refusal.NO_TEXT);
        refused(action("6").setKind(ActionKind.ASSIGN), Refusal.NO_ASSIGNEE);
        refused(action("7").setKind(ActionKind.SNOOZE).setUntil(T0.plusSeconds(600)), Refusal.NO_REASON);
        refused(action("8").setKind(ActionKind.SNOOZE).setText("r"), Refusal.NO_EXPIRY);
        refused(action("9").setKind(ActionKind.SNOOZE).setText("r").setUntil(T0.plusSeconds(120)), Refusal.EXPIRY_PAST);
        refused(action("10").setKind(ActionKind.SNOOZE).setText("r").setUntil(T0.plus(Duration.ofHours(2))), Refusal.EXPIRY_TOO_FAR);
        refused(action("11").setKind(ActionKind.REOPEN).setText("r"), Refusal.NOT_RESOLVED);
        refused(action("12").setKind(ActionKind.UNDO).setUndoes("1"), Refusal.NOTHING_TO_UNDO);
        refused(action("13").setKind(ActionKind.UNDO), Refusal.NOTHING_TO_UNDO);
        refused(action("14").setSeenPriority(MEDIUM), Refusal.CHANGED_SINCE_SEEN);
        refused(action("15").setKind(ActionKind.RESOLVE).setSeenPriority(MEDIUM), Refusal.CHANGED_SINCE_SEEN);
        stage.person(action("20").build(), min(2));
        refused(action("21"), Refusal.ALREADY_ACKNOWLEDGED);
        refused(action("22").setKind(ActionKind.UNDO).setUndoes("20").setActor("nurse-2"), Refusal.NOT_YOUR_ACTION);
        stage.clear("a", min(2));
        refused(action("23").setKind(ActionKind.SNOOZE).setText("r").setUntil(T0.plusSeconds(600)), Refusal.CONDITION_OVER);
        stage.person(action("24").setKind(ActionKind.RESOLVE).build(), min(2));
        refused(action("25"), Refusal.ALREADY_RESOLVED);
        refused(action("26").setKind(ActionKind.REOPEN), Refusal.NO_REASON);
        told.add(Refusal.UNDO_TOO_LATE.name());     // shouldUndoWithinAMinute
        told.add(Refusal.NOT_REOPENABLE.name());    // EndingTest
        for (Refusal refusal : Refusal.values()) {
            assertThat(told).contains(refusal.name());
        }
    }

    @Test
    void shouldTakeTheSameActionOnce() {
        stage.person(action("1").build(), min(1));
        int events = stage.events.size();
        stage.person(action("1").build(), min(2));
        assertThat(stage.events).hasSize(events);
    }

    @Test
    void shouldAcceptWhatSawTheAlertAsItIsOrWorse() {
        stage.downgrade("a", "SPO2_LOW", MEDIUM, min(1)).person(action("1").setSeenPriority(HIGH).build(), min(2));
        assertThat(stage.state("a")).isEqualTo(WorkflowState.ACKNOWLEDGED);
    }

    @ParameterizedTest
    @CsvSource({"TRUE, TRUE", "FALSE, FALSE", "UNSURE, UNSURE", ", UNSURE"})
    void shouldKeepWhatTheNurseFound(AlertOutcome given, AlertOutcome kept) {
        stage.person(action("1").setKind(ActionKind.RESOLVE).setOutcome(given).setText("seen at home").build(), min(1));
        assertThat(stage.last().getType()).isEqualTo(WorkflowEventType.RESOLVED);
        assertThat(stage.last().getOutcome()).isEqualTo(kept);
        assertThat(stage.last().getReason()).isEqualTo("seen at home");
        assertThat(stage.worklist()).isEmpty();
    }

    @Test
    void shouldTakeAFalseAlarmForAResolveWithThatOutcome() {
        stage.person(action("1").setKind(ActionKind.FALSE_ALARM).build(), min(1)).pass(min(60));
        assertThat(stage.last().getOutcome()).isEqualTo(AlertOutcome.FALSE);
        assertThat(stage.told("a")).containsExactly("FIRST_CONTACT@0");
    }

    @Test
    void shouldReopenAndCallAgain() {
        // Given
        stage.act(ActionKind.RESOLVE, "a", min(1));
        // When
        stage.act(ActionKind.REOPEN, "a", min(30), action -> action.setText("wrong patient looked at")).pass(min(35));
        // Then
        assertThat(stage.state("a")).isEqualTo(WorkflowState.ESCALATED);
        assertThat(stage.told("a")).containsExactly("FIRST_CONTACT@0", "FIRST_CONTACT@30", "SECOND_CONTACT@35");
        assertThat(stage.notices).extracting("notificationId").doesNotHaveDuplicates();
    }

    @Test
    void shouldReopenAsLatchedWhatIsOver() {
        stage.clear("a", min(1)).act(ActionKind.RESOLVE, "a", min(2)).act(ActionKind.REOPEN, "a", min(3), action -> action.setText("look again"));
        assertThat(stage.state("a")).isEqualTo(WorkflowState.LATCHED);
    }

    @Test
    void shouldTellTheAssigneeAndKeepTheLadderRunning() {
        // When
        stage.act(ActionKind.ASSIGN, "a", min(1), action -> action.setAssignee("nurse-2")).pass(min(5));
        // Then
        assertThat(stage.told("a")).containsExactly("FIRST_CONTACT@0", "ASSIGNED@1", "SECOND_CONTACT@5");
        assertThat(stage.notices.get(1).getRecipient()).isEqualTo("nurse-2");
        assertThat(stage.worklist().getFirst().getAssignee()).isEqualTo("nurse-2");
        // And: who takes it over need not be told
        stage.act(ActionKind.ASSIGN, "a", min(6), action -> action.setAssignee(Stage.NURSE));
        assertThat(stage.told("a")).hasSize(3);
    }

    @Test
    void shouldKeepACommentAndChangeNothingElse() {
        Handling before = stage.alert("a").handling();
        stage.act(ActionKind.COMMENT, "a", min(1), action -> action.setText("called, no answer"));
        assertThat(stage.last().getReason()).isEqualTo("called, no answer");
        assertThat(stage.alert("a").handling()).isEqualTo(before);
    }

    // ------------------------------------------------------------------------------------------------------------ undo

    private Stage undo(String actionId, Duration at) {
        return stage.act(ActionKind.UNDO, "a", at, action -> action.setUndoes(actionId));
    }

    @ParameterizedTest
    @CsvSource({"60000, none", "60001, UNDO_TOO_LATE"})
    void shouldUndoWithinAMinute(long millis, String refusal) {
        stage.person(action("1").build(), min(1));
        undo("1", min(1).plusMillis(millis));
        assertThat(stage.refusal()).isEqualTo(refusal);
        assertThat(stage.state("a")).isEqualTo(refusal.equals("none") ? WorkflowState.OPEN : WorkflowState.ACKNOWLEDGED);
    }

    @ParameterizedTest
    @EnumSource(value = ActionKind.class, names = {"ACKNOWLEDGE", "SNOOZE", "ASSIGN", "RESOLVE", "FALSE_ALARM"})
    void shouldPutEverythingBack(ActionKind kind) {
        // Given
        Handling before = stage.alert("a").handling();
        Consumer<AlertAction.Builder> details = action -> action.setActionId("1").setAssignee("nurse-2").setUntil(T0.plusSeconds(1_200)).setText("r");
        // When
        stage.act(kind, "a", min(1), details);
        assertThat(stage.alert("a").handling()).isNotEqualTo(before);
        undo("1", min(1).plusSeconds(20));
        // Then
        assertThat(stage.alert("a").handling()).isEqualTo(before);
        assertThat(stage.last().getType()).isEqualTo(WorkflowEventType.UNDONE);
        // And: once
        undo("1", min(1).plusSeconds(21));
        assertThat(stage.refusal()).isEqualTo("NOTHING_TO_UNDO");
    }

    @Test
    void shouldCatchUpWithTheLadderAfterAnUndo() {
        // Given: acknowledged by mistake just before the second contact would be told
        stage.person(action("1").build(), min(5).minusSeconds(10));
        // When
        undo("1", min(5).plusSeconds(30)).pass(min(11));
        // Then
        assertThat(stage.told("a")).containsExactly("FIRST_CONTACT@0", "SECOND_CONTACT@5", "ON_CALL_LEAD@10");
        assertThat(stage.notices.get(1).getTime()).isEqualTo(T0.plusSeconds(330));
    }

    @Test
    void shouldNotUndoWhatTheConditionOvertook() {
        stage.downgrade("a", "SPO2_LOW", MEDIUM, min(1)).person(action("1").build(), min(2)).upgrade("a", "SPO2_CRIT", HIGH, min(2).plusSeconds(5));
        undo("1", min(2).plusSeconds(9));
        assertThat(stage.refusal()).isEqualTo("NOTHING_TO_UNDO");
        assertThat(stage.state("a")).isEqualTo(WorkflowState.OPEN);
    }

    @Test
    void shouldNeverUseTheIdOfAStepTwice() {
        stage.act(ActionKind.RESOLVE, "a", min(1));
        stage.act(ActionKind.REOPEN, "a", min(2), action -> action.setActionId("r1").setText("r"));
        undo("r1", min(2).plusSeconds(5));
        stage.act(ActionKind.REOPEN, "a", min(3), action -> action.setText("r")).pass(min(20));
        assertThat(stage.notices).extracting("notificationId").doesNotHaveDuplicates();
        assertThat(stage.told("a")).containsExactly("FIRST_CONTACT@0", "FIRST_CONTACT@2", "FIRST_CONTACT@3", "SECOND_CONTACT@8", "ON_CALL_LEAD@13");
    }
}
