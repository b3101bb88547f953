package io.vitaltwin.testbench.bench.cohort;

import io.vitaltwin.testbench.cohort.EventKind;
import io.vitaltwin.testbench.cohort.Truth;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.rules.Family;
import io.vitaltwin.twin.core.rules.RuleId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import static io.vitaltwin.testbench.bench.cohort.Made.alert;
import static io.vitaltwin.testbench.bench.cohort.Made.hypoxia;
import static io.vitaltwin.testbench.bench.cohort.Made.patient;
import static io.vitaltwin.testbench.bench.cohort.Made.person;
import static org.assertj.core.api.Assertions.assertThat;

class OutcomeTest {

    /** The event lasts from 100 to 200, the limit is passed at 130; half an hour after its end is still in time. */
    @ParameterizedTest
    @CsvSource({"99, false", "100, true", "130, true", "230, true", "231, false"})
    void shouldFindAnEventByANoticeWhileItLasts(long raised, boolean found) {
        Outcome outcome = outcome(alert(RuleId.SPO2_LOW, Priority.MEDIUM, raised, raised + 10));
        assertThat(outcome.events()).singleElement().satisfies(event -> {
            assertThat(event.found()).isEqualTo(found);
            assertThat(event.delayMillis().isPresent()).isEqualTo(found);
            if (found) {
                assertThat(event.delayMillis().getAsLong()).isEqualTo((raised - 130) * Made.MINUTE);
            }
        });
        assertThat(outcome.truePositives()).containsExactly(found);
    }

    @Test
    void shouldTakeTheFirstNoticeOfSeveral() {
        Outcome outcome = outcome(alert(RuleId.HR_TACHY_REST, Priority.MEDIUM, 140, 150), alert(RuleId.SPO2_LOW, Priority.MEDIUM, 135, 150));
        assertThat(outcome.events().getFirst().delayMillis()).hasValue(5 * Made.MINUTE);
    }

    @Test
    void shouldFindAnEventByAnAlertThatStandsOpenButKnowNoDelay() {
        Outcome open = outcome(alert(RuleId.SPO2_LOW, Priority.MEDIUM, 50, 140));
        assertThat(open.events().getFirst().found()).isTrue();
        assertThat(open.events().getFirst().delayMillis()).isEmpty();
        assertThat(open.truePositives()).containsExactly(false);
        assertThat(outcome(alert(RuleId.SPO2_LOW, Priority.MEDIUM, 50, 130)).events().getFirst().found()).isFalse();
    }

    @Test
    void shouldNotFindAnEventByAnAlertOfAnotherFamily() {
        Outcome outcome = outcome(alert(RuleId.CGM_URGENT_LOW, Priority.HIGH, 140, 150));
        assertThat(outcome.events().getFirst().found()).isFalse();
        assertThat(outcome.truePositives()).containsExactly(false);
    }

    @Test
    void shouldNotJudgeAnEventThatPassedNoLimit() {
        Truth.Event mild = Made.event(EventKind.S09_FLUID, 100, Truth.NEVER, 200, Priority.MEDIUM, Grade.CONSUMER);
        Outcome outcome = Outcome.of(patient(person(0), Grade.CONSUMER, List.of(mild)), 0, 3);
        assertThat(outcome.events()).isEmpty();
        assertThat(outcome.neverMet()).isEqualTo(1);
    }

    @Test
    void shouldCallAnAlertTrueThatTellsOfAFinding() {
        Truth truth = new Truth(List.of(), List.of(new Truth.Finding(Set.of("SILENCE"), 10 * Made.MINUTE, 40 * Made.MINUTE)), List.of());
        Outcome outcome = Outcome.of(patient(person(0), Grade.CONSUMER, truth, alert(RuleId.DEVICE_SILENT, Priority.LOW, 9, 50),
                alert(RuleId.DEVICE_SILENT, Priority.LOW, 30, 50), alert(RuleId.DEVICE_SILENT, Priority.LOW, 70, 80),
                alert(RuleId.DEVICE_SILENT, Priority.LOW, 71, 80), alert(RuleId.SPO2_LOW, Priority.MEDIUM, 30, 50)), 0, 3);
        assertThat(outcome.truePositives()).containsExactly(false, true, true, false, false);
    }

    /** Of five days: an event over two of them, a false alert on a third, a technical one on a fourth. */
    @Test
    void shouldCountDaysWithoutEventAndAlert() {
        Truth.Event event = Made.event(EventKind.S12_PRESSURE, Made.DAY - 10, Made.DAY + 5, Made.DAY + 100, Priority.MEDIUM, Grade.MEDICAL_HOME);
        Outcome outcome = Outcome.of(patient(person(0), Grade.CONSUMER, List.of(event),
                alert(RuleId.SPO2_LOW, Priority.MEDIUM, 3 * Made.DAY, 3 * Made.DAY + 9),
                alert(RuleId.DEVICE_SILENT, Priority.LOW, 4 * Made.DAY, 4 * Made.DAY + 9)), 0, 5);
        assertThat(outcome.quietDays()).isEqualTo(2);
    }

    @Test
    void shouldNameFamiliesThatExist() {
        assertThat(EventKind.values()).allSatisfy(kind -> assertThat(Arrays.stream(Family.values()).map(Enum::name)).containsAll(kind.families()));
    }

    private static Outcome outcome(AlertEpisode... alerts) {
        return Outcome.of(patient(person(0), Grade.MEDICAL_HOME, List.of(hypoxia(Grade.MEDICAL_HOME)), alerts), 0, 3);
    }
}
