package io.vitaltwin.alerts.console;

import io.vitaltwin.alerts.console.PatientRow.State;
import io.vitaltwin.alerts.console.Wards.FakeGate;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorkflowState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static io.vitaltwin.alerts.console.Wards.NURSE;
import static io.vitaltwin.alerts.console.Wards.T0;
import static io.vitaltwin.alerts.console.Wards.alert;
import static io.vitaltwin.alerts.console.Wards.team;
import static io.vitaltwin.alerts.console.Wards.twin;
import static io.vitaltwin.alerts.console.Wards.vital;
import static io.vitaltwin.alerts.console.Wards.worklist;
import static org.assertj.core.api.Assertions.assertThat;

class RowsTest {

    private final FakeGate gate = new FakeGate();
    private final Ward ward = Wards.ward();
    private final Console console = new Console(ward, gate, "run");

    private PatientRow row(String patient) {
        return console.rows(NURSE, ViewGate.Way.API, List.of(patient)).get(patient);
    }

    private List<PatientRow> rows(WorklistQuery query) {
        return console.worklist(NURSE, query).patients();
    }

    @Test
    void shouldShowAlertValuesAndLineOfAPatientInCare() {
        PatientRow row = row("p1");
        assertThat(row.state()).isEqualTo(State.ALERT);
        assertThat(row.priority()).isEqualTo(Priority.HIGH);
        assertThat(row.oldestUnacknowledged()).isEqualTo(T0);
        assertThat(row.alerts()).singleElement().satisfies(alert -> assertThat(alert.text()).contains("84"));
        assertThat(row.vitals()).extracting(VitalNow::vital).containsExactly("spo2", "heart_rate");
        assertThat(row.spark()).isEqualTo(new Spark("spo2", "%", List.of(List.of(T0.toEpochMilli(), 84.0))));
    }

    @Test
    void shouldNotKnowPatientsOfOtherTeams() {
        assertThat(rows(WorklistQuery.ALL)).extracting(PatientRow::patientId).containsExactly("p1", "p2");
        assertThat(console.knows(NURSE, "p3")).isFalse();
        assertThat(console.patient(NURSE, "p3")).isEmpty();
        assertThat(console.alert(NURSE, "p3", "a3")).isEmpty();
        assertThat(console.alerts(NURSE, "p3", false)).isEmpty();
        assertThat(gate.asked).noneMatch(asked -> asked.endsWith("p3"));
    }

    @Test
    void shouldGiveThoseWithoutATeamToTheTeamOfEverybodyElse() {
        ward.plan("p4", Wards.plan("p4"));
        assertThat(console.knows(NURSE, "p4")).isFalse();
        ward.team("*", team("*", "t1"));
        assertThat(console.knows(NURSE, "p4")).isTrue();
        ward.team("p4", team("p4", "t2"));
        assertThat(console.knows(NURSE, "p4")).isFalse();
    }

    @Test
    void shouldShowPatientsTheirOwnAndOpsAndAuditorsNobody() {
        assertThat(console.knows(new Visitor("ann", Role.PATIENT, Set.of(), "p3"), "p3")).isTrue();
        assertThat(console.knows(new Visitor("ann", Role.PATIENT, Set.of(), "p3"), "p1")).isFalse();
        assertThat(console.knows(new Visitor("olga", Role.OPS, Set.of("t1"), ""), "p1")).isFalse();
        assertThat(console.knows(new Visitor("aud", Role.AUDITOR, Set.of("t1"), ""), "p1")).isFalse();
    }

    /** Three intervals of a minute. */
    @ParameterizedTest
    @CsvSource({"180000, OK", "180001, NO_DATA"})
    void shouldNeverCallOldReadingsWell(long ageMillis, State expected) {
        ward.twin("p2", twin("p2", T0, vital("heart_rate", 71.0, "/min", T0.minusMillis(ageMillis))));
        assertThat(row("p2").state()).isEqualTo(expected);
    }

    @Test
    void shouldCallSilenceNoDataAlsoWhileAReadingIsFresh() {
        ward.worklist("p2", worklist("p2", alert("s", "SILENCE_DEVICE", "SILENCE", Priority.LOW, Lane.TECHNICAL, T0)));
        assertThat(row("p2").state()).isEqualTo(State.NO_DATA);
        assertThat(row("p2").alerts()).hasSize(1);
    }

    @Test
    void shouldCallWhatCannotBeDecodedNoData() {
        ward.unreadableTwin("p2");
        assertThat(row("p2").state()).isEqualTo(State.NO_DATA);
        ward.twin("p2", twin("p2", T0, vital("heart_rate", 71.0, "/min", T0)));
        assertThat(row("p2").state()).isEqualTo(State.OK);
        ward.unreadableWorklist("p2");
        assertThat(row("p2").state()).isEqualTo(State.NO_DATA);
    }

    @Test
    void shouldWithholdARowWhoseAlertMayNotBeShownAndItsText() {
        gate.denied.add("p1/spo2");
        PatientRow row = row("p1");
        assertThat(row).isEqualTo(new PatientRow("p1", null, State.WITHHELD, null, null, List.of(), List.of(), null));
        assertThat(console.alert(NURSE, "p1", "a1")).isEmpty();
        assertThat(console.alerts(NURSE, "p1", false)).isEmpty();
    }

