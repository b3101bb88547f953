package io.vitaltwin.alerts.core;

import io.vitaltwin.alerts.core.OpenAlerts.Step;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.InformationType;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static io.vitaltwin.schemas.AlertEventType.CLEARED;
import static io.vitaltwin.schemas.AlertEventType.DOWNGRADED;
import static io.vitaltwin.schemas.AlertEventType.INVALIDATED;
import static io.vitaltwin.schemas.AlertEventType.RAISED;
import static io.vitaltwin.schemas.AlertEventType.UPDATED;
import static io.vitaltwin.schemas.AlertEventType.UPGRADED;
import static io.vitaltwin.schemas.Priority.HIGH;
import static io.vitaltwin.schemas.Priority.INFO;
import static io.vitaltwin.schemas.Priority.LOW;
import static io.vitaltwin.schemas.Priority.MEDIUM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OpenAlertsTest {

    private static final Instant T0 = Instant.parse("2026-03-02T00:00:00Z");

    @Test
    void shouldOpenOnRaised() {
        // When
        Step step = OpenAlerts.none().apply(event("a", RAISED, 10, MEDIUM));
        // Then
        assertThat(step.state().inOrder()).singleElement().satisfies(alert -> {
            assertThat(alert.alertId()).isEqualTo("a");
            assertThat(alert.patientId()).isEqualTo("patient-of-a");
            assertThat(alert.rule()).isEqualTo("RULE_MEDIUM");
            assertThat(alert.priority()).isEqualTo(MEDIUM);
            assertThat(alert.episodeStart()).isEqualTo(T0);
            assertThat(alert.raised()).isEqualTo(at(10));
            assertThat(alert.updated()).isEqualTo(at(10));
            assertThat(alert.tags()).containsExactly("TAG_RAISED");
        });
        assertThat(step.changes()).containsExactly(new Change.Opened(step.state().inOrder().getFirst()));
    }

    @Test
    void shouldKeepTheTimeOfTheRaiseThroughUpgradeDowngradeAndUpdate() {
        // Given
        OpenAlerts state = fold(event("a", RAISED, 10, LOW));
        // When
        Step up = state.apply(event("a", UPGRADED, 20, HIGH));
        Step down = up.state().apply(event("a", DOWNGRADED, 30, MEDIUM));
        Step update = down.state().apply(event("a", UPDATED, 40, MEDIUM));
        // Then
        assertThat(up.state().inOrder().getFirst().priority()).isEqualTo(HIGH);
        assertThat(down.state().inOrder().getFirst().priority()).isEqualTo(MEDIUM);
        StandingAlert last = update.state().inOrder().getFirst();
        assertThat(last.raised()).isEqualTo(at(10));
        assertThat(last.updated()).isEqualTo(at(40));
        assertThat(up.changes()).singleElement().isEqualTo(
                new Change.Changed(state.inOrder().getFirst(), up.state().inOrder().getFirst()));
    }

    @ParameterizedTest
    @EnumSource(value = AlertEventType.class, names = {"CLEARED", "INVALIDATED"})
    void shouldCloseWithTheReason(AlertEventType end) {
        // Given
        OpenAlerts state = fold(event("a", RAISED, 10, LOW), event("b", RAISED, 11, LOW));
        AlertEvent closing = event("a", end, 20, LOW);
        closing.setEndReason("CONSENT_WITHDRAWN");
        // When
        Step step = state.apply(closing);
        // Then
        assertThat(ids(step.state())).containsExactly("b");
        assertThat(step.changes()).containsExactly(new Change.Closed(state.inOrder().getFirst(), end, "CONSENT_WITHDRAWN"));
    }

    @ParameterizedTest
    @EnumSource(AlertEventType.class)
    void shouldChangeNothingOnADuplicate(AlertEventType kind) {
        // Given
        OpenAlerts before = kind == RAISED ? OpenAlerts.none() : fold(event("a", RAISED, 10, LOW));
        AlertEvent event = event("a", kind, 20, HIGH);
        OpenAlerts once = before.apply(event).state();
        // When
        Step twice = once.apply(event);
        // Then
        assertThat(twice.state()).isEqualTo(once);
        assertThat(twice.changes()).isEmpty();
    }

    @Test
    void shouldTakeTheSameEventAtAnotherTimeAsANewOne() {
        // Given
        OpenAlerts state = fold(event("a", RAISED, 10, LOW), event("a", UPGRADED, 20, MEDIUM));
        // When
        Step step = state.apply(event("a", UPGRADED, 21, HIGH));
        // Then
        assertThat(step.changes()).hasSize(1);
        assertThat(step.state().inOrder().getFirst().priority()).isEqualTo(HIGH);
    }

    @Test
    void shouldChangeNothingWhenAReaderGoesBackAndReadsAStretchAgain() {
        // Given
        List<AlertEvent> log = List.of(event("a", RAISED, 10, LOW), event("a", UPGRADED, 20, HIGH), event("a", DOWNGRADED, 30, MEDIUM),
                event("b", RAISED, 31, HIGH), event("b", CLEARED, 40, HIGH));
        OpenAlerts read = fold(log);
        for (int from = 0; from < log.size(); from++) {
            // When
            OpenAlerts again = fold(read, log.subList(from, log.size()));
            // Then
            assertThat(again).as("read again from event %d", from).isEqualTo(read);
        }
    }

    @Test
    void shouldTakeAnUpgradeWhoseEffectiveTimeIsEarlier() {
        // Given: decided later, about a reading measured earlier by another device
        OpenAlerts state = fold(event("a", RAISED, 10, LOW), event("a", UPGRADED, 20, MEDIUM));
        // When
        OpenAlerts after = state.apply(event("a", UPGRADED, 15, HIGH)).state();
        // Then
        assertThat(after.inOrder().getFirst().priority()).isEqualTo(HIGH);
    }

    @ParameterizedTest
    @EnumSource(value = AlertEventType.class, names = {"UPGRADED", "DOWNGRADED", "UPDATED"})
    void shouldShowAnAlertWhoseBeginningIsMissing(AlertEventType first) {
        // When
        Step step = OpenAlerts.none().apply(event("a", first, 20, HIGH));
        // Then
        assertThat(step.changes()).singleElement().isInstanceOf(Change.Opened.class);
        assertThat(step.state().inOrder().getFirst().raised()).isEqualTo(at(20));
    }

    @Test
    void shouldNotLowerAnAlertWhoseRaiseComesAfterItsUpgrade() {
        // Given
        OpenAlerts state = fold(event("a", UPGRADED, 20, HIGH));
        // When
        Step step = state.apply(event("a", RAISED, 10, LOW));
        // Then
        StandingAlert alert = step.state().inOrder().getFirst();
        assertThat(alert.priority()).isEqualTo(HIGH);
        assertThat(alert.rule()).isEqualTo("RULE_HIGH");
        assertThat(alert.raised()).isEqualTo(at(10));
        assertThat(alert.updated()).isEqualTo(at(20));
        assertThat(step.changes()).containsExactly(new Change.Changed(state.inOrder().getFirst(), alert));
    }

    @ParameterizedTest
    @EnumSource(value = AlertEventType.class, mode = Mode.EXCLUDE, names = "CLEARED")
    void shouldStayClosedWhateverComesAfterTheEnd(AlertEventType later) {
        // Given
        OpenAlerts closed = fold(event("a", RAISED, 10, LOW), event("a", CLEARED, 20, LOW));
        // When
        Step step = closed.apply(event("a", later, 30, HIGH));
        // Then
        assertThat(step.changes()).isEmpty();
        assertThat(step.state()).isEqualTo(closed);
    }

    @Test
    void shouldRememberAnEndWithoutABeginning() {
        // When
        Step end = OpenAlerts.none().apply(event("a", INVALIDATED, 20, LOW));
        Step raise = end.state().apply(event("a", RAISED, 10, LOW));
        // Then
        assertThat(end.changes()).isEmpty();
        assertThat(raise.changes()).isEmpty();
        assertThat(raise.state().size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {19, 20})
    void shouldRememberAnEndUpToItsOwnTime(int seconds) {
        // Given
        OpenAlerts closed = fold(event("a", RAISED, 10, LOW), event("a", CLEARED, 20, LOW));
        // When
        OpenAlerts later = closed.forgetClosedBefore(at(seconds)).apply(event("a", RAISED, 10, LOW)).state();
        // Then
        assertThat(later.size()).isZero();
    }

    @Test
    void shouldForgetAnEndThatIsOlderThanAsked() {
        // Given
        OpenAlerts closed = fold(event("a", RAISED, 10, LOW), event("a", CLEARED, 20, LOW), event("b", RAISED, 30, LOW));
        // When
        OpenAlerts forgotten = closed.forgetClosedBefore(at(21));
        // Then
        assertThat(forgotten).isEqualTo(fold(event("b", RAISED, 30, LOW)));
    }

    @Test
    void shouldShowTheMostUrgentFirstThenTheOneRaisedFirst() {
        // Given
        OpenAlerts state = fold(event("info", RAISED, 1, INFO), event("low", RAISED, 2, LOW), event("young", RAISED, 9, HIGH),
                event("medium", RAISED, 3, MEDIUM), event("old", RAISED, 8, HIGH), event("b-same", RAISED, 9, MEDIUM),
                event("a-same", RAISED, 9, MEDIUM));
        // Then
        assertThat(ids(state)).containsExactly("old", "young", "medium", "a-same", "b-same", "low", "info");
    }

    @Test
    void shouldKeepPatientsApart() {
        // Given
        OpenAlerts state = fold(event("a", RAISED, 1, LOW), event("b", RAISED, 2, HIGH));
        // When
        OpenAlerts after = state.apply(event("b", UPDATED, 3, MEDIUM)).state();
        // Then
        assertThat(after.inOrder("patient-of-a")).isEqualTo(state.inOrder("patient-of-a"));
        assertThat(after.inOrder("patient-of-b")).extracting(StandingAlert::priority).containsExactly(MEDIUM);
        assertThat(after.inOrder("patient-of-c")).isEmpty();
    }

    @Test
    void shouldNotChangeTheStateBefore() {
        // Given
        OpenAlerts before = fold(event("a", RAISED, 1, LOW));
        List<StandingAlert> shown = before.inOrder();
        // When
        before.apply(event("a", UPGRADED, 2, HIGH));
        before.apply(event("a", CLEARED, 3, LOW));
        before.apply(event("b", RAISED, 4, LOW));
        // Then
        assertThat(before.inOrder()).isEqualTo(shown);
    }

    @Test
    void shouldNotFollowLaterChangesOfTheEventObject() {
        // Given: generated records are mutable
        AlertEvent event = event("a", RAISED, 1, LOW);
        event.setTags(new ArrayList<>(List.of("ONE")));
        OpenAlerts state = fold(event);
        // When
        event.getTags().add("TWO");
        event.setPriority(HIGH);
        // Then
        StandingAlert alert = state.inOrder().getFirst();
        assertThat(alert.tags()).containsExactly("ONE");
        assertThat(alert.priority()).isEqualTo(LOW);
        assertThatThrownBy(() -> alert.tags().add("THREE")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void shouldNotShowThePatientOrTheTextInToString() {
        // Given
        Step step = OpenAlerts.none().apply(event("a", RAISED, 1, LOW));
        // Then
        assertThat(step.toString() + step.state().inOrder()).doesNotContain("patient-of-a").doesNotContain("text of");
    }

    @Test
    void shouldGiveTheSameOpenAlertsHoweverPatientsAreMixed() {
        // Given: the order within an alert holds, between alerts it is free
        long seed = 20260302L;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<List<AlertEvent>> perAlert = new ArrayList<>();
            for (int alert = 0; alert < 5; alert++) {
                perAlert.add(story("alert-" + alert, random));
            }
            List<AlertEvent> straight = perAlert.stream().flatMap(List::stream).toList();
            // When
            OpenAlerts expected = fold(straight);
            OpenAlerts mixed = fold(mix(perAlert, random));
            // Then
            assertThat(mixed).as("round %d of seed %d", round, seed).isEqualTo(expected);
        }
    }

    private static List<AlertEvent> story(String id, Random random) {
        List<AlertEvent> events = new ArrayList<>(List.of(event(id, RAISED, random.nextInt(100), LOW)));
        AlertEventType[] between = {UPGRADED, DOWNGRADED, UPDATED};
        for (int i = random.nextInt(6); i > 0; i--) {
            events.add(event(id, between[random.nextInt(3)], random.nextInt(100), Priority.values()[random.nextInt(4)]));
        }
        if (random.nextBoolean()) {
            events.add(event(id, random.nextBoolean() ? CLEARED : INVALIDATED, 200, LOW));
        }
        return events;
    }

    private static List<AlertEvent> mix(List<List<AlertEvent>> perAlert, Random random) {
        List<Integer> turns = new ArrayList<>();
        for (int alert = 0; alert < perAlert.size(); alert++) {
            turns.addAll(Collections.nCopies(perAlert.get(alert).size(), alert));
        }
        Collections.shuffle(turns, random);
        int[] next = new int[perAlert.size()];
        return turns.stream().map(alert -> perAlert.get(alert).get(next[alert]++)).toList();
    }

    private static OpenAlerts fold(AlertEvent... events) {
        return fold(List.of(events));
    }

    private static OpenAlerts fold(List<AlertEvent> events) {
        return fold(OpenAlerts.none(), events);
    }

    private static OpenAlerts fold(OpenAlerts from, List<AlertEvent> events) {
        OpenAlerts state = from;
        for (AlertEvent event : events) {
            state = state.apply(event).state();
        }
        return state;
    }

    private static List<String> ids(OpenAlerts alerts) {
        return alerts.inOrder().stream().map(StandingAlert::alertId).toList();
    }

    private static Instant at(int seconds) {
        return T0.plus(Duration.ofSeconds(seconds));
    }

    private static AlertEvent event(String id, AlertEventType kind, int seconds, Priority priority) {
        return AlertEvent.newBuilder()
                .setAlertId(id)
                .setPatientId("patient-of-" + id)
                .setRule("RULE_" + priority)
                .setFamily("FAMILY")
                .setEvent(kind)
                .setPriority(priority)
                .setLane(Lane.PHYSIOLOGICAL)
                .setEpisodeStart(T0)
                .setEffectiveTime(at(seconds))
                .setAppendTime(at(seconds + 2))
                .setInformationType(InformationType.DESCRIPTIVE)
                .setText("text of " + id)
                .setTags(List.of("TAG_" + kind))
                .setEvidence(List.of())
                .setRuleSetVersion("1")
                .build();
    }
}
