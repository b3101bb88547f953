package io.vitaltwin.testbench.bench.cohort;

import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.rules.AlertChange;
import io.vitaltwin.twin.core.rules.AlertChange.Event;
import io.vitaltwin.twin.core.rules.Family;
import io.vitaltwin.twin.core.rules.RuleId;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class AlertLogTest {

    private final AlertLog log = new AlertLog();

    private void take(RuleId rule, Event event, Priority priority, long millis) {
        log.take(new AlertChange(rule, event, priority, 0, millis - 2, millis, "", 0, false, List.of(), Map.of(), ""));
    }

    @Test
    void shouldMakeOneAlertOfWhatIsRaisedAndUpgraded() {
        take(RuleId.SPO2_LOW, Event.RAISED, Priority.MEDIUM, 1_000);
        take(RuleId.SPO2_CRIT, Event.UPGRADED, Priority.HIGH, 2_000);
        take(RuleId.SPO2_LOW, Event.DOWNGRADED, Priority.MEDIUM, 3_000);
        take(RuleId.SPO2_LOW, Event.CLEARED, Priority.MEDIUM, 4_000);
        assertThat(log.finish()).singleElement().satisfies(alert -> {
            assertThat(alert.family()).isEqualTo(Family.SPO2);
            assertThat(alert.rule()).isEqualTo(RuleId.SPO2_CRIT);
            assertThat(alert.priority()).isEqualTo(Priority.HIGH);
            assertThat(alert.notices()).extracting(AlertEpisode.Notice::millis).containsExactly(1_000L, 2_000L);
            assertThat(alert.endMillis()).isEqualTo(4_000);
        });
    }

    @Test
    void shouldNotShowStaffWhatIsInfoOrAdministrative() {
        take(RuleId.NIGHT_RHR, Event.RAISED, Priority.INFO, 1_000);
        take(RuleId.NIGHT_RHR, Event.CLEARED, Priority.INFO, 2_000);
        take(RuleId.CONSENT_WITHDRAWN, Event.RAISED, Priority.LOW, 1_000);
        assertThat(log.finish()).isEmpty();
    }

    @Test
    void shouldShowAnInfoFromWhereItGotWorse() {
        take(RuleId.NIGHT_RHR, Event.RAISED, Priority.INFO, 1_000);
        take(RuleId.NIGHT_RHR, Event.UPGRADED, Priority.LOW, 5_000);
        assertThat(log.finish()).singleElement().satisfies(alert -> {
            assertThat(alert.raisedMillis()).isEqualTo(5_000);
            assertThat(alert.endMillis()).isEqualTo(Long.MAX_VALUE);
        });
    }

    @Test
    void shouldBeginAnewAfterTheEndAndKeepFamiliesApart() {
        take(RuleId.HR_TACHY_REST, Event.RAISED, Priority.MEDIUM, 3_000);
        take(RuleId.SPO2_LOW, Event.RAISED, Priority.MEDIUM, 1_000);
        take(RuleId.SPO2_LOW, Event.CLEARED, Priority.MEDIUM, 2_000);
        take(RuleId.SPO2_LOW, Event.RAISED, Priority.MEDIUM, 4_000);
        assertThat(log.finish()).extracting(AlertEpisode::raisedMillis).containsExactly(1_000L, 3_000L, 4_000L);
    }
}
