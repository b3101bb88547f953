package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitaltwin.alerts.AlertsApp;
import io.vitaltwin.standalone.EmbeddedStack;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Erasing in the clear, and calls that are refused. */
@Tag("ethics")
class EraseCommandTest extends EraseStory {

    @Test
    void shouldSayWhatRemainsWithoutEncryptionAndRemoveItWhenAsked() throws Exception {
        try (EmbeddedStack stack = start(null, false)) {
            // Given
            monitorBoth(stack);
            assertThat(namesIn(folder)).isNotEmpty();
            // When: no workflow ever ran, so nobody waits for one
            Outcome kept = erase();
            // And: one begins, and takes from the logs what was said of Ann
            Outcome deleted;
            try (AlertsApp alerts = startAlerts(stack)) {
                awaitAlertsOfBenAlone();
                await().atMost(LIMIT).untilAsserted(() -> assertThat(namesIn(folder)).anyMatch(file -> file.contains("vitaltwin-alerts-caseloads-changelog")));
                deleted = erase("--delete-log-records");
                assertThat(alerts.failure()).isEmpty();
            }
            // Then
            assertThat(kept.exit()).as(kept.err()).isEqualTo(1);
            assertThat(kept.out()).as(kept.err()).isNotEmpty();
            JsonNode remains = JSON.readTree(kept.out()).get("remains");
            assertThat(remains.findValuesAsText("topic")).contains("vt.readings.v1", "vt.alerts.v1", "vt.consents.v1");
            assertThat(remains.findValuesAsText("topic")).doesNotContain("vt.patients.v1", "vt.twins.v1", "vitaltwin-twin-twin-changelog");
            assertThat(deleted.exit()).as(deleted.out() + deleted.err()).isEqualTo(1);
            assertThat(JSON.readTree(deleted.out()).get("remains").findValuesAsText("topic")).containsExactly("vt.consents.v1");
            assertThat(namesIn(folder)).isNotEmpty().allSatisfy(file -> assertThat(file).contains("/vt.consents.v1-"));
            continueWithBen(stack, 30);
        }
    }

    @Test
    void shouldRefuseWrongCalls() {
        assertThat(run("erase", ANN, "--reason", "x", "--actor", "officer")).satisfies(outcome -> {
            assertThat(outcome.exit()).isEqualTo(2);
            assertThat(outcome.err()).contains("--yes");
        });
        assertThat(run("erase", ANN, "--reason", "because of " + ANN, "--actor", "officer", "--yes").err()).contains("must not name");
        assertThat(run("erase", ANN, "--reason", "x", "--actor", "officer", "--yes", "--data-dir", folder + "/nowhere").err()).contains("--data-dir");
        assertThat(run("erase", ANN, "--reason", "x", "--actor", "officer", "--yes", "--encryption", "on").err()).contains("--keys");
        assertThat(run("erase", ANN, "--reason", "x", "--actor", "officer", "--yes", "--keys", folder.toString()).err()).contains("--encryption on");
    }

    @Test
    void shouldNotEraseWhomNobodyKnows() {
        try (EmbeddedStack stack = start(null, false)) {
            cluster = List.of("--bootstrap-server", stack.bootstrapServers());
            Outcome outcome = erase();
            assertThat(outcome.exit()).isEqualTo(1);
            assertThat(outcome.err()).contains("check the pseudonym").doesNotContain(ANN);
        }
    }
}
