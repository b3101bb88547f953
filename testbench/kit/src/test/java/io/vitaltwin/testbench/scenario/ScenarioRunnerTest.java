package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.Priority;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.vitaltwin.testbench.scenario.Stories.HEAD;
import static io.vitaltwin.testbench.scenario.Stories.TEN_READINGS;
import static io.vitaltwin.testbench.scenario.Stories.alert;
import static io.vitaltwin.testbench.scenario.Stories.alerts;
import static io.vitaltwin.testbench.scenario.Stories.raised;
import static org.assertj.core.api.Assertions.assertThat;

class ScenarioRunnerTest {

    @TempDir
    private Path folder = Path.of("");

    /** Gives each scenario what the test put there. */
    private static final class Prepared implements Engine {

        private final Map<String, Observed> outputs = new HashMap<>();
        private final Map<String, Observed> replays = new HashMap<>();
        private final List<String> played = new ArrayList<>();

        @Override
        public Played play(ScenarioPlan plan) {
            String name = plan.scenario().name();
            played.add(name);
            if (!outputs.containsKey(name)) {
                throw new EngineProblem("the topology failed: of old age");
            }
            return new Played("vt.readings.v1", outputs.get(name), Optional.ofNullable(replays.get(name)));
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    private final Prepared engine = new Prepared();
    private ScenarioRunner runner = new ScenarioRunner(engine);

    @BeforeEach
    void anew() {
        runner = new ScenarioRunner(engine);
    }

    @Test
    void shouldPassAScenarioInWhichEverythingHolds() throws IOException {
        // Given
        Path file = write("calm", "expect: {alerts: [{rule: SPO2_LOW}]}\nrecords: [{at: PT6M, action: {resolve: SPO2}}]\n");
        engine.outputs.put("calm", alerts(raised("SPO2_LOW", Priority.LOW, "PT5M")));
        // When
        ScenarioResult result = runner.run(file);
        // Then
        assertThat(result.differences()).isEmpty();
        assertThat(result.passed()).isTrue();
        assertThat(result.name()).isEqualTo("calm");
    }

    @Test
    void shouldFailABrokenFileWithItsLine() throws IOException {
        Path file = write("broken", "expects: {}\n");
        assertThat(runner.run(file).differences()).singleElement().asString()
                .startsWith(file + ":13: unknown key \"expects\"; known here: scenario title");
        assertThat(engine.played).isEmpty();
    }

    @Test
    void shouldFailAScenarioThatCannotBePlayedAndGoOn() throws IOException {
        // Given
        Path bad = write("bad", "");
        Path good = write("good", "");
        engine.outputs.put("good", alerts());
        // Then
        assertThat(runner.run(bad).differences()).containsExactly("the topology failed: of old age");
        assertThat(runner.run(good).passed()).isTrue();
    }

    @Test
    void shouldCompareWithTheScenarioBesideAndPlayThatOnce() throws IOException {
        // Given: the same alerts, but for what nobody was told
        write("first", "");
        Path same = write("same", "expect: {sameAlertsAs: first}\n");
        Path later = write("later", "expect: {sameAlertsAs: first}\n");
        AlertEvent raised = raised("SPO2_LOW", Priority.LOW, "PT5M");
        engine.outputs.put("first", alerts(raised, alert("a1", "SPO2_LOW", "SPO2", AlertEventType.UPDATED, Priority.LOW, "PT6M")));
        engine.outputs.put("same", alerts(raised));
        engine.outputs.put("later", alerts(raised("SPO2_LOW", Priority.LOW, "PT5M5S")));
        // Then
        assertThat(runner.run(same).differences()).isEmpty();
        assertThat(runner.run(later).differences()).containsExactly(
                "alerts as in first: expected a1 SPO2 RAISED LOW at PT5M, none came",
                "alerts as in first: expected none such, came a1 SPO2 RAISED LOW at PT5M5S");
        assertThat(engine.played).containsExactly("same", "first", "later");
    }

    @Test
    void shouldSayWhenThereIsNoScenarioBeside() throws IOException {
        Path file = write("lonely", "expect: {sameAlertsAs: nobody}\n");
        engine.outputs.put("lonely", alerts());
        assertThat(runner.run(file).differences()).singleElement().asString().startsWith("alerts as in nobody: there is no ");
    }

    @Test
    void shouldCompareAReplayInEveryField() throws IOException {
        // Given
        Path file = write("again", "replay: true\nexpect: {otherAlerts: low, alerts: []}\n");
        AlertEvent live = raised("SPO2_LOW", Priority.LOW, "PT5M");
        AlertEvent elsewhere = AlertEvent.newBuilder(live).build();
        elsewhere.getEvidence().getFirst().setTopic("other.readings.v1");
        AlertEvent reworded = AlertEvent.newBuilder(live).setText("Oxygen fell.").build();
        engine.outputs.put("again", alerts(live));
        // Then
        engine.replays.put("again", alerts(elsewhere));
        assertThat(runner.run(file).differences()).isEmpty();
        engine.replays.put("again", alerts(reworded));
        assertThat(runner.run(file).differences()).containsExactly("replay: a1 SPO2 RAISED at PT5M came with other contents");
        engine.replays.put("again", alerts());
        assertThat(runner.run(file).differences()).containsExactly("replay: expected 1 x a1 SPO2 RAISED at PT5M, came 0");
        engine.outputs.put("again", alerts());
        engine.replays.put("again", alerts(live));
        assertThat(runner.run(file).differences()).containsExactly("replay: expected none such, came a1 SPO2 RAISED at PT5M");
    }

    private Path write(String name, String rest) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), HEAD.replace("scenario: told", "scenario: " + name) + TEN_READINGS + rest);
    }
}
