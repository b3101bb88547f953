package io.vitaltwin.alerts.core;

import io.vitaltwin.schemas.ActionKind;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorkflowEventType;
import io.vitaltwin.schemas.WorkflowState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;

import static io.vitaltwin.alerts.core.Stage.min;
import static io.vitaltwin.schemas.Priority.HIGH;
import static io.vitaltwin.schemas.Priority.INFO;
import static io.vitaltwin.schemas.Priority.LOW;
import static io.vitaltwin.schemas.Priority.MEDIUM;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 6.1 and 8.3: latching, refractory time, ends for other reasons than the condition's. */
class EndingTest {

    private final Stage stage = new Stage();

    @ParameterizedTest
    @CsvSource({"SPO2_CRIT, HIGH, LATCHED", "AF_SUSPECT, MEDIUM, LATCHED", "FEVER, MEDIUM, RESOLVED", "FEVER, LOW, RESOLVED", "NIGHT_RHR, INFO, RESOLVED"})
    void shouldLatchHighAndAtrialFibrillationOnly(String rule, Priority priority, WorkflowState state) {
        stage.raise("a", rule, priority, min(0)).clear("a", min(4));
        assertThat(stage.state("a")).isEqualTo(state);
        assertThat(stage.last().getReason()).isEqualTo("CONDITION_ENDED");
        assertThat(stage.worklist()).hasSize(state == WorkflowState.LATCHED ? 1 : 0);
    }

    @Test
    void shouldLatchWhatWasHighAtAnyTime() {
        stage.raise("a", "SPO2_CRIT", HIGH, min(0)).downgrade("a", "SPO2_LOW", MEDIUM, min(2)).clear("a", min(4));
        assertThat(stage.state("a")).isEqualTo(WorkflowState.LATCHED);
    }

    @Test
    void shouldGoOnCallingWhileNobodyHasLooked() {
        stage.raise("a", "SPO2_CRIT", HIGH, min(0)).clear("a", min(3)).pass(min(60));
        assertThat(stage.told("a")).containsExactly("FIRST_CONTACT@0", "SECOND_CONTACT@5", "ON_CALL_LEAD@10");
        assertThat(stage.state("a")).isEqualTo(WorkflowState.LATCHED);
    }

