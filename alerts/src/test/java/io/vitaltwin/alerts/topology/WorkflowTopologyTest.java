package io.vitaltwin.alerts.topology;

import io.vitaltwin.alerts.topology.DrivenWorkflow.Input;
import io.vitaltwin.schemas.ActionKind;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.CareTeam;
import io.vitaltwin.schemas.ContactRole;
import io.vitaltwin.schemas.DeliveryStatus;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.TeamShift;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.WorkflowEventType;
import io.vitaltwin.schemas.WorkflowState;
import io.vitaltwin.schemas.WorklistItem;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import static io.vitaltwin.alerts.topology.DrivenWorkflow.T0;
import static io.vitaltwin.alerts.topology.DrivenWorkflow.TOPICS;
import static io.vitaltwin.alerts.topology.DrivenWorkflow.action;
import static io.vitaltwin.alerts.topology.DrivenWorkflow.alert;
import static io.vitaltwin.alerts.topology.DrivenWorkflow.erasure;
import static io.vitaltwin.alerts.topology.DrivenWorkflow.min;
import static io.vitaltwin.alerts.topology.DrivenWorkflow.team;
import static io.vitaltwin.schemas.AlertEventType.CLEARED;
import static io.vitaltwin.schemas.AlertEventType.RAISED;
import static io.vitaltwin.schemas.AlertEventType.UPGRADED;
import static io.vitaltwin.schemas.Priority.HIGH;
import static io.vitaltwin.schemas.Priority.LOW;
import static io.vitaltwin.schemas.Priority.MEDIUM;
import static org.assertj.core.api.Assertions.assertThat;

class WorkflowTopologyTest {

    private static final String ANN = "ann";
    private static final String BOB = "bob";

    @TempDir
    private Path folder;

    @Test
    void shouldTellListAndPlanWhatTheTwinRaises() {
        try (DrivenWorkflow flow = new DrivenWorkflow(folder)) {
            // When
            flow.play(alert(ANN, "a", RAISED, "SPO2_CRIT", HIGH, T0), alert(BOB, "b", RAISED, "HF_WEIGHT", LOW, T0.plusSeconds(1)));
            // Then
            assertThat(flow.events(ANN)).singleElement().satisfies(event -> {
                assertThat(event.getType()).isEqualTo(WorkflowEventType.OPENED);
                assertThat(event.getState()).isEqualTo(WorkflowState.OPEN);
                assertThat(event.getTime()).isEqualTo(T0);
            });
            assertThat(flow.worklists(ANN)).singleElement().satisfies(item -> assertThat(Objects.requireNonNull(item).getAlerts()).hasSize(1));
            assertThat(flow.notices(ANN)).singleElement().satisfies(notice -> {
                assertThat(notice.getNotificationId()).isEqualTo("a.1.FIRST_CONTACT");
                assertThat(notice.getStatus()).isEqualTo(DeliveryStatus.PLANNED);
                assertThat(notice.getRecipient()).isEqualTo("care-team");
                assertThat(notice.getPriority()).isEqualTo(HIGH);
                assertThat(notice.getDue()).isEqualTo(T0);
            });
            assertThat(flow.notices(BOB)).isEmpty();
            assertThat(flow.worklists(BOB)).hasSize(1);
            assertThat(flow.meters.get("vitaltwin.alert.planned").tag("unrouted", "true").counter().count()).isOne();
        }
    }

    @Test
    void shouldEscalateByTicksAloneAsOfTheTimeAtWhichItWasDue() {
        try (DrivenWorkflow flow = new DrivenWorkflow(folder)) {
            // When
            flow.play(alert(ANN, "a", RAISED, "SPO2_CRIT", HIGH, T0), alert(BOB, "b", RAISED, "SPO2_CRIT", HIGH, min(2))).tickTo(min(11));
            // Then
            assertThat(flow.told(ANN)).containsExactly("a FIRST_CONTACT@0", "a SECOND_CONTACT@5", "a ON_CALL_LEAD@10");
            assertThat(flow.told(BOB)).containsExactly("b FIRST_CONTACT@2", "b SECOND_CONTACT@7");
            assertThat(flow.events(ANN)).extracting(AlertWorkflowEvent::getTime).containsExactly(T0, min(5), min(10));
            assertThat(flow.worklists(ANN).getLast()).satisfies(item -> assertThat(Objects.requireNonNull(item).getState()).isEqualTo(WorkflowState.ESCALATED));
        }
    }

