package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorkflowEventType;
import io.vitaltwin.schemas.WorkflowState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static io.vitaltwin.testbench.scenario.Stories.alert;
import static io.vitaltwin.testbench.scenario.Stories.alerts;
import static io.vitaltwin.testbench.scenario.Stories.compare;
import static io.vitaltwin.testbench.scenario.Stories.raised;
import static org.assertj.core.api.Assertions.assertThat;

class AlertComparisonTest {

    /** One episode: LOW at 5 min, MEDIUM at 6, HIGH as SPO2_CRIT at 7, cleared at 20. */
    private static final Observed EPISODE = alerts(
            alert("a1", "SPO2_LOW", "SPO2", AlertEventType.RAISED, Priority.LOW, "PT5M"),
            alert("a1", "SPO2_LOW", "SPO2", AlertEventType.UPGRADED, Priority.MEDIUM, "PT6M"),
            alert("a1", "SPO2_LOW", "SPO2", AlertEventType.UPDATED, Priority.MEDIUM, "PT6M30S"),
            alert("a1", "SPO2_CRIT", "SPO2", AlertEventType.UPGRADED, Priority.HIGH, "PT7M"),
            alert("a1", "SPO2_CRIT", "SPO2", AlertEventType.DOWNGRADED, Priority.MEDIUM, "PT15M"),
            alert("a1", "SPO2_LOW", "SPO2", AlertEventType.CLEARED, Priority.MEDIUM, "PT20M"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "rule: SPO2_CRIT", "rule: SPO2_LOW", "family: SPO2", "rule: SPO2", "rule: SPO2_LOW, priority: HIGH",
        "rule: SPO2_LOW, raised: [PT5M, PT5M]", "rule: SPO2_LOW, raised: [PT4M, PT5M]", "rule: SPO2_LOW, raised: [PT5M, PT6M]",
        "rule: SPO2_LOW, reaches: {INFO: [PT5M, PT5M], LOW: [PT5M, PT5M], MEDIUM: [PT6M, PT6M], HIGH: [PT7M, PT7M]}",
        "rule: SPO2_LOW, cleared: [PT20M, PT20M]", "rule: SPO2_LOW, tags: [PARTIAL]", "rule: SPO2_LOW, text: [UNVERIFIED, low]",
        "rule: SPO2_LOW, noText: [certain]", "rule: SPO2_LOW, notifications: [3, 3]", "rule: SPO2_LOW, optional: true"})
    void shouldAcceptAnEpisodeInWhichEverythingHolds(String expected) {
        assertThat(compare("expect: {alerts: [{" + expected + "}]}\n", EPISODE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "rule: SPO2_LOW, priority: MEDIUM | expected priority MEDIUM, came HIGH",
        "rule: SPO2_LOW, raised: [PT5M1S, PT6M] | expected raised PT5M1S to PT6M, came PT5M",
        "rule: SPO2_LOW, raised: [PT4M, PT4M59S] | expected raised PT4M to PT4M59S, came PT5M",
        "rule: SPO2_LOW, reaches: {HIGH: [PT6M, PT6M]} | expected HIGH reached PT6M, came PT7M",
        "rule: SPO2_LOW, cleared: [PT10M, PT19M] | expected cleared PT10M to PT19M, came PT20M",
        "rule: SPO2_LOW, cleared: never | expected still active at the end, came cleared PT20M",
        "rule: SPO2_LOW, tags: [PARTIAL, DISPUTED] | expected tag DISPUTED, came tags [PARTIAL]",
        "rule: SPO2_LOW, text: [confirm] | expected text with \"confirm\", came \"Oxygen is low, unverified.\"",
        "rule: SPO2_LOW, noText: [OXYGEN] | expected no text with \"OXYGEN\", came \"Oxygen is low, unverified.\"",
        "rule: SPO2_LOW, notifications: [1, 2] | expected 1 to 2 notifications, came 3",
        "rule: SPO2_LOW, priority: LOW, optional: true | expected priority LOW, came HIGH"})
    void shouldSayWhatDoesNotHoldAndWhatDecided(String expected, String difference) {
        assertThat(compare("expect: {alerts: [{" + expected + "}]}\n", EPISODE)).singleElement().asString()
                .startsWith("alert SPO2_LOW of p1 (line 13): " + difference)
                .containsPattern("\\(decided by oxi1 spo2 of PT[0-9M]+ at vt.readings.v1-0@7#0\\)$");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"LATCHED, -", "RESOLVED, 'state RESOLVED, came LATCHED, and refused actions: EXPIRY_TOO_FAR'"})
    void shouldCompareWhereTheAlertStands(WorkflowState wanted, String difference) {
        // Given
        Observed handled = EPISODE.handled(List.of(step("a1", WorkflowEventType.OPENED, WorkflowState.OPEN, ""),
                step("a1", WorkflowEventType.LATCHED, WorkflowState.LATCHED, ""), step("a1", WorkflowEventType.REFUSED, WorkflowState.LATCHED, "EXPIRY_TOO_FAR"),
                step("a2", WorkflowEventType.OPENED, WorkflowState.OPEN, "")));
        // When
        List<String> differences = compare("expect: {alerts: [{rule: SPO2_LOW, state: " + wanted + "}]}\n", handled);
        // Then
        assertThat(differences).hasSize(difference == null ? 0 : 1).allMatch(line -> line.contains(String.valueOf(difference)));
    }

