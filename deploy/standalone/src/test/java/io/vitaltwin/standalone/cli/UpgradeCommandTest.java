package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.twin.TwinApp;
import io.vitaltwin.twin.TwinConfig;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The check before an upgrade against a real broker. */
class UpgradeCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @AutoClose
    private static final CliBench CLI = new CliBench();

    @BeforeAll
    static void makeTopics() {
        CLI.with(new Topics("vt.", 1));
    }

    @Test
    void shouldFindNothingWhereNothingHasRun() throws Exception {
        Outcome outcome = check("never");
        assertThat(outcome.exit()).as(outcome.out()).isZero();
        assertThat(finding(outcome, "never").get("text").asText()).contains("has not run");
        assertThat(finding(outcome, "vt.readings.v1").get("text").asText()).startsWith("can be read");
        assertThat(JSON.readTree(outcome.lines().getLast()).get("rollingUpgrade").asBoolean()).isTrue();
    }

    @Test
    void shouldFindTheSameTopologyInAnInstanceOfThisVersion() throws Exception {
        TwinConfig config = TwinConfig.of(CLI.bootstrapServers(), new Topics("vt.", 1), CLI.path("state")).withApplicationId("same");
        try (TwinApp app = new TwinApp(config, new BundledSchemaIds())) {
            app.start();
            Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> app.state() == KafkaStreams.State.RUNNING);
            Outcome outcome = check("same");
            assertThat(outcome.exit()).as(outcome.out()).isZero();
            assertThat(finding(outcome, "same").get("text").asText()).contains("same topology").contains("one after the other");
            assertThat(finding(outcome, "same-twin-changelog").get("level").asText()).isEqualTo("OK");
        }
    }

    @Test
    void shouldBreakWhereAnInstanceHasAnotherTopology() throws Exception {
        try (KafkaConsumer<String, String> other = new KafkaConsumer<>(Map.of("bootstrap.servers", CLI.bootstrapServers(), "group.id", "other",
                "client.id", "other-topology.0123456789ab-1-StreamThread-1-consumer"), new StringDeserializer(), new StringDeserializer())) {
            other.subscribe(List.of("vt.ticks.v1"));
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                other.poll(Duration.ofMillis(100));
                return !other.assignment().isEmpty();
            });
            Outcome outcome = check("other");
            assertThat(outcome.exit()).isEqualTo(1);
            assertThat(finding(outcome, "other").get("level").asText()).isEqualTo("BREAKS");
            assertThat(finding(outcome, "other").get("text").asText()).contains("0123456789ab");
        }
    }

    /** The first byte is the version of the form. */
    @ParameterizedTest
    @CsvSource({"form-a, twin, 09, BREAKS, twin state has version 9", "form-b, devices, 0100, OK, all 1", "form-c, timers, , OK, all 1",
            "form-d, none-such, 01, BREAKS, left behind"})
    void shouldReadWhatChangelogsHold(String application, String store, String value, String level, String text) throws Exception {
        String changelog = application + "-" + store + "-changelog";
        try (Admin admin = CLI.admin()) {
            admin.createTopics(List.of(new NewTopic(changelog, 1, (short) 1))).all().get();
        }
        byte[] bytes = value == null ? new byte[0] : java.util.HexFormat.of().parseHex(value);
        CLI.writeBytes(changelog, "a-key-that-is-long-enough", bytes, Instant.now());
        Outcome outcome = check(application);
        assertThat(outcome.exit()).as(outcome.out()).isEqualTo(level.equals("OK") ? 0 : 1);
        assertThat(finding(outcome, changelog).get("level").asText()).isEqualTo(level);
        assertThat(finding(outcome, changelog).get("text").asText()).contains(text);
        assertThat(outcome.out()).doesNotContain("a-key-that");
    }

    @Test
    void shouldForgetWhatWasReplacedOrRemoved() throws Exception {
        String changelog = "replaced-twin-changelog";
        try (Admin admin = CLI.admin()) {
            admin.createTopics(List.of(new NewTopic(changelog, 1, (short) 1))).all().get();
        }
        CLI.writeBytes(changelog, "p1", new byte[] {9}, Instant.now());
        CLI.writeBytes(changelog, "p1", null, Instant.now());
        Outcome outcome = check("replaced");
        assertThat(finding(outcome, changelog).get("text").asText()).contains("all 0");
        assertThat(outcome.exit()).isZero();
    }

    @Test
    void shouldBreakWhereATopicIsMissingOrSomebodyWritesAnUnknownSchema() throws Exception {
        CLI.with(new Topics("new.", 1));
        CLI.writeBytes("new.alerts.v1", "p1", new byte[] {0, 0, 0, 3, (byte) 0xe7, 0}, Instant.now());
        try (Admin admin = CLI.admin()) {
            admin.deleteTopics(List.of("new.reports.v1")).all().get();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !admin.listTopics().names().get().contains("new.reports.v1"));
        }
        Outcome outcome = CLI.run("upgrade", "check", "--prefix", "new.", "--application-id", "never", "--alerts-application-id", "never", "--output", "json");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(finding(outcome, "new.alerts.v1").get("text").asText()).contains("[999]");
        assertThat(finding(outcome, "new.reports.v1").get("text").asText()).contains("missing");
    }

    @Test
    void shouldTellPeopleInOneLine() {
        Outcome outcome = CLI.run("upgrade", "check", "--application-id", "never", "--alerts-application-id", "never");
        assertThat(outcome.out().lines().toList().getLast()).contains("finds nothing that would break");
    }

    private static Outcome check(String application) {
        return CLI.run("upgrade", "check", "--application-id", application, "--alerts-application-id", "never", "--output", "json");
    }

    private static JsonNode finding(Outcome outcome, String about) throws Exception {
        for (String line : outcome.lines()) {
            JsonNode node = JSON.readTree(line);
            if (about.equals(node.path("about").asText())) {
                return node;
            }
        }
        throw new AssertionError("nothing is said about " + about + " in " + outcome);
    }
}