    /** Ticks are a clock, not an input: which of them come changes nothing. */
    @ParameterizedTest
    @ValueSource(longs = {7, 29})
    void shouldDecideTheSameWithFewerTicks(long seconds) {
        List<Input> story = List.of(alert(ANN, "a", RAISED, "SPO2_LOW", MEDIUM, T0), alert(ANN, "b", RAISED, "FEVER", LOW, min(1)),
                action(ANN, "1", "a", ActionKind.ACKNOWLEDGE, min(3)), alert(ANN, "a", UPGRADED, "SPO2_CRIT", HIGH, min(20)),
                action(ANN, "2", "a", ActionKind.SNOOZE, min(27)), alert(ANN, "a", CLEARED, "SPO2_CRIT", HIGH, min(80)));
        try (DrivenWorkflow often = new DrivenWorkflow(folder.resolve("a")); DrivenWorkflow seldom = new DrivenWorkflow(folder.resolve("b"))) {
            for (Input input : story) {
                often.tickTo(input.at()).play(input);
                seldom.tickTo(input.at(), Duration.ofSeconds(seconds)).play(input);
            }
            Instant end = T0.plus(Duration.ofHours(2));
            often.tickTo(end);
            seldom.tickTo(end, Duration.ofSeconds(seconds));
            assertThat(often.notices(ANN)).hasSizeGreaterThan(3).isEqualTo(seldom.notices(ANN));
            assertThat(often.events(ANN)).isEqualTo(seldom.events(ANN));
            assertThat(often.worklists(ANN).getLast()).isEqualTo(seldom.worklists(ANN).getLast());
        }
    }

    @Test
    void shouldTakeWhatIsResolvedOffTheListAndForgetItADayLater() {
        try (DrivenWorkflow flow = new DrivenWorkflow(folder)) {
            flow.play(alert(ANN, "a", RAISED, "FEVER", MEDIUM, T0), alert(ANN, "a", CLEARED, "FEVER", MEDIUM, min(9)));
            assertThat(flow.worklists(ANN)).hasSize(2);
            assertThat(flow.worklists(ANN).getLast()).isNull();
            assertThat(flow.size(WorkflowStores.CASELOADS)).isOne();
            flow.tickTo(min(9).plus(Duration.ofHours(25)), Duration.ofSeconds(30));
            assertThat(flow.size(WorkflowStores.CASELOADS)).isZero();
            assertThat(flow.size(WorkflowStores.TIMERS)).isZero();
            assertThat(flow.worklists(ANN)).hasSize(2);
        }
    }

    @Test
    void shouldTellTheSenderOfAnActionThatCannotBe() {
        try (DrivenWorkflow flow = new DrivenWorkflow(folder)) {
            flow.play(action(ANN, "1", "nothing", ActionKind.ACKNOWLEDGE, T0), action(ANN, "2", "nothing", ActionKind.UNDO, T0));
            assertThat(flow.events(ANN)).extracting(AlertWorkflowEvent::getRefusal).containsExactly("UNKNOWN_ALERT", "UNKNOWN_ALERT");
            assertThat(flow.size(WorkflowStores.CASELOADS)).isZero();
            Input misplaced = action(BOB, "3", "nothing", ActionKind.ACKNOWLEDGE, T0);
            flow.play(new Input(misplaced.topic(), ANN, misplaced.value(), T0));
            assertThat(flow.events(ANN).getLast().getRefusal()).isEqualTo("OTHER_PATIENT");
            assertThat(flow.meters.get("vitaltwin.alert.workflow").tag("refusal", "OTHER_PATIENT").counter().count()).isOne();
        }
    }

    // ------------------------------------------------------------------------------------------------------------ who is told

    private static CareTeam teamOf(String key, String first) {
        return CareTeam.newBuilder().setPatientId(key).setShifts(List.of(
                TeamShift.newBuilder().setRole(ContactRole.FIRST_CONTACT).setRecipient(first).build(),
                TeamShift.newBuilder().setRole(ContactRole.SECOND_CONTACT).setRecipient("second").build())).build();
    }

    @Test
    void shouldTellTheTeamOfThePatientElseThatOfAllElseAnybody() {
        try (DrivenWorkflow flow = new DrivenWorkflow(folder)) {
            // Given
            flow.play(alert(ANN, "a1", RAISED, "R1", MEDIUM, T0), team("*", teamOf("*", "all"), min(1)), alert(ANN, "a2", RAISED, "R2", MEDIUM, min(2)),
                    team(ANN, teamOf(ANN, "own"), min(3)), alert(ANN, "a3", RAISED, "R3", MEDIUM, min(4)), alert(BOB, "b1", RAISED, "R3", MEDIUM, min(4)),
                    new Input(TOPICS.careTeams(), ANN, null, min(5)), alert(ANN, "a4", RAISED, "R4", MEDIUM, min(6)),
                    new Input(TOPICS.careTeams(), "*", null, min(7)), alert(ANN, "a5", RAISED, "R5", MEDIUM, min(8)));
            // Then
            assertThat(flow.notices(ANN)).extracting(Notification::getRecipient).containsExactly("care-team", "all", "own", "all", "care-team");
            assertThat(flow.notices(BOB)).extracting(Notification::getRecipient).containsExactly("all");
        }
    }