    @Test
    void shouldMissAStateWhereNobodyHandledTheAlert() {
        assertThat(compare("expect: {alerts: [{rule: SPO2_LOW, state: OPEN}]}\n", EPISODE)).singleElement().asString()
                .contains("expected state OPEN, came none");
    }

    private static AlertWorkflowEvent step(String alertId, WorkflowEventType type, WorkflowState state, String refusal) {
        return AlertWorkflowEvent.newBuilder().setEventId(alertId + type).setAlertId(alertId).setPatientId("p1").setType(type).setState(state)
                .setTime(Stories.at("PT10M")).setRefusal(refusal).build();
    }

    @Test
    void shouldMissTheEpisodeThatDoesNotCome() {
        assertThat(compare("expect: {alerts: [{rule: FEVER, raised: [PT5M, PT5M]}]}\n", alerts()))
                .containsExactly("alert FEVER of p1 (line 13): expected an episode raised PT5M, none came");
        assertThat(compare("expect: {alerts: [{rule: FEVER, optional: true}]}\n", alerts())).isEmpty();
    }

    @Test
    void shouldMissAPriorityThatIsNeverReached() {
        assertThat(compare("expect: {alerts: [{rule: SPO2_LOW, reaches: {HIGH: [PT7M, PT7M]}}]}\n",
                alerts(raised("SPO2_LOW", Priority.LOW, "PT5M")))).singleElement().asString()
                .contains("expected HIGH reached PT7M, came never, only LOW");
    }

    @Test
    void shouldMissAnEndThatDoesNotCome() {
        Observed open = alerts(raised("SPO2_LOW", Priority.LOW, "PT5M"));
        assertThat(compare("expect: {alerts: [{rule: SPO2_LOW, cleared: [PT6M, PT7M]}]}\n", open)).singleElement().asString()
                .contains("expected cleared PT6M to PT7M, came still active at the end");
        assertThat(compare("expect: {alerts: [{rule: SPO2_LOW, cleared: never}]}\n", open)).isEmpty();
    }

