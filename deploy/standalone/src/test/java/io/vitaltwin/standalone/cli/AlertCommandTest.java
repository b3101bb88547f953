package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.streams.SealedClients;
import io.vitaltwin.standalone.EmbeddedStack;
import io.vitaltwin.standalone.StackSettings;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a nurse does on the command line, against a real broker and the workflow. */
class AlertCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static EmbeddedStack stack;

    record Outcome(int exit, String out, String err) {
    }

    @BeforeAll
    static void start() throws Exception {
        stack = EmbeddedStack.start(StackSettings.in(folder.resolve("stack")).withoutRegistry().withAlerts());
        Path consents = Files.writeString(folder.resolve("consents.yaml"),
                "consents: [{patient: ann, status: active, permit: [{purpose: TREAT}]}, {patient: bob, status: active, permit: [{purpose: HRESCH}]}]\n");
        assertThat(run("consent", "apply", consents.toString()).exit).isZero();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    private static void raise(String patient, String alertId) throws Exception {
        Topic<AlertEvent> topic = stack.topics().alerts();
        Instant now = Instant.now();
        AlertEvent event = AlertEvent.newBuilder().setAlertId(alertId).setPatientId(patient).setRule("SPO2_CRIT").setFamily("SPO2")
                .setEvent(AlertEventType.RAISED).setPriority(Priority.HIGH).setLane(Lane.PHYSIOLOGICAL).setEpisodeStart(now).setEffectiveTime(now)
                .setAppendTime(now).setText("SpO2 86 %.").setRuleSetVersion("1").setEvidence(List.of(Evidence.newBuilder().setTopic("vt.readings.v1")
                        .setPartition(0).setOffset(7).setDeviceId("oxi").setVital("spo2").setValue(86.0).setUnit("%").setEffectiveTime(now).build())).build();
        try (AvroSerde<AlertEvent> serde = new AvroSerde<>(topic, new BundledSchemaIds());
                KafkaProducer<String, byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers", stack.bootstrapServers()), new StringSerializer(),
                        new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic.name(), null, now.toEpochMilli(), patient, serde.serialize(topic.name(), event))).get();
        }
        await().atMost(LIMIT).until(() -> WorklistLog.read(options()).rows().stream().anyMatch(row -> row.alert().getAlertId().equals(alertId)));
    }

    private static ClusterOptions options() {
        return CliBench.options("--bootstrap-server", stack.bootstrapServers());
    }

    private static Outcome run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--bootstrap-server", stack.bootstrapServers()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Vitaltwin.run(all.toArray(String[]::new), new PrintWriter(out), new PrintWriter(err));
        return new Outcome(exit, out.toString(), err.toString());
    }

    private static JsonNode done(String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--output", "json", "--actor", "anna"));
        Outcome outcome = run(all.toArray(String[]::new));
        assertThat(outcome.exit).as(outcome.err).isZero();
        return JSON.readTree(outcome.out);
    }

    @Test
    void shouldTakeAnAlertThroughEverythingThatANurseDoes() throws Exception {
        // Given
        raise("ann", "aa11bb22");
        Outcome list = run("alert", "list", "--patient", "ann");
        assertThat(list.out).contains("ann  HIGH OPEN SPO2_CRIT").contains("aa11bb22").contains("SpO2 86 %.");
        // When, then
        JsonNode acknowledged = done("alert", "ack", "aa11");
        assertThat(acknowledged.get("result").asText()).isEqualTo("ACKNOWLEDGED");
        assertThat(acknowledged.get("state").asText()).isEqualTo("ACKNOWLEDGED");
        assertThat(done("alert", "undo", "aa11", acknowledged.get("actionId").asText()).get("state").asText()).isEqualTo("OPEN");
        Outcome tooLong = run("alert", "snooze", "aa11", "--for", "2h", "--reason", "asleep");
        assertThat(tooLong.exit).isEqualTo(1);
        assertThat(tooLong.err).contains("EXPIRY_TOO_FAR").contains("60 min for HIGH");
        assertThat(done("alert", "snooze", "aa11", "--for", "30m", "--reason", "asleep").get("state").asText()).isEqualTo("SNOOZED");
        assertThat(done("alert", "assign", "aa11", "--to", "ben").get("result").asText()).isEqualTo("ASSIGNED");
        assertThat(done("alert", "comment", "aa11", "called, no answer").get("result").asText()).isEqualTo("COMMENTED");
        assertThat(run("alert", "list", "--patient", "ann").out).contains("HIGH SNOOZED until").contains("with ben");
        assertThat(done("alert", "resolve", "aa11", "--outcome", "true").get("state").asText()).isEqualTo("RESOLVED");
        assertThat(run("alert", "list", "--patient", "ann").out).isEmpty();
        Outcome unknown = run("alert", "reopen", "aa11bb22", "--reason", "too soon");
        assertThat(unknown.exit).isEqualTo(1);
        assertThat(unknown.err).contains("--patient");
        assertThat(done("alert", "reopen", "aa11bb22", "--reason", "too soon", "--patient", "ann").get("state").asText()).isEqualTo("OPEN");
        assertThat(run("tail", "notifications", "--from-beginning", "--max", "1").out).contains("PLANNED FIRST_CONTACT to care-team alert ");
    }

    @Test
    void shouldShowNothingOfAPatientWhoDidNotPermitIt() throws Exception {
        raise("bob", "cc33dd44");
        Outcome outcome = run("alert", "list", "--patient", "bob");
        assertThat(outcome.exit).isZero();
        assertThat(outcome.out).isEmpty();
        assertThat(outcome.err).contains("withheld because no consent covers showing them: 1");
        assertThat(run("alert", "list", "--patient", "bob", "--purpose", "HRESCH", "--actor", "lab").out).contains("cc33dd44");
    }

    @Test
    void shouldSayWhichAlertIsMeantOrNone() throws Exception {
        raise("cleo", "ee11");
        raise("cleo", "ee22");
        assertThat(run("alert", "ack", "ee").err).contains("2 open alerts");
        assertThat(run("alert", "ack", "zz")).satisfies(outcome -> {
            assertThat(outcome.exit).isEqualTo(1);
            assertThat(outcome.err).contains("no such alert");
        });
        Outcome refused = run("alert", "ack", "zz", "--patient", "ann", "--output", "json");
        assertThat(refused.exit).isEqualTo(1);
        assertThat(JSON.readTree(refused.out).get("refusal").asText()).isEqualTo("UNKNOWN_ALERT");
    }

    @Test
    void shouldSayThatNobodyAnswers() {
        assertThat(run("topics", "apply", "--prefix", "mute.").exit).isZero();
        Outcome outcome = run("alert", "ack", "zz", "--patient", "ann", "--prefix", "mute.", "--wait", "1s");
        assertThat(outcome.exit).isEqualTo(1);
        assertThat(outcome.err).contains("run alerts");
        assertThat(run("alert", "ack", "zz", "--patient", "ann", "--prefix", "mute.", "--wait", "0s")).satisfies(sent -> {
            assertThat(sent.exit).isZero();
            assertThat(sent.out).startsWith("sent; action ");
        });
    }

    @Test
    void shouldWriteTheTeamOfAllToEveryPartition() throws Exception {
        Path teams = Files.writeString(folder.resolve("teams.yaml"), "teams: [{patient: '*', shifts: []}, {patient: ann, shifts: []}]\n");
        Outcome outcome = run("care-team", "apply", teams.toString(), "--output", "json");
        assertThat(outcome.exit).as(outcome.err).isZero();
        assertThat(outcome.out.lines()).hasSize(stack.topics().partitions() + 1);
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "teams: [{patient: ann, shifts: [{role: boss, recipient: x}]}]\n");
        assertThat(run("care-team", "apply", wrong.toString())).satisfies(refused -> {
            assertThat(refused.exit).isEqualTo(2);
            assertThat(refused.err).contains("wrong.yaml");
        });
        Path none = Files.writeString(folder.resolve("none.yaml"), "teams: []\n");
        assertThat(run("care-team", "apply", none.toString()).err).contains("no care teams");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alert snooze a --for 1h", "alert snooze a --reason x", "alert assign a", "alert resolve a", "alert resolve a --outcome maybe",
            "alert reopen a", "alert comment a", "alert undo a", "alert ack", "care-team apply", "run alerts --threads 0",
            "run alerts --encryption on", "alert list --encryption on", "alert ack a --keys k", "care-team apply x.yaml --encryption on"})
    void shouldRefuseAWrongCall(String command) {
        Outcome outcome = run(command.split(" "));
        assertThat(outcome.exit).as(outcome.err).isEqualTo(2);
    }

    @Test
    void shouldReadTheSettingsOfTheWorkflowAndRefuseOthers() throws Exception {
        Path file = Files.writeString(folder.resolve("alerts.properties"),
                "alerts.application-id=flow\nalerts.threads=2\nalerts.state-dir=/tmp/x\nkafka.session.timeout.ms=6000\n");
        assertThat(AlertsSettings.of(options(), file, null, null)).satisfies(config -> {
            assertThat(config.applicationId()).isEqualTo("flow");
            assertThat(config.threads()).isEqualTo(2);
            assertThat(config.stateDir()).isEqualTo(Path.of("/tmp/x"));
            assertThat(config.kafka()).containsEntry("session.timeout.ms", "6000");
        });
        assertThat(AlertsSettings.of(options(), file, Path.of("y"), 3)).satisfies(config -> {
            assertThat(config.threads()).isEqualTo(3);
            assertThat(config.stateDir()).isEqualTo(Path.of("y"));
        });
        assertThat(AlertsSettings.of(options(), file, null, null).kafka()).doesNotContainKey("default.client.supplier");
        Path wrong = Files.writeString(folder.resolve("wrong.properties"), "alerts.colour=red\n");
        assertThat(run("run", "alerts", "--config", wrong.toString()).err).contains("alerts.colour");
        Path owned = Files.writeString(folder.resolve("owned.properties"), "kafka.processing.guarantee=at_least_once\n");
        assertThat(run("run", "alerts", "--config", owned.toString()).err).contains("processing.guarantee");
    }

    @Test
    void shouldSealUnderTheKeysThatTheFileNames() throws Exception {
        Path file = Files.writeString(folder.resolve("sealed.properties"),
                "privacy.encryption = on\nprivacy.keys = /srv/keys\nprivacy.master-key-file = /run/secrets/master\n");
        assertThat(AlertsSettings.of(options(), file, null, null).kafka()).containsEntry("default.client.supplier", SealedClients.class.getName())
                .containsValue("/srv/keys").containsValue("/run/secrets/master");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "privacy.encryption = on | needs privacy.keys", "privacy.keys = /srv/keys | encryption is off", "privacy.encryption = yes | must be on or off"})
    void shouldRefuseHalfOfTheSettingsOfEncryption(String line, String problem) throws Exception {
        Path file = Files.writeString(folder.resolve("half.properties"), line);
        assertThat(run("run", "alerts", "--config", file.toString())).satisfies(outcome -> {
            assertThat(outcome.exit).isEqualTo(2);
            assertThat(outcome.err).contains(problem);
        });
    }
}
