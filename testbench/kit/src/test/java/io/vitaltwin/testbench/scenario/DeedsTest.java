package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.ActionKind;
import io.vitaltwin.schemas.AlertAction;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;

import static io.vitaltwin.testbench.scenario.Stories.alert;
import static io.vitaltwin.testbench.scenario.Stories.at;
import static io.vitaltwin.testbench.scenario.Stories.raised;
import static io.vitaltwin.testbench.scenario.Stories.scenario;
import static org.assertj.core.api.Assertions.assertThat;

class DeedsTest {

    /** Without NEWS2, which has an alert of its own for such a value. */
    private static final String HEAD = Stories.HEAD.replace("birthDate: 1960-01-01", "birthDate: 1960-01-01, news2: false");

    /** Active from 5 min 2 s to 10 min 2 s; another from 20 min 2 s on. */
    private static final List<AlertEvent> TWO = List.of(raised("SPO2_LOW", Priority.LOW, "PT5M"),
            alert("a1", "SPO2_LOW", "SPO2", AlertEventType.CLEARED, Priority.LOW, "PT10M"),
            alert("a2", "SPO2_LOW", "SPO2", AlertEventType.RAISED, Priority.LOW, "PT20M"));

    @ParameterizedTest
    @CsvSource({"PT5M, a1", "PT15M, a1", "PT19M59S, a1", "PT20M, a2", "PT25M, a2"})
    void shouldMeanTheNewestAlertOfItsTime(String time, String alertId) {
        // When: it arrives two seconds later
        Deeds deeds = Deeds.of(scenario("records: [{at: " + time + ", action: {acknowledge: SPO2_LOW, by: nurse-1}}]\n"), TWO);
        // Then
        assertThat(deeds.aimless()).isEmpty();
        assertThat(deeds.inOrder()).singleElement().satisfies(deed -> {
            assertThat(deed.arrival()).isEqualTo(at(time).plusSeconds(2));
            assertThat(deed.action().getAlertId()).isEqualTo(alertId);
            assertThat(deed.action().getKind()).isEqualTo(ActionKind.ACKNOWLEDGE);
            assertThat(deed.action().getActor()).isEqualTo("nurse-1");
            assertThat(deed.action().getTime()).isEqualTo(at(time));
        });
    }

    @Test
    void shouldMeanOneThatIsActiveBeforeOneThatEnded() {
        // Given: the second of the family is raised and ends while the first is active
        List<AlertEvent> alerts = List.of(raised("SPO2_LOW", Priority.LOW, "PT5M"), alert("a2", "SPO2_LOW", "SPO2", AlertEventType.RAISED, Priority.LOW, "PT6M"),
                alert("a2", "SPO2_LOW", "SPO2", AlertEventType.CLEARED, Priority.LOW, "PT7M"));
        // Then
        assertThat(Deeds.of(scenario("records: [{at: PT8M, action: {comment: SPO2, text: seen}}]\n"), alerts).inOrder()).extracting(deed -> deed.action().getAlertId())
                .containsExactly("a1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{at: PT4M59S, action: {acknowledge: SPO2_LOW}}", "{at: PT8M, action: {acknowledge: FEVER}}"})
    void shouldSayThatThereIsNoSuchAlert(String record) {
        Deeds deeds = Deeds.of(scenario("records: [" + record + "]\n"), TWO);
        assertThat(deeds.inOrder()).isEmpty();
        assertThat(deeds.aimless()).singleElement().asString().startsWith("action acknowledge ").endsWith("expected such an alert, none was raised before");
    }

    @Test
    void shouldSendCopiesOfTheSameActionAndSnoozeFromWhenItWasDone() {
        // When
        Deeds deeds = Deeds.of(scenario("records: [{at: PT21M, delay: PT1M, copies: 2, action: {snooze: SPO2, for: PT30M, text: asleep}}]\n"), TWO);
        // Then
        assertThat(deeds.inOrder()).hasSize(2);
        AlertAction first = deeds.inOrder().getFirst().action();
        assertThat(deeds.inOrder().getLast().action()).isEqualTo(first);
        assertThat(deeds.inOrder().getFirst().arrival()).isEqualTo(at("PT22M"));
        assertThat(first.getUntil()).isEqualTo(at("PT51M"));
        assertThat(first.getText()).isEqualTo("asleep");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "records: [{at: PT7M, action: {acknowledge: SPO2_CRIT, by: nurse-1}}] | PT14M | ACKNOWLEDGED",
        "records: [{at: PT7M, action: {snooze: SPO2_CRIT, for: PT30M}}] | PT14M | SNOOZED",
        "records: [{at: PT7M, action: {snooze: SPO2_CRIT, for: PT2M}}] | PT14M | ESCALATED",
        "records: [] | PT8M | OPEN",
        "records: [] | PT14M | ESCALATED",
        "records: [] | PT25M | LATCHED",
        "records: [{at: PT24M, action: {resolve: SPO2_CRIT, by: nurse-1}}] | PT25M | RESOLVED",
        "records: [{at: PT24M, action: {comment: SPO2_CRIT, text: called}}] | PT25M | LATCHED"})
    void shouldSayWhereTheAlertStandsAtTheEnd(String actions, String until, String state) {
        // When
        ScenarioPlan plan = fall(until, actions, state);
        Engine.Played played = new MemoryEngine().play(plan);
        // Then
        assertThat(Comparison.differences(plan, played.observed(), played.readingsTopic())).isEmpty();
    }

    @Test
    void shouldTellWhyAnActionDidNotHelp() {
        // Given: HIGH cannot be snoozed for more than an hour
        ScenarioPlan plan = fall("PT25M", "records: [{at: PT7M, action: {snooze: SPO2_CRIT, for: PT61M}}]", "SNOOZED");
        // When
        Engine.Played played = new MemoryEngine().play(plan);
        // Then
        assertThat(Comparison.differences(plan, played.observed(), played.readingsTopic())).singleElement().asString()
                .contains("expected state SNOOZED, came LATCHED, and refused actions: EXPIRY_TOO_FAR");
    }

    /** Oxygen falls to 85 % at 5 min and stays there, at most until 15 min; SPO2_CRIT is raised by 7 min. */
    private static ScenarioPlan fall(String until, String actions, String state) {
        long samples = Duration.parse(until).minusMinutes(5).toSeconds() / 5;
        String values = "\"95x60\", \"85x" + Math.min(samples, 120) + "\"" + (samples > 120 ? ", \"96x" + (samples - 120) + "\"" : "");
        return ScenarioPlan.of(ScenarioFile.parse(Stories.FILE, HEAD.replace("until: PT30M", "until: " + until)
                + "series: [{device: oxi1, vital: spo2, unit: \"%\", every: PT5S, context: REST, values: [" + values + "]}]\n"
                + actions + "\nexpect: {otherAlerts: low, alerts: [{rule: SPO2_CRIT, state: " + state + "}]}\n"));
    }
}
