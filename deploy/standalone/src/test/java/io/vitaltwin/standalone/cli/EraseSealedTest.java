package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitaltwin.schemas.privacy.Privacy;
import io.vitaltwin.schemas.privacy.PrivacySettings;
import io.vitaltwin.standalone.EmbeddedStack;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Erasing while everything at rest is sealed. */
@Tag("ethics")
class EraseSealedTest extends EraseStory {

    @Test
    void shouldLeaveNothingOfThePatientWithEncryption() throws Exception {
        PrivacySettings keys = PrivacySettings.in(folder.resolve("keys"));
        privacy = Privacy.on(keys.open());
        try (EmbeddedStack stack = start(keys, true)) {
            // Given
            monitorBoth(stack);
            handleAlerts();
            assertThat(namesIn(folder.resolve("data").resolve("broker"))).as("what is at rest names nobody").isEmpty();
            // When
            Outcome erased = erase();
            // Then
            assertThat(erased.exit()).as(erased.out() + erased.err()).isZero();
            JsonNode report = JSON.readTree(erased.out());
            assertThat(report.get("findings").asLong()).isZero();
            assertThat(report.get("keyDestroyed").asBoolean()).isTrue();
            assertThat(report.get("anonymousKeys").asLong()).isPositive();
            assertThat(report.get("recipients").get(0).asText()).isEqualTo("registry-north");
            assertThat(places(report)).contains("vt.readings.v1", "vitaltwin-twin-twin-changelog", "vitaltwin-twin-held-changelog", "vt.worklist.v1",
                    "vt.alert-actions.v1", "vt.alert-workflow.v1", "vt.notifications.v1", "vt.care-teams.v1", "vitaltwin-alerts-caseloads-changelog",
                    "vitaltwin-alerts-teams-changelog", "vitaltwin-alerts-workflow-timers-changelog");
            assertThat(namesIn(folder)).isEmpty();
            assertThat(run("twin", "show", ANN).err()).contains("erased");
            assertThat(run("produce", "--patient", ANN, "--device", "x", "--vital", "spo2", "--value", "97", "--unit", "%").err()).contains("erased");
            continueWithBen(stack, 30);
            awaitAlertsOfBenAlone();
        }
        deleteState();
        try (EmbeddedStack stack = start(keys, true)) {
            continueWithBen(stack, 40);
            awaitAlertsOfBenAlone();
            assertThat(erasures(stack)).isEqualTo(1);
        }
        assertThat(namesIn(folder)).isEmpty();
    }
}
