package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitaltwin.schemas.privacy.Privacy;
import io.vitaltwin.schemas.privacy.PrivacySettings;
import io.vitaltwin.standalone.EmbeddedStack;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** A patient who was replayed is erased from the replay, too; with encryption, under which a replay works as without. */
@Tag("ethics")
@Timeout(value = 9, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EraseReplayTest extends EraseStory {

    @Test
    void shouldForgetAPatientInReplays() throws Exception {
        PrivacySettings keys = PrivacySettings.in(folder.resolve("keys"));
        privacy = Privacy.on(keys.open());
        try (EmbeddedStack stack = start(keys, false);
                Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            // Given
            Instant from = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
            monitorBoth(stack);
            replay("drill", from, Instant.now());
            Outcome same = run("diff", "live", "drill", "--output", "json");
            assertThat(same.exit()).as(same.out() + same.err()).isZero();
            assertThat(JSON.readTree(same.out().lines().toList().getLast()).get("episodesAfter").asInt()).isEqualTo(2);
            assertThat(namesIn(folder.resolve("data"))).as("what is at rest names nobody").isEmpty();
            // When: one is not finished
            NewTopic half = new NewTopic("vt.shadow.half-way-twin-changelog", Optional.of(1), Optional.empty());
            admin.createTopics(List.of(half)).all().get();
            assertThat(erase().err()).contains("replay half-way;").contains("replay rm NAME");
            assertThat(run("replay", "rm", "half-way").exit()).isZero();
            Outcome erased = erase();
            // Then
            assertThat(erased.exit()).as(erased.out() + erased.err()).isZero();
            JsonNode report = JSON.readTree(erased.out());
            assertThat(report.get("findings").asLong()).isZero();
            assertThat(places(report)).contains("vt.shadow.drill.alerts.v1", "vt.shadow.drill.consent-violations.v1", "vt.shadow.drill.replay.v1");
            assertThat(namesIn(folder.resolve("data"))).isEmpty();
            Outcome left = run("diff", "live", "drill", "--output", "json");
            assertThat(left.out()).doesNotContain(ANN + "\"");
            assertThat(JSON.readTree(left.out().lines().toList().getLast()).get("episodesAfter").asInt()).isOne();
        }
    }

    private void replay(String name, Instant from, Instant to) {
        Outcome outcome = run("replay", "--from", from.toString(), "--to", to.toString(), "--warm-up", "0s", "--into", name,
                "--state-dir", folder.resolve("data").resolve("state").toString());
        assertThat(outcome.exit()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("replay " + name).contains("times as fast");
    }
}