    @Test
    void shouldShowTheVitalsThatArePermittedAndNoScoreOfOthers() {
        gate.denied.add("p2/spo2");
        assertThat(row("p2").state()).isEqualTo(State.OK);
        assertThat(row("p2").vitals()).extracting(VitalNow::vital).containsExactly("heart_rate");
        assertThat(row("p2").spark()).extracting(Spark::vital).isEqualTo("heart_rate");
        gate.denied.add("p2");
        assertThat(row("p2").state()).isEqualTo(State.WITHHELD);
    }

    @Test
    void shouldTellNoConsentFromNoData() {
        ward.plan("p5", Wards.plan("p5"));
        ward.team("p5", team("p5", "t1"));
        assertThat(row("p5").state()).isEqualTo(State.NO_DATA);
        gate.withoutConsent.add("p5");
        assertThat(row("p5").state()).isEqualTo(State.NO_CONSENT);
        ward.worklist("p5", worklist("p5", alert("c", "CONSENT_STOPPED", "CONSENT", Priority.INFO, Lane.ADMINISTRATIVE, T0)));
        assertThat(row("p5").state()).isEqualTo(State.NO_CONSENT);
        assertThat(row("p5").alerts()).hasSize(1);
    }

    @Test
    void shouldSortByPriorityThenByTheOldestThatNobodyHasAcknowledged() {
        Instant old = T0.minusSeconds(600);
        for (String patient : List.of("a", "b", "c", "d")) {
            ward.plan(patient, Wards.plan(patient));
            ward.team(patient, team(patient, "t1"));
        }
        ward.worklist("a", worklist("a", alert("1", Priority.MEDIUM, old)));
        ward.worklist("b", worklist("b", alert("2", Priority.HIGH, T0.minusSeconds(5))));
        ward.worklist("c", worklist("c", Wards.acknowledged(alert("3", Priority.HIGH, old), "nurse-bea")));
        assertThat(rows(WorklistQuery.ALL)).extracting(PatientRow::patientId).containsExactly("b", "p1", "c", "a", "d", "p2");
    }

    @Test
    void shouldFilterByWhatIsShown() {
        ward.worklist("p2", worklist("p2", Wards.acknowledged(alert("x", "HR_HIGH", "HR", Priority.LOW, Lane.TECHNICAL, T0, "heart_rate"), "nurse-bea")));
        assertThat(rows(query(Set.of("TECHNICAL"), Set.of(), Set.of(), "", ""))).extracting(PatientRow::patientId).containsExactly("p2");
        assertThat(rows(query(Set.of(), Set.of("HIGH"), Set.of(), "", ""))).extracting(PatientRow::patientId).containsExactly("p1");
        assertThat(rows(query(Set.of("TECHNICAL"), Set.of("HIGH"), Set.of(), "", ""))).isEmpty();
        assertThat(rows(query(Set.of(), Set.of(), Set.of(WorkflowState.ACKNOWLEDGED.name()), "", ""))).extracting(PatientRow::patientId).containsExactly("p2");
        assertThat(rows(query(Set.of(), Set.of(), Set.of(), "nurse-bea", ""))).extracting(PatientRow::patientId).containsExactly("p2");
        assertThat(rows(query(Set.of(), Set.of(), Set.of(), "none", ""))).extracting(PatientRow::patientId).containsExactly("p1");
        assertThat(rows(query(Set.of(), Set.of(), Set.of(), "", "hr_hi"))).extracting(PatientRow::patientId).containsExactly("p2");
        gate.denied.add("p2/heart_rate");
        assertThat(rows(query(Set.of(), Set.of(), Set.of(), "", "hr_hi"))).isEmpty();
    }

    private static WorklistQuery query(Set<String> lanes, Set<String> priorities, Set<String> states, String owner, String text) {
        return new WorklistQuery(lanes, priorities, states, owner, "", text);
    }

    @Test
    void shouldForgetWhoIsGone() {
        ward.plan("p2", Optional.empty());
        ward.twin("p2", Optional.empty());
        ward.team("p2", Optional.empty());
        ward.sweep();
        assertThat(console.knows(NURSE, "p2")).isFalse();
        assertThat(ward.file("p2")).isEmpty();
    }

    @Test
    void shouldKeepALineShortAndBrokenWhereNothingCame() {
        Spark.Line line = new Spark.Line();
        for (int minute = 0; minute < 200; minute++) {
            line.add(T0.plusSeconds(60L * minute).toEpochMilli(), 60.0 + minute, "/min");
            line.add(T0.plusSeconds(60L * minute + 10).toEpochMilli(), 60.5 + minute, "/min");
        }
        List<List<Number>> points = line.view("heart_rate", Duration.ofMinutes(3).toMillis()).points();
        assertThat(points).hasSize(Spark.Line.KEPT);
        assertThat(points.getLast().getLast()).isEqualTo(259.5);
        line.add(T0.plus(Duration.ofHours(5)).toEpochMilli(), 70.0, "/min");
        assertThat(line.view("heart_rate", Duration.ofMinutes(3).toMillis()).points().get(Spark.Line.KEPT - 1).getLast()).isNull();
        line.add(T0.toEpochMilli(), 1.0, "/min");
        line.add(T0.plus(Duration.ofHours(6)).toEpochMilli(), "HI", "/min");
        assertThat(line.view("heart_rate", Duration.ofDays(3).toMillis()).points().getLast().getLast()).isEqualTo(70.0);
        line.add(T0.plus(Duration.ofHours(7)).toEpochMilli(), 1.1, "Hz");
        assertThat(line.view("heart_rate", 1).points()).hasSize(1);
    }
}