    @Test
    void shouldTellThoseOnDutyWhenTheStepWasDue() {
        try (DrivenWorkflow flow = new DrivenWorkflow(folder)) {
            CareTeam later = teamOf("*", "first");
            later.getShifts().get(1).setRecipient("another");
            flow.play(team("*", teamOf("*", "first"), T0), alert(ANN, "a", RAISED, "SPO2_CRIT", HIGH, min(1))).tickTo(min(3));
            // When: the team changes after the step was due and before anything else happened
            flow.play(team("*", later, min(6).plusSeconds(10))).tickTo(min(8));
            // Then
            assertThat(flow.notices(ANN)).extracting(Notification::getRecipient).containsExactly("first", "second");
        }
    }

    @Test
    void shouldMoveTheDigestWithTheTeamsHours() {
        try (DrivenWorkflow flow = new DrivenWorkflow(folder)) {
            CareTeam early = teamOf("*", "first");
            early.setDigestMinute(11 * 60);
            flow.play(alert(ANN, "a", RAISED, "HF_WEIGHT", LOW, T0), team("*", early, min(5))).tickTo(min(61), Duration.ofSeconds(10));
            assertThat(flow.told(ANN)).containsExactly("a DIGEST@60");
        }
    }

    @Test
    void shouldRefuseATeamThatCannotBeAndKeepTheOneBefore() {
        try (DrivenWorkflow flow = new DrivenWorkflow(folder)) {
            CareTeam wrong = teamOf(ANN, "Jan Jansen");
            wrong.setTimeZone("Nowhere/Atall");
            flow.play(team(ANN, teamOf(ANN, "own"), T0), team(ANN, wrong, min(1)), team(ANN, teamOf(BOB, "x"), min(1)),
                    alert(ANN, "a", RAISED, "R1", MEDIUM, min(2)));
            assertThat(flow.notices(ANN)).extracting(Notification::getRecipient).containsExactly("own");
            assertThat(flow.deadLetters()).hasSize(2).allSatisfy(dead -> {
                assertThat(header(dead, "vitaltwin.reason")).isEqualTo("CARE_TEAM_INVALID");
                assertThat(header(dead, "__streams.errors.message")).doesNotContain("Jan").doesNotContain(ANN);
            });
            assertThat(header(flow.deadLetters().getFirst(), "__streams.errors.message")).contains("timeZone");
        }
    }

    // ------------------------------------------------------------------------------------------------------------ what must not be

    @Test
    void shouldSendPoisonToTheDeadLettersAndGoOn() {
        byte[] poison = {1, 2, 3};
        try (DrivenWorkflow flow = new DrivenWorkflow(folder)) {
            List<Topic<?>> inputs = List.of(TOPICS.alerts(), TOPICS.alertActions(), TOPICS.careTeams(), TOPICS.ticks());
            inputs.forEach(topic -> flow.play(new Input(topic, ANN, poison, T0)));
            flow.play(new Input(TOPICS.alerts(), ANN, null, T0), new Input(TOPICS.alertActions(), ANN, null, T0));
            Input nobody = alert(ANN, "a", RAISED, "R", HIGH, T0);
            flow.play(new Input(nobody.topic(), null, nobody.value(), T0), new Input(nobody.topic(), "", nobody.value(), T0));
            assertThat(flow.deadLetters()).hasSize(8).first().satisfies(dead -> {
                assertThat(dead.value()).isEqualTo(poison);
                assertThat(header(dead, "__streams.errors.topic")).isEqualTo(TOPICS.alerts().name());
                assertThat(header(dead, "__streams.errors.offset")).isEqualTo("0");
            });
            assertThat(flow.play(nobody).told(ANN)).containsExactly("a FIRST_CONTACT@0");
        }
    }

