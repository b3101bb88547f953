package io.vitaltwin.alerts.core;

import io.vitaltwin.schemas.ActionKind;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorkflowEventType;
import io.vitaltwin.schemas.WorkflowState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;

import static io.vitaltwin.alerts.core.Stage.T0;
import static io.vitaltwin.alerts.core.Stage.min;
import static io.vitaltwin.schemas.Priority.HIGH;
import static io.vitaltwin.schemas.Priority.INFO;
import static io.vitaltwin.schemas.Priority.LOW;
import static io.vitaltwin.schemas.Priority.MEDIUM;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 6.1: re-notification, escalation, reminders. */
class LadderTest {

    private final Stage stage = new Stage();

    /** Both sides of each rung of HIGH. */
    @ParameterizedTest
    @CsvSource({"0, OPEN, 1", "299999, OPEN, 1", "300000, ESCALATED, 2", "599999, ESCALATED, 2", "600000, ESCALATED, 3", "86400000, ESCALATED, 3"})
    void shouldTellSecondContactAndLeadOfHighThatNobodyAcknowledges(long millis, WorkflowState state, int told) {
        // When
        stage.raise("a", "SPO2_CRIT", HIGH, min(0)).pass(Duration.ofMillis(millis));
        // Then
        assertThat(stage.state("a")).isEqualTo(state);
        assertThat(stage.told("a")).isEqualTo(List.of("FIRST_CONTACT@0", "SECOND_CONTACT@5", "ON_CALL_LEAD@10").subList(0, told));
    }

    @ParameterizedTest
    @CsvSource({"3599999, OPEN, 1", "3600000, ESCALATED, 2", "86400000, ESCALATED, 2"})
    void shouldTellSecondContactOfMediumAfterAnHour(long millis, WorkflowState state, int told) {
        stage.raise("a", "FEVER", MEDIUM, min(0)).pass(Duration.ofMillis(millis));
        assertThat(stage.state("a")).isEqualTo(state);
        assertThat(stage.told("a")).hasSize(told);
    }

    @Test
    void shouldTellLowInTheDigestOfTheNextWorkingDayOnly() {
        // Given: Monday 10:00
        stage.raise("a", "HF_WEIGHT", LOW, min(0));
        // When
        stage.pass(Duration.ofHours(21).plusMinutes(59));
        assertThat(stage.notices).isEmpty();
        stage.pass(Duration.ofDays(5));
        // Then
        assertThat(stage.notices).singleElement().satisfies(notice -> {
            assertThat(notice.getStep()).isEqualTo("DIGEST");
            assertThat(notice.getDue()).isEqualTo("2026-03-03T08:00:00Z");
            assertThat(notice.getTime()).isEqualTo("2026-03-03T08:00:00Z");
        });
        assertThat(stage.state("a")).isEqualTo(WorkflowState.OPEN);
    }

    @Test
    void shouldTellNobodyOfLowThatEndedBeforeItsDigest() {
        stage.raise("a", "HF_WEIGHT", LOW, min(0)).clear("a", min(60)).pass(Duration.ofDays(3));
        assertThat(stage.notices).isEmpty();
    }

    @Test
    void shouldShowInfoAndTellNobody() {
        stage.raise("a", "NIGHT_RHR", INFO, min(0)).pass(Duration.ofDays(3));
        assertThat(stage.notices).isEmpty();
        assertThat(stage.worklist()).singleElement().extracting("state").isEqualTo(WorkflowState.OPEN);
    }