    @Test
    void shouldTakeAnInvalidatedEpisodeForEnded() {
        assertThat(compare("expect: {alerts: [{rule: SPO2_LOW, cleared: [PT6M, PT6M]}]}\n",
                alerts(raised("SPO2_LOW", Priority.LOW, "PT5M"),
                        alert("a1", "SPO2_LOW", "SPO2", AlertEventType.INVALIDATED, Priority.LOW, "PT6M")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"none, INFO, 1", "none, LOW, 1", "info, INFO, 0", "info, LOW, 1", "low, INFO, 0", "low, LOW, 0", "low, MEDIUM, 1", "low, HIGH, 1"})
    void shouldAllowUnlistedEpisodesUpToAPriority(String others, Priority priority, int differences) {
        assertThat(compare("expect: {alerts: [], otherAlerts: " + others + "}\n", alerts(raised("FEVER", priority, "PT5M"))))
                .hasSize(differences);
    }

    @Test
    void shouldAllowNoUnlistedEpisodeWhenTheFileDoesNotSay() {
        assertThat(compare("expect: {alerts: []}\n", alerts(raised("FEVER", Priority.INFO, "PT5M")))).containsExactly(
                "alert FEVER: expected no other alert, came FEVER (SPO2) of p1, INFO, raised PT5M (decided by oxi1 spo2 of PT5M at"
                        + " vt.readings.v1-0@7#0)");
        assertThat(compare("", alerts(raised("FEVER", Priority.INFO, "PT5M")))).hasSize(1);
    }

    @Test
    void shouldLeaveTheListToTheOtherScenarioWhenOnlyThatIsNamed() {
        assertThat(compare("expect: {sameAlertsAs: other}\n", alerts(raised("FEVER", Priority.HIGH, "PT5M")))).isEmpty();
    }

    @Test
    void shouldFindForEachExpectedAlertItsOwnEpisode() {
        // Given: two episodes of one rule; the first expectation fits both, the second only the earlier
        Observed two = alerts(
                alert("a1", "NIGHT_RHR", "NIGHT_RHR", AlertEventType.RAISED, Priority.LOW, "PT5M"),
                alert("a2", "NIGHT_RHR", "NIGHT_RHR", AlertEventType.RAISED, Priority.LOW, "PT9M"));
        // Then
        assertThat(compare("""
                expect:
                  alerts:
                    - {rule: NIGHT_RHR, raised: [PT1M, PT10M]}
                    - {rule: NIGHT_RHR, raised: [PT5M, PT5M]}
                """, two)).isEmpty();
        assertThat(compare("expect: {alerts: [{rule: NIGHT_RHR, raised: [PT9M, PT9M]}]}\n", two)).singleElement().asString()
                .contains("expected no other alert, came NIGHT_RHR (NIGHT_RHR) of p1, LOW, raised PT5M");
    }

    @Test
    void shouldNotLetAnOptionalEpisodeComeTwice() {
        Observed two = alerts(
                alert("a1", "DATA_QUALITY", "DATA_QUALITY", AlertEventType.RAISED, Priority.INFO, "PT5M"),
                alert("a2", "DATA_QUALITY", "DATA_QUALITY", AlertEventType.RAISED, Priority.INFO, "PT9M"));
        assertThat(compare("expect: {alerts: [{family: DATA_QUALITY, optional: true}], otherAlerts: low}\n", two)).singleElement().asString()
                .contains("expected at most once, came again");
    }

    @Test
    void shouldNotTakeTheEpisodeOfAnotherPatient() {
        AlertEvent other = raised("FEVER", Priority.LOW, "PT5M");
        other.setPatientId("p2");
        assertThat(compare("expect: {alerts: [{rule: FEVER}]}\n", alerts(other))).hasSize(2);
    }

    @Test
    void shouldNotLookAtAlertsAfterTheEnd() {
        assertThat(compare("expect: {alerts: []}\n", alerts(raised("DEVICE_SILENT", Priority.LOW, "PT30M1S")))).isEmpty();
        assertThat(compare("expect: {alerts: []}\n", alerts(raised("DEVICE_SILENT", Priority.LOW, "PT29M58S")))).hasSize(1);
    }

    @Test
    void shouldNameTheTimeWhereNoReadingDecided() {
        AlertEvent silent = raised("DEVICE_SILENT", Priority.LOW, "PT20M");
        silent.setEvidence(List.of());
        assertThat(compare("expect: {alerts: []}\n", alerts(silent))).singleElement().asString().endsWith("(decided by the time PT20M2S)");
    }
}
