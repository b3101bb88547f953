package io.vitaltwin.alerts.core;

import io.vitaltwin.schemas.ActionKind;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorkflowEventType;
import io.vitaltwin.schemas.WorkflowState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static io.vitaltwin.alerts.core.Stage.T0;
import static io.vitaltwin.alerts.core.Stage.min;
import static io.vitaltwin.schemas.Priority.HIGH;
import static io.vitaltwin.schemas.Priority.LOW;
import static io.vitaltwin.schemas.Priority.MEDIUM;
import static org.assertj.core.api.Assertions.assertThat;

/** A snooze is of one condition: what is worse or opposite breaks through. */
class SnoozeTest {

    private final Stage stage = new Stage();

    @ParameterizedTest
    @CsvSource({"HIGH, 3600000, none", "HIGH, 3600001, EXPIRY_TOO_FAR", "MEDIUM, 86400000, none", "MEDIUM, 86400001, EXPIRY_TOO_FAR",
        "LOW, 86400000, none", "LOW, 86400001, EXPIRY_TOO_FAR", "LOW, 0, EXPIRY_PAST", "LOW, -1, EXPIRY_PAST", "LOW, 1, none"})
    void shouldKnowTheLongestSnoozeOfEachPriority(Priority priority, long millis, String refusal) {
        // When
        stage.raise("a", "FEVER", priority, min(0)).snooze("a", Duration.ofMillis(millis), min(1));
        // Then
        assertThat(stage.refusal()).isEqualTo(refusal);
        assertThat(stage.state("a")).isEqualTo(refusal.equals("none") ? WorkflowState.SNOOZED : WorkflowState.OPEN);
    }

    @Test
    void shouldNeedAReasonAndAnEnd() {
        stage.raise("a", "FEVER", MEDIUM, min(0));
        stage.act(ActionKind.SNOOZE, "a", min(1), action -> action.setUntil(T0.plusSeconds(600)));
        assertThat(stage.refusal()).isEqualTo("NO_REASON");
        stage.act(ActionKind.SNOOZE, "a", min(1), action -> action.setText("asleep"));
        assertThat(stage.refusal()).isEqualTo("NO_EXPIRY");
        assertThat(stage.state("a")).isEqualTo(WorkflowState.OPEN);
    }

    @Test
    void shouldCallAgainWhenItEnds() {
        // When
        stage.raise("a", "SPO2_CRIT", HIGH, min(0)).snooze("a", min(30), min(2)).pass(min(42));
        // Then
        assertThat(stage.told("a")).containsExactly("FIRST_CONTACT@0", "FIRST_CONTACT@32", "SECOND_CONTACT@37", "ON_CALL_LEAD@42");
        assertThat(stage.types("a")).containsSubsequence(WorkflowEventType.SNOOZED, WorkflowEventType.SNOOZE_ENDED);
    }

    @Test
    void shouldBeBrokenThroughByAWorseLevel() {
        stage.raise("a", "SPO2_LOW", MEDIUM, min(0)).snooze("a", Duration.ofHours(4), min(1)).upgrade("a", "SPO2_CRIT", HIGH, min(30));
        assertThat(stage.state("a")).isEqualTo(WorkflowState.OPEN);
        assertThat(stage.told("a")).containsExactly("FIRST_CONTACT@0", "FIRST_CONTACT@30");
        assertThat(stage.last().getType()).isEqualTo(WorkflowEventType.BROKEN_THROUGH);
    }

    @Test
    void shouldNotHideHighGlucoseBehindASnoozedLow() {
        stage.raise("low", "CGM_HYPO_L1", LOW, min(0)).snooze("low", Duration.ofHours(8), min(1)).raise("high", "CGM_HYPER_L2", MEDIUM, min(60));
        assertThat(stage.state("low")).isEqualTo(WorkflowState.SNOOZED);
        assertThat(stage.state("high")).isEqualTo(WorkflowState.OPEN);
        assertThat(stage.told("high")).containsExactly("FIRST_CONTACT@60");
    }