    @Test
    void shouldFallSilentOnceSomebodyHasLookedAndStayUntilResolved() {
        // When
        stage.raise("a", "SPO2_CRIT", HIGH, min(0)).clear("a", min(3)).acknowledge("a", min(4)).pass(Duration.ofDays(3));
        // Then: latched, acknowledged, no reminder of what is over
        assertThat(stage.told("a")).containsExactly("FIRST_CONTACT@0");
        assertThat(stage.state("a")).isEqualTo(WorkflowState.LATCHED);
        stage.act(ActionKind.RESOLVE, "a", Duration.ofDays(3));
        assertThat(stage.state("a")).isEqualTo(WorkflowState.RESOLVED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONSENT_WITHDRAWN", "CONSENT_EXPIRED", "CONSENT_CHANGED", "EMERGENCY_ENDED", "OPTED_OUT", "ERASED"})
    void shouldCloseWithoutDataEvenWhatLatches(String reason) {
        // Given
        AlertEvent raised = Stage.event("a", AlertEventType.RAISED, "SPO2_CRIT", HIGH, min(0));
        raised.setEvidence(List.of(Stage.evidence("spo2")));
        stage.twin(raised, min(0));
        assertThat(stage.worklist().getFirst().getBasis()).hasSize(1);
        // When
        stage.clear("a", reason, min(2)).pass(min(60));
        // Then
        assertThat(stage.state("a")).isEqualTo(WorkflowState.RESOLVED);
        assertThat(stage.last().getReason()).isEqualTo(reason);
        assertThat(stage.alert("a").condition().text()).isEmpty();
        assertThat(stage.alert("a").condition().basis()).isEmpty();
        assertThat(stage.worklist()).isEmpty();
        assertThat(stage.told("a")).containsExactly("FIRST_CONTACT@0");
        assertThat(stage.events.toString()).doesNotContain("86.5");
    }

    @Test
    void shouldLatchWhenThePlanChanged() {
        stage.raise("a", "SPO2_CRIT", HIGH, min(0)).clear("a", "PLAN_CHANGED", min(2));
        assertThat(stage.state("a")).isEqualTo(WorkflowState.LATCHED);
        assertThat(stage.last().getReason()).isEqualTo("PLAN_CHANGED");
    }

    @Test
    void shouldEndWhatTurnedOutNotToBeThisPatient() {
        stage.raise("a", "SPO2_CRIT", HIGH, min(0)).twin(Stage.event("a", AlertEventType.INVALIDATED, "SPO2_CRIT", HIGH, min(2)), min(2)).pass(min(30));
        assertThat(stage.state("a")).isEqualTo(WorkflowState.RESOLVED);
        assertThat(stage.last().getReason()).isEqualTo("INVALIDATED");
        assertThat(stage.told("a")).containsExactly("FIRST_CONTACT@0");
    }

    /** The twin has no episode any more that it could end. */
    @Test
    void shouldEndWhatIsLatchedWhenMonitoringStops() {
        // Given
        stage.raise("old", "SPO2_CRIT", HIGH, min(0)).clear("old", min(3)).raise("now", "FEVER", HIGH, min(4));
        AlertEvent notice = Stage.event("stop", AlertEventType.RAISED, "CONSENT_WITHDRAWN", INFO, min(6));
        notice.setFamily("CONSENT");
        notice.setLane(Lane.ADMINISTRATIVE);
        // When
        stage.clear("now", "CONSENT_WITHDRAWN", min(6)).twin(notice, min(6)).pass(min(60));
        // Then
        assertThat(stage.worklist()).extracting("alertId").containsExactly("stop");
        assertThat(stage.state("old")).isEqualTo(WorkflowState.RESOLVED);
        assertThat(stage.alert("old").condition().text()).isEmpty();
        assertThat(stage.told("old")).containsExactly("FIRST_CONTACT@0", "SECOND_CONTACT@5");
        assertThat(stage.told("stop")).isEmpty();
        stage.act(ActionKind.REOPEN, "old", min(61), action -> action.setText("again"));
        assertThat(stage.refusal()).isEqualTo("NOT_REOPENABLE");
    }

    @Test
    void shouldForgetEverythingOfThePatientWhoIsErased() {
        stage.raise("a", "SPO2_CRIT", HIGH, min(0)).raise("b", "FEVER", LOW, min(1)).clear("b", min(2)).erase(min(3));
        assertThat(stage.caseload()).isEqualTo(Caseload.empty());
        assertThat(stage.last().getReason()).isEqualTo("ERASED");
        assertThat(stage.types("b")).containsOnlyOnce(WorkflowEventType.RESOLVED);
        int events = stage.events.size();
        stage.pass(Duration.ofDays(9));
        assertThat(stage.events).hasSize(events);
    }

    @Test
    void shouldForgetWhatWasResolvedADayAgo() {
        stage.raise("a", "FEVER", MEDIUM, min(0)).clear("a", min(1)).pass(min(1).plusDays(1).minusMillis(1));
        assertThat(stage.caseload().isEmpty()).isFalse();
        stage.pass(min(1).plusDays(1));
        assertThat(stage.caseload()).isEqualTo(Caseload.empty());
    }

    @Test
    void shouldRememberWhatANurseResolvedWhileItsConditionHolds() {
        stage.raise("a", "FEVER", MEDIUM, min(0)).act(ActionKind.RESOLVE, "a", min(5)).pass(Duration.ofDays(9));
        assertThat(stage.state("a")).isEqualTo(WorkflowState.RESOLVED);
        stage.downgrade("a", "FEVER", LOW, Duration.ofDays(9));
        assertThat(stage.state("a")).isEqualTo(WorkflowState.RESOLVED);
        stage.upgrade("a", "FEVER", HIGH, Duration.ofDays(10));
        assertThat(stage.state("a")).isEqualTo(WorkflowState.OPEN);
    }

    // ------------------------------------------------------------------------------------------------------------ refractory time

    @ParameterizedTest
    @CsvSource({"MEDIUM, 29, false", "MEDIUM, 30, true", "LOW, 1439, false"})
    void shouldCallNobodyWithinTheRefractoryTime(Priority priority, long minutes, boolean calls) {
        // When
        stage.raise("a", "FEVER", priority, min(0)).clear("a", min(10)).raise("b", "FEVER", priority, min(10 + minutes));
        // Then
        assertThat(stage.told("b")).hasSize(calls ? 1 : 0);
        assertThat(stage.types("b")).containsExactly(WorkflowEventType.OPENED);
        assertThat(stage.last().getReason()).isEqualTo(calls ? "" : "REFRACTORY");
        assertThat(stage.worklist()).singleElement().satisfies(row -> assertThat(row.getSilentUntil() == null).isEqualTo(calls));
    }

    @Test
    void shouldCallWhenItStillStandsAfterTheRefractoryTime() {
        stage.raise("a", "FEVER", MEDIUM, min(0)).clear("a", min(10)).raise("b", "FEVER", MEDIUM, min(20)).pass(min(100));
        assertThat(stage.told("b")).containsExactly("FIRST_CONTACT@40", "SECOND_CONTACT@100");
    }

    @Test
    void shouldCallAtOnceForAWorseLevelAndAnotherRule() {
        stage.raise("a", "SPO2_LOW", MEDIUM, min(0)).clear("a", min(10)).raise("b", "SPO2_CRIT", HIGH, min(12));
        assertThat(stage.told("b")).containsExactly("FIRST_CONTACT@12");
        stage.raise("c", "FEVER", LOW, min(13)).clear("c", min(14)).raise("d", "FEVER", MEDIUM, min(15));
        assertThat(stage.told("d")).containsExactly("FIRST_CONTACT@15");
        stage.raise("e", "RESP_HIGH", MEDIUM, min(16)).clear("e", min(17)).raise("f", "RESP_HIGH", MEDIUM, min(18)).upgrade("f", "RESP_HIGH", HIGH, min(19));
        assertThat(stage.told("f")).containsExactly("FIRST_CONTACT@19");
    }

    @Test
    void shouldCallAtOnceForAnUrgentLowGlucose() {
        stage.raise("a", "CGM_URGENT_LOW", HIGH, min(0)).act(ActionKind.RESOLVE, "a", min(2)).clear("a", min(3)).raise("b", "CGM_URGENT_LOW", HIGH, min(4));
        assertThat(stage.told("b")).containsExactly("FIRST_CONTACT@4");
    }

    /** The refractory time counts from the moment at which somebody resolved it; nobody has resolved what is latched. */
    @Test
    void shouldCallAgainWhileTheOldAlertIsStillLatched() {
        stage.raise("a", "SPO2_CRIT", HIGH, min(0)).clear("a", min(3)).raise("b", "SPO2_CRIT", HIGH, min(4));
        assertThat(stage.told("b")).containsExactly("FIRST_CONTACT@4");
    }

    @Test
    void shouldCallAgainAfterConsentCameBack() {
        stage.raise("a", "FEVER", MEDIUM, min(0)).clear("a", "CONSENT_WITHDRAWN", min(3)).raise("b", "FEVER", MEDIUM, min(4));
        assertThat(stage.told("b")).containsExactly("FIRST_CONTACT@4");
    }

    // ------------------------------------------------------------------------------------------------------------ disputes

    @Test
    void shouldShowADisputeOfWhatIsLatchedAndLeaveTheRestAlone() {
        // Given
        AlertEvent dispute = Stage.event("a", AlertEventType.UPDATED, "SPO2_CRIT", HIGH, min(9));
        dispute.setTags(List.of("DISPUTED"));
        dispute.setEndReason("ENDED_BEFORE");
        // When
        stage.raise("a", "SPO2_CRIT", HIGH, min(0)).clear("a", min(3)).twin(dispute, min(9));
        // Then
        assertThat(stage.state("a")).isEqualTo(WorkflowState.LATCHED);
        assertThat(stage.worklist().getFirst().getTags()).containsExactly("DISPUTED");
    }

    @Test
    void shouldNotOpenAnAlertBecauseItIsDisputedLongAfter() {
        AlertEvent dispute = Stage.event("a", AlertEventType.UPDATED, "FEVER", MEDIUM, min(9));
        dispute.setEndReason("ENDED_BEFORE");
        stage.twin(dispute, min(9));
        assertThat(stage.caseload().isEmpty()).isTrue();
    }

    @Test
    void shouldNotTakeAnEndForABeginning() {
        AlertEvent end = Stage.event("a", AlertEventType.CLEARED, "FEVER", MEDIUM, min(9));
        stage.twin(end, min(9));
        assertThat(stage.caseload().isEmpty()).isTrue();
        assertThat(stage.events).isEmpty();
    }
}
