package io.vitaltwin.alerts.delivery;

import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorkflowState;
import io.vitaltwin.schemas.WorklistAlert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;

import static io.vitaltwin.alerts.delivery.Steps.AT;
import static io.vitaltwin.alerts.delivery.Steps.planned;
import static org.assertj.core.api.Assertions.assertThat;

class NeedlessTest {

    private static WorklistAlert alert(WorkflowState state, boolean acknowledged) {
        return WorklistAlert.newBuilder().setAlertId("alert-1").setRule("SPO2_LOW").setFamily("SPO2").setPriority(Priority.HIGH).setHighest(Priority.HIGH)
                .setLane(Lane.PHYSIOLOGICAL).setState(state).setHolds(true).setEpisodeStart(AT).setRaised(AT).setUpdated(AT)
                .setAcknowledgedAt(acknowledged ? AT : null)
                .setMembers(List.of()).setTags(List.of()).setBasis(List.of()).build();
    }

    private static Notification step(String step) {
        return Copy.of(planned("a", "email", Priority.HIGH)).setStep(step).build();
    }

    @ParameterizedTest
    @CsvSource({
            "OPEN, false, SECOND_CONTACT,",
            "ESCALATED, false, ON_CALL_LEAD,",
            "LATCHED, false, FIRST_CONTACT,",
            "LATCHED, true, FIRST_CONTACT, ACKNOWLEDGED",
            "ACKNOWLEDGED, true, SECOND_CONTACT, ACKNOWLEDGED",
            "ACKNOWLEDGED, true, REMINDER,",
            "ACKNOWLEDGED, true, ASSIGNED,",
            "SNOOZED, false, FIRST_CONTACT, SNOOZED",
            "RESOLVED, false, REMINDER, ALERT_OVER"})
    void shouldTellOnlyWhatIsStillTrue(WorkflowState state, boolean acknowledged, String step, String why) {
        assertThat(Results.needless(step(step), Optional.of(alert(state, acknowledged)))).isEqualTo(Optional.ofNullable(why));
    }

    @Test
    void shouldTellNobodyOfAnAlertThatIsOver() {
        assertThat(Results.needless(step("FIRST_CONTACT"), Optional.empty())).contains(Results.ALERT_OVER);
    }
}