    @Test
    void shouldLeaveOutWhatIsForThePatient() {
        stage.raise("a", "REPEAT", INFO, min(0));
        assertThat(stage.caseload().isEmpty()).isTrue();
        assertThat(stage.events).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"HIGH, 30, 2", "MEDIUM, 480, 2", "LOW, 1440, 0"})
    void shouldRemindWhoAcknowledgedWhileTheConditionPersists(Priority priority, long every, int reminders) {
        // Given
        stage.raise("a", "FEVER", priority, min(0)).acknowledge("a", min(2));
        int before = stage.notices.size();
        // When
        stage.pass(min(2 + every).minusMillis(1));
        assertThat(stage.notices).hasSize(before);
        stage.pass(min(2 + 2 * every));
        // Then
        assertThat(stage.notices.subList(before, stage.notices.size())).hasSize(reminders)
                .allSatisfy(notice -> assertThat(notice.getRecipient()).isEqualTo(Stage.NURSE));
        assertThat(stage.notices).extracting("notificationId").doesNotHaveDuplicates();
        assertThat(stage.state("a")).isEqualTo(WorkflowState.ACKNOWLEDGED);
    }

    @Test
    void shouldRemindWhoHasItAndNotWhoAcknowledged() {
        stage.raise("a", "SPO2_CRIT", HIGH, min(0)).acknowledge("a", min(1))
                .act(ActionKind.ASSIGN, "a", min(2), action -> action.setAssignee("nurse-2")).pass(min(31));
        assertThat(stage.notices.getLast().getStep()).isEqualTo("REMINDER");
        assertThat(stage.notices.getLast().getRecipient()).isEqualTo("nurse-2");
    }

    @Test
    void shouldStopTheLadderOnceAcknowledged() {
        stage.raise("a", "SPO2_CRIT", HIGH, min(0)).acknowledge("a", min(5)).pass(min(34));
        assertThat(stage.told("a")).containsExactly("FIRST_CONTACT@0", "SECOND_CONTACT@5");
    }

    @Test
    void shouldCallAnewWhenWorseWhateverWasDoneBefore() {
        // Given
        stage.raise("a", "SPO2_LOW", MEDIUM, min(0)).acknowledge("a", min(3));
        // When
        stage.upgrade("a", "SPO2_CRIT", HIGH, min(20)).pass(min(25));
        // Then
        assertThat(stage.told("a")).containsExactly("FIRST_CONTACT@0", "FIRST_CONTACT@20", "SECOND_CONTACT@25");
        assertThat(stage.types("a")).contains(WorkflowEventType.BROKEN_THROUGH);
        assertThat(stage.notices).extracting("notificationId").doesNotHaveDuplicates();
        assertThat(stage.state("a")).isEqualTo(WorkflowState.ESCALATED);
    }

    @Test
    void shouldTellNobodyOfABetterLevel() {
        // Given
        stage.raise("a", "SPO2_CRIT", HIGH, min(0)).acknowledge("a", min(1));
        int told = stage.notices.size();
        // When
        stage.downgrade("a", "SPO2_LOW", MEDIUM, min(9)).pass(min(40));
        // Then: and no reminder of HIGH either
        assertThat(stage.notices).hasSize(told);
        assertThat(stage.state("a")).isEqualTo(WorkflowState.ACKNOWLEDGED);
        assertThat(stage.worklist().getFirst().getHighest()).isEqualTo(HIGH);
    }

    /** What was told once is not told again because the level fell. */
    @Test
    void shouldNotPutIntoTheDigestWhatWasTold() {
        stage.raise("a", "HF_WEIGHT", MEDIUM, min(0)).downgrade("a", "HF_WEIGHT", LOW, min(10)).pass(Duration.ofDays(3));
        assertThat(stage.told("a")).containsExactly("FIRST_CONTACT@0");
    }

    @Test
    void shouldChangeNothingOnADuplicate() {
        // Given
        stage.raise("a", "SPO2_CRIT", HIGH, min(0)).upgrade("a", "SPO2_CRIT", HIGH, min(1));
        int events = stage.events.size();
        Caseload before = stage.caseload();
        // When
        stage.raise("a", "SPO2_CRIT", HIGH, min(1)).upgrade("a", "SPO2_CRIT", HIGH, min(1));
        // Then
        assertThat(stage.events).hasSize(events);
        assertThat(stage.caseload().alerts().get("a").handling()).isEqualTo(before.alerts().get("a").handling());
    }

    @Test
    void shouldOpenWhatItHearsOfInTheMiddle() {
        stage.upgrade("a", "SPO2_CRIT", HIGH, min(0));
        assertThat(stage.state("a")).isEqualTo(WorkflowState.OPEN);
        assertThat(stage.told("a")).containsExactly("FIRST_CONTACT@0");
    }

    @Test
    void shouldTellEachStepWithActorTimeReasonAndRuleVersion() {
        // When
        stage.raise("a", "SPO2_CRIT", HIGH, min(0)).pass(min(5)).acknowledge("a", min(6));
        // Then
        assertThat(stage.events).allSatisfy(event -> {
            assertThat(event.getRuleSetVersion()).isEqualTo("7");
            assertThat(event.getPatientId()).isEqualTo(Stage.ANN);
        });
        assertThat(stage.events).extracting(AlertWorkflowEvent::getType).containsExactly(
                WorkflowEventType.OPENED, WorkflowEventType.ESCALATED, WorkflowEventType.ACKNOWLEDGED);
        AlertWorkflowEvent escalated = stage.events.get(1);
        assertThat(escalated.getStep()).isEqualTo("SECOND_CONTACT");
        assertThat(escalated.getReason()).isEqualTo("UNACKNOWLEDGED");
        assertThat(escalated.getTime()).isEqualTo(T0.plusSeconds(300));
        assertThat(escalated.getActor()).isEmpty();
        assertThat(stage.last().getActor()).isEqualTo(Stage.NURSE);
        assertThat(stage.last().getStateBefore()).isEqualTo(WorkflowState.ESCALATED);
        assertThat(stage.events).extracting(AlertWorkflowEvent::getEventId).doesNotHaveDuplicates();
    }

    @Test
    void shouldHearThePatientWhoSaysItAgain() {
        // Given: a symptom that a nurse has dealt with; the twin keeps the episode open
        stage.raise("a", "SYMPTOM_REPORT", MEDIUM, min(0)).act(ActionKind.RESOLVE, "a", min(5));
        // When
        stage.twin(Stage.event("a", AlertEventType.UPDATED, "SYMPTOM_REPORT", MEDIUM, min(90)), min(90));
        // Then
        assertThat(stage.state("a")).isEqualTo(WorkflowState.OPEN);
        assertThat(stage.told("a")).containsExactly("FIRST_CONTACT@0", "FIRST_CONTACT@90");
    }

    @Test
    void shouldNotTakeADisputeForANewReport() {
        // Given
        stage.raise("a", "SYMPTOM_REPORT", MEDIUM, min(0)).acknowledge("a", min(1));
        AlertEvent dispute = Stage.event("a", AlertEventType.UPDATED, "SYMPTOM_REPORT", MEDIUM, min(9));
        dispute.setTags(List.of("DISPUTED"));
        dispute.setText("The patient says that this is not right.");
        // When
        stage.twin(dispute, min(9));
        // Then: it stands beside the alert
        assertThat(stage.state("a")).isEqualTo(WorkflowState.ACKNOWLEDGED);
        assertThat(stage.worklist().getFirst().getTags()).containsExactly("DISPUTED");
        assertThat(stage.worklist().getFirst().getText()).startsWith("Value 86.5");
    }
}
