package io.vitaltwin.alerts.core;

import io.vitaltwin.schemas.ActionKind;
import io.vitaltwin.schemas.WorkflowEventType;
import io.vitaltwin.schemas.WorkflowState;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static io.vitaltwin.alerts.core.Stage.T0;
import static io.vitaltwin.alerts.core.Stage.min;
import static io.vitaltwin.schemas.Priority.HIGH;
import static io.vitaltwin.schemas.Priority.LOW;
import static io.vitaltwin.schemas.Priority.MEDIUM;
import static org.assertj.core.api.Assertions.assertThat;

/** What fell due while nobody could tell it: decided as ever, and the newest step is told. */
class CatchUpTest {

    /** Nobody was there for three hours. */
    private final Stage stage = new Stage().staleUntil(min(180));

    @Test
    void shouldTellTheNewestStepOfEachAlertOnce() {
        // When
        stage.raise("a", "SPO2_CRIT", HIGH, min(0)).raise("b", "FEVER", MEDIUM, min(30)).raise("c", "RESP_HIGH", MEDIUM, min(150)).pass(min(179));
        assertThat(stage.notices).isEmpty();
        stage.pass(min(180));
        // Then
        assertThat(stage.told("a")).containsExactly("ON_CALL_LEAD@180");
        assertThat(stage.told("b")).containsExactly("SECOND_CONTACT@180");
        assertThat(stage.told("c")).containsExactly("FIRST_CONTACT@180");
        assertThat(stage.notices.getFirst().getDue()).isEqualTo(T0.plus(min(10)));
        // And: from here on as ever
        stage.pass(min(210));
        assertThat(stage.told("c")).containsExactly("FIRST_CONTACT@180", "SECOND_CONTACT@210");
    }

    @Test
    void shouldLoseNoTransition() {
        Stage present = new Stage();
        for (Stage each : List.of(stage, present)) {
            each.raise("a", "SPO2_CRIT", HIGH, min(0)).acknowledge("a", min(40)).upgrade("a", "SPO2_CRIT", HIGH, min(50)).pass(min(300));
        }
        assertThat(stage.events).isEqualTo(present.events);
        assertThat(stage.worklist()).usingRecursiveFieldByFieldElementComparatorIgnoringFields("step").isEqualTo(present.worklist());
    }

    @Test
    void shouldTellNobodyOfWhatIsOverByThen() {
        stage.raise("a", "FEVER", MEDIUM, min(0)).clear("a", min(90)).raise("b", "SPO2_CRIT", HIGH, min(0)).act(ActionKind.RESOLVE, "b", min(100))
                .raise("c", "RESP_HIGH", MEDIUM, min(0)).snooze("c", Duration.ofHours(9), min(100)).pass(min(200));
        assertThat(stage.notices).isEmpty();
        assertThat(stage.types("b")).contains(WorkflowEventType.ESCALATED);
    }

    @Test
    void shouldCollapseRemindersToo() {
        stage.raise("a", "SPO2_CRIT", HIGH, min(0)).acknowledge("a", min(4)).pass(min(183));
        assertThat(stage.told("a")).containsExactly("REMINDER@180");
        stage.pass(min(184));
        assertThat(stage.told("a")).containsExactly("REMINDER@180", "REMINDER@184");
        assertThat(stage.notices).extracting("notificationId").doesNotHaveDuplicates();
    }

    @Test
    void shouldTellWhatIsLatchedAndOfWhichNobodyHeard() {
        stage.raise("a", "SPO2_CRIT", HIGH, min(0)).clear("a", min(3)).pass(min(180));
        assertThat(stage.state("a")).isEqualTo(WorkflowState.LATCHED);
        assertThat(stage.told("a")).containsExactly("ON_CALL_LEAD@180");
    }

    @Test
    void shouldTellTheDigestLateRatherThanNot() {
        Stage long36 = new Stage().staleUntil(Duration.ofHours(36));
        long36.raise("a", "HF_WEIGHT", LOW, min(0)).pass(Duration.ofHours(35));
        assertThat(long36.notices).isEmpty();
        long36.pass(Duration.ofHours(36));
        assertThat(long36.told("a")).containsExactly("DIGEST@2160");
    }

    /** A second outage during the first catch-up. */
    @Test
    void shouldHoldWhatWasHeldUntilSomebodyIsThereAgain() {
        // Given
        stage.raise("a", "SPO2_CRIT", HIGH, min(0)).pass(min(100));
        // When
        stage.staleUntil(min(400)).pass(min(399));
        assertThat(stage.notices).isEmpty();
        stage.pass(min(400));
        // Then
        assertThat(stage.told("a")).containsExactly("ON_CALL_LEAD@400");
    }

    @Test
    void shouldNotTellAgainWhatWasToldBefore() {
        Stage away = new Stage().raise("a", "SPO2_CRIT", HIGH, min(0)).pass(min(6));
        away.staleUntil(min(300)).pass(min(310));
        assertThat(away.told("a")).containsExactly("FIRST_CONTACT@0", "SECOND_CONTACT@5", "ON_CALL_LEAD@300");
    }
}