    /** CR 3.12.16: the opposite condition ends the episode and begins another. */
    @Test
    void shouldNotHideASlowHeartBehindASnoozedFastOne() {
        // When
        stage.raise("fast", "HR_TACHY_REST", MEDIUM, min(0)).snooze("fast", Duration.ofHours(8), min(1)).clear("fast", min(20))
                .raise("slow", "HR_BRADY", MEDIUM, min(20));
        // Then
        assertThat(stage.state("slow")).isEqualTo(WorkflowState.OPEN);
        assertThat(stage.told("slow")).containsExactly("FIRST_CONTACT@20");
        // And: a fast one after that is not the old story
        stage.clear("slow", min(80)).raise("fast2", "HR_TACHY_REST", MEDIUM, min(81));
        assertThat(stage.state("fast2")).isEqualTo(WorkflowState.OPEN);
        assertThat(stage.told("fast2")).containsExactly("FIRST_CONTACT@81");
    }

    @Test
    void shouldStaySnoozedWhenTheSameConditionComesBack() {
        // When
        stage.raise("a", "HR_TACHY_REST", MEDIUM, min(0)).snooze("a", Duration.ofHours(4), min(1)).clear("a", min(20))
                .raise("b", "HR_TACHY_REST", MEDIUM, min(90));
        // Then
        assertThat(stage.state("b")).isEqualTo(WorkflowState.SNOOZED);
        assertThat(stage.last().getReason()).isEqualTo("STILL_SNOOZED");
        assertThat(stage.told("b")).isEmpty();
        // And: it calls at its end
        stage.pass(min(241));
        assertThat(stage.told("b")).containsExactly("FIRST_CONTACT@241");
    }

    @Test
    void shouldNotStaySnoozedWhenItComesBackWorse() {
        stage.raise("a", "HR_TACHY_REST", MEDIUM, min(0)).snooze("a", Duration.ofHours(4), min(1)).clear("a", min(20))
                .raise("b", "HR_TACHY_REST", HIGH, min(21));
        assertThat(stage.told("b")).containsExactly("FIRST_CONTACT@21");
    }

    @Test
    void shouldNeverStaySnoozedForAnUrgentLowGlucose() {
        stage.raise("a", "CGM_URGENT_LOW", MEDIUM, min(0)).snooze("a", min(50), min(1)).clear("a", min(20))
                .raise("b", "CGM_URGENT_LOW", MEDIUM, min(21));
        assertThat(stage.told("b")).containsExactly("FIRST_CONTACT@21");
    }

    @Test
    void shouldForgetALeftSnoozeAtItsEnd() {
        stage.raise("a", "HR_TACHY_REST", MEDIUM, min(0)).snooze("a", Duration.ofHours(2), min(0)).clear("a", min(20))
                .raise("b", "HR_TACHY_REST", MEDIUM, min(120));
        assertThat(stage.told("b")).containsExactly("FIRST_CONTACT@120");
    }

    @Test
    void shouldRefuseToSnoozeWhatIsOver() {
        stage.raise("a", "SPO2_CRIT", HIGH, min(0)).clear("a", min(3)).snooze("a", min(10), min(4));
        assertThat(stage.refusal()).isEqualTo("CONDITION_OVER");
    }

    @Test
    void shouldTakeWhoSnoozedItForSomebodyWhoKnowsWhenItLatches() {
        stage.raise("a", "SPO2_CRIT", HIGH, min(0)).snooze("a", min(50), min(1)).clear("a", min(10)).pass(min(300));
        assertThat(stage.state("a")).isEqualTo(WorkflowState.LATCHED);
        assertThat(stage.worklist().getFirst().getAcknowledgedBy()).isEqualTo(Stage.NURSE);
        assertThat(stage.told("a")).containsExactly("FIRST_CONTACT@0");
    }
}