    @Test
    void shouldTellNobodyOfWhatAReplayRaised() {
        try (DrivenWorkflow flow = new DrivenWorkflow(folder)) {
            Input raised = alert(ANN, "a", RAISED, "R", HIGH, T0);
            flow.playWith(Topics.SHADOW_HEADER, "yesterday", raised).tickTo(min(30));
            assertThat(flow.notices(ANN)).isEmpty();
            assertThat(flow.records(TOPICS.worklist())).isEmpty();
            assertThat(flow.deadLetters()).singleElement().satisfies(dead -> assertThat(header(dead, "vitaltwin.reason")).isEqualTo("SHADOW"));
        }
        try (DrivenWorkflow flow = new DrivenWorkflow(folder)) {
            assertThat(flow.playWith("another-header", "yesterday", alert(ANN, "a", RAISED, "R", HIGH, T0)).told(ANN)).containsExactly("a FIRST_CONTACT@0");
        }
    }

    private static String header(TestRecord<?, ?> dead, String name) {
        return new String(dead.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** I7: what is told carries no measured value; what is listed does, and is gone when consent is. */
    @Test
    void shouldTellNoValueAndListNoneWithoutConsent() {
        try (DrivenWorkflow flow = new DrivenWorkflow(folder)) {
            flow.play(alert(ANN, "a", RAISED, "SPO2_CRIT", HIGH, T0), alert(ANN, "b", RAISED, "FEVER", MEDIUM, T0)).tickTo(min(6));
            flow.play(alert(ANN, "a", CLEARED, "SPO2_CRIT", HIGH, "CONSENT_WITHDRAWN", min(7))).tickTo(min(20));
            for (Topic<?> topic : List.of(TOPICS.alertWorkflow(), TOPICS.notifications())) {
                assertThat(flow.records(topic)).isNotEmpty().allSatisfy(record -> assertThat(text(record)).doesNotContain("86.5"));
            }
            assertThat(text(flow.records(TOPICS.worklist()).getFirst())).contains("Value 86.5 of SPO2_CRIT");
            assertThat(text(flow.records(TOPICS.worklist()).getLast())).doesNotContain("SPO2_CRIT").contains("FEVER");
            assertThat(flow.events(ANN).getLast().getReason()).isEqualTo("CONSENT_WITHDRAWN");
            assertThat(flow.told(ANN)).doesNotContain("a ON_CALL_LEAD@10");
        }
    }

    private static String text(TestRecord<String, byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldForgetThePatientWhoIsErasedAndNobodyElse() {
        try (DrivenWorkflow flow = new DrivenWorkflow(folder)) {
            flow.play(team(ANN, teamOf(ANN, "own"), T0), alert(ANN, "a", RAISED, "R1", HIGH, T0), alert(BOB, "b", RAISED, "R1", HIGH, T0),
                    erasure(ANN, min(1))).tickTo(min(30));
            assertThat(flow.worklists(ANN).getLast()).isNull();
            assertThat(flow.events(ANN).getLast().getReason()).isEqualTo("ERASED");
            assertThat(flow.told(ANN)).hasSize(1);
            assertThat(flow.told(BOB)).hasSize(3);
            assertThat(flow.size(WorkflowStores.CASELOADS)).isOne();
            assertThat(flow.size(WorkflowStores.TEAMS)).isZero();
            assertThat(flow.size(WorkflowStores.TIMERS)).as("all of Bob's steps are done").isZero();
            assertThat(flow.erasures()).isOne();
            // And: the order that is done with changes nothing
            flow.play(new Input(TOPICS.erasureOrders(), BOB, null, min(31)));
            assertThat(flow.worklists(BOB).getLast()).isInstanceOf(WorklistItem.class);
            assertThat(flow.erasures()).isOne();
        }
    }

    /** Twin and workflow are told at once, so the last that the twin has said of a patient may come after the order. */
    @Test
    void shouldForgetWhatCameAfterTheOrderWhenItIsRepeated() {
        try (DrivenWorkflow flow = new DrivenWorkflow(folder)) {
            flow.play(erasure(ANN, min(1)), alert(ANN, "a", RAISED, "R1", HIGH, min(1)), erasure(ANN, min(2))).tickTo(min(30));
            assertThat(flow.worklists(ANN).getLast()).isNull();
            assertThat(flow.told(ANN)).hasSize(1);
            assertThat(flow.size(WorkflowStores.CASELOADS)).isZero();
            assertThat(flow.size(WorkflowStores.TIMERS)).isZero();
        }
    }

    /** The mark of a deletion names the patient, too. */
    @Test
    void shouldNotDeleteWhatIsNotThere() {
        try (DrivenWorkflow flow = new DrivenWorkflow(folder)) {
            flow.play(erasure(ANN, min(1)), new Input(TOPICS.careTeams(), ANN, null, min(2)),
                    alert(ANN, "a", CLEARED, "R1", HIGH, "ERASED", min(3))).tickTo(min(5));
            assertThat(flow.changelog(WorkflowStores.CASELOADS)).isEmpty();
            assertThat(flow.changelog(WorkflowStores.TEAMS)).isEmpty();
            assertThat(flow.changelog(WorkflowStores.TIMERS)).isEmpty();
            assertThat(flow.worklists(ANN)).isEmpty();
        }
    }

    /** After a destroyed key a caseload is not restored, and its timer is. */
    @Test
    void shouldDropATimerWhoseCaseloadIsGone() {
        try (DrivenWorkflow flow = new DrivenWorkflow(folder)) {
            flow.play(alert(ANN, "a", RAISED, "R1", HIGH, T0), alert(BOB, "b", RAISED, "R1", HIGH, T0)).tickTo(min(1));
            flow.loseCaseload(ANN);
            flow.loseCaseload(BOB);
            flow.play(erasure(BOB, min(1)));
            assertThat(flow.size(WorkflowStores.TIMERS)).isOne();
            flow.tickTo(min(30));
            assertThat(flow.size(WorkflowStores.TIMERS)).isZero();
        }
    }

    // ------------------------------------------------------------------------------------------------------------ coming back after hours

    @Test
    void shouldTellTheNewestStepOnlyOfWhatFellDueWhileItWasAway() {
        Instant back = T0.plus(Duration.ofHours(3));
        try (DrivenWorkflow flow = new DrivenWorkflow(folder, partition -> back.toEpochMilli())) {
            // When: the log holds three hours of ticks, alerts and actions that nobody has read
            flow.play(alert(ANN, "a", RAISED, "R1", HIGH, T0), alert(ANN, "b", RAISED, "R2", MEDIUM, min(1)), alert(ANN, "c", RAISED, "R3", HIGH, min(2)),
                    alert(BOB, "d", RAISED, "R1", HIGH, min(3))).tickTo(min(60));
            flow.play(action(ANN, "1", "c", ActionKind.RESOLVE, min(60)), alert(ANN, "b", CLEARED, "R2", MEDIUM, min(61))).tickTo(back);
            assertThat(flow.notices(ANN)).isEmpty();
            flow.tickTo(back.plusSeconds(10));
            // Then
            assertThat(flow.told(ANN)).containsExactly("a ON_CALL_LEAD@180");
            assertThat(flow.told(BOB)).containsExactly("d ON_CALL_LEAD@180");
            assertThat(flow.notices(BOB).getFirst().getDue()).isEqualTo(min(13));
            assertThat(flow.events(ANN)).filteredOn(event -> event.getType() == WorkflowEventType.ESCALATED).hasSize(4);
            // And: new ones are told at once
            flow.play(alert(ANN, "e", RAISED, "R9", HIGH, back.plusSeconds(20))).tickTo(back.plusSeconds(400));
            assertThat(flow.told(ANN)).containsExactly("a ON_CALL_LEAD@180", "e FIRST_CONTACT@180", "e SECOND_CONTACT@185");
        }
    }

    /** Twin and workflow were both away: nobody wrote ticks. */
    @Test
    void shouldCollapseWhatFellDueWhileTheClockStoodStill() {
        try (DrivenWorkflow flow = new DrivenWorkflow(folder)) {
            flow.tickTo(T0.plusSeconds(5)).play(alert(ANN, "a", RAISED, "R1", HIGH, T0.plusSeconds(5))).tickTo(min(1));
            flow.clockStandsUntil(min(200)).tickTo(min(201));
            assertThat(flow.told(ANN)).containsExactly("a FIRST_CONTACT@0", "a ON_CALL_LEAD@200");
            assertThat(flow.events(ANN)).filteredOn(event -> event.getType() == WorkflowEventType.ESCALATED).extracting(AlertWorkflowEvent::getTime)
                    .containsExactly(min(5).plusSeconds(5), min(10).plusSeconds(5));
        }
    }

    /** The twin was away: what its readings mean comes late, with the times of the readings. */
    @Test
    void shouldTellTheNewestStepOfAnAlertThatComesLate() {
        try (DrivenWorkflow flow = new DrivenWorkflow(folder)) {
            flow.tickTo(min(1)).clockStandsUntil(min(90)).play(alert(ANN, "a", RAISED, "R1", HIGH, min(2))).tickTo(min(91));
            assertThat(flow.told(ANN)).containsExactly("a ON_CALL_LEAD@90");
        }
    }
}
