package io.vitaltwin.alerts.core;

import io.vitaltwin.schemas.ActionKind;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorkflowState;
import io.vitaltwin.schemas.WorklistAlert;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static io.vitaltwin.alerts.core.Stage.min;
import static io.vitaltwin.schemas.Priority.HIGH;
import static io.vitaltwin.schemas.Priority.INFO;
import static io.vitaltwin.schemas.Priority.LOW;
import static io.vitaltwin.schemas.Priority.MEDIUM;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 6.1: more than 10 alerts of one patient within an hour are one. */
class StormTest {

    private final Stage stage = new Stage();

    /** One alert a minute, of rules of their own. */
    private void raise(int from, int until, Priority priority) {
        for (int i = from; i <= until; i++) {
            stage.raise("a" + i, "RULE_" + i, priority, min(i));
        }
    }

    private Optional<WorklistAlert> storm() {
        return stage.worklist().stream().filter(row -> row.getRule().equals("ALERT_STORM")).findFirst();
    }

    private long told(String step) {
        return stage.notices.stream().filter(notice -> notice.getStep().equals(step)).count();
    }

    @Test
    void shouldLeaveTenAlertsAlone() {
        raise(1, 10, MEDIUM);
        assertThat(storm()).isEmpty();
        assertThat(told("FIRST_CONTACT")).isEqualTo(10);
    }

    @Test
    void shouldMakeOneMediumOfTheEleventhThatListsThemAll() {
        // When
        raise(1, 13, MEDIUM);
        // Then: ten called, then the storm, then nobody
        assertThat(storm()).hasValueSatisfying(storm -> {
            assertThat(storm.getPriority()).isEqualTo(MEDIUM);
            assertThat(storm.getMembers()).hasSize(13).contains("a1", "a11", "a13");
            assertThat(storm.getText()).contains("13 alerts", "RULE_12 1");
        });
        assertThat(told("FIRST_CONTACT")).isEqualTo(11);
        assertThat(stage.notices.getLast().getAlertId()).isEqualTo(storm().orElseThrow().getAlertId());
        assertThat(stage.worklist()).hasSize(14);
        assertThat(stage.worklist()).filteredOn(row -> row.getStorm() != null).hasSize(13);
    }

    @Test
    void shouldCountAnHourAndNotMore() {
        raise(1, 10, MEDIUM);
        stage.raise("late", "RULE_LATE", MEDIUM, min(61));
        assertThat(storm()).isEmpty();
        stage.raise("later", "RULE_LATER", MEDIUM, min(61));
        assertThat(storm()).isPresent();
    }

    @Test
    void shouldNotCountNoticesButWhatTheyBecome() {
        raise(1, 10, INFO);
        raise(11, 20, LOW);
        assertThat(storm()).isEmpty();
        stage.upgrade("a1", "RULE_1", MEDIUM, min(21));
        assertThat(storm()).isPresent();
        assertThat(stage.told("a1")).isEmpty();
    }

    /** A flood must not hide what is dangerous. */
    @Test
    void shouldLetHighSpeakForItself() {
        raise(1, 11, MEDIUM);
        stage.raise("high", "RULE_HIGH", HIGH, min(12)).upgrade("a3", "RULE_3", HIGH, min(13)).pass(min(18));
        assertThat(stage.told("high")).containsExactly("FIRST_CONTACT@12", "SECOND_CONTACT@17");
        assertThat(stage.told("a3")).containsExactly("FIRST_CONTACT@3", "FIRST_CONTACT@13", "SECOND_CONTACT@18");
    }

    @Test
    void shouldKeepItsMembersSilentAndEscalateItself() {
        raise(1, 11, MEDIUM);
        stage.pass(min(61).minusMillis(1));
        assertThat(told("SECOND_CONTACT")).isZero();
        raise(61, 64, MEDIUM);
        stage.pass(min(71));
        assertThat(stage.notices).filteredOn(notice -> notice.getStep().equals("SECOND_CONTACT")).extracting(Notification::getAlertId)
                .allMatch(id -> storm().isEmpty() || id.equals(storm().get().getAlertId()));
    }

    /** Ten have been told of through the storm: they do not all call at its end. */
    @Test
    void shouldEndWhenAnHourHasNoMoreThanTenAndLetTheMembersGoOn() {
        // When: a1 leaves the hour at minute 61
        raise(1, 11, MEDIUM);
        stage.pass(min(61));
        // Then
        assertThat(storm()).isEmpty();
        int told = stage.notices.size();
        assertThat(stage.worklist()).allMatch(row -> row.getStorm() == null);
        stage.pass(min(121).minusMillis(1));
        assertThat(stage.notices).hasSize(told);
        stage.pass(min(121));
        assertThat(told("SECOND_CONTACT")).isEqualTo(11);
    }

    @Test
    void shouldSetItsMembersFreeWhenANurseResolvesIt() {
        // Given
        raise(1, 11, MEDIUM);
        String id = storm().orElseThrow().getAlertId();
        // When
        stage.act(ActionKind.RESOLVE, id, min(12));
        // Then
        assertThat(storm()).isEmpty();
        assertThat(stage.worklist()).hasSize(11).allMatch(row -> row.getStorm() == null);
        // And: what comes next is a storm still, but nobody is called twice within half an hour
        stage.raise("next", "RULE_NEXT", MEDIUM, min(13));
        assertThat(storm()).hasValueSatisfying(again -> assertThat(again.getSilentUntil()).isEqualTo(Stage.T0.plus(min(42))));
        assertThat(stage.told("next")).isEmpty();
    }

    @Test
    void shouldBeHandledLikeAnyAlert() {
        raise(1, 11, MEDIUM);
        String id = storm().orElseThrow().getAlertId();
        stage.acknowledge(id, min(12));
        assertThat(stage.state(id)).isEqualTo(WorkflowState.ACKNOWLEDGED);
        stage.pass(min(61));
        assertThat(stage.state(id)).isEqualTo(WorkflowState.RESOLVED);
    }

    @Test
    void shouldPutLowMembersIntoTheirDigest() {
        raise(1, 11, LOW);
        stage.pass(Duration.ofDays(1));
        assertThat(told("DIGEST")).isEqualTo(11);
    }

    @Test
    void shouldHaveTheSameIdEachTimeAndTellNothingOfThePatient() {
        raise(1, 11, MEDIUM);
        Stage other = new Stage();
        for (int i = 1; i <= 11; i++) {
            other.raise("a" + i, "RULE_" + i, MEDIUM, min(i));
        }
        List<String> ids = other.worklist().stream().map(WorklistAlert::getAlertId).toList();
        assertThat(ids).contains(storm().orElseThrow().getAlertId());
        assertThat(storm().orElseThrow().getAlertId()).matches("[0-9a-f]{32}");
    }
}
