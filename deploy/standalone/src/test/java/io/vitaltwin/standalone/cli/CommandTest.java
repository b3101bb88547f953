package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.Fates;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.VerdictCounts;
import io.vitaltwin.standalone.registry.RegistryEndpoint;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands against a real broker, in this JVM. */
class CommandTest {

    private static final Instant T0 = Instant.parse("2026-03-02T08:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    @AutoClose
    private static final CliBench CLI = new CliBench().with(Topics.defaults());

    @Test
    void shouldPlanAndApplyTopics() throws Exception {
        Outcome before = CLI.run("topics", "plan", "--prefix", "plan.", "--partitions", "2", "--output", "json");
        Outcome apply = CLI.run("topics", "apply", "--prefix", "plan.", "--partitions", "2");
        Outcome after = CLI.run("topics", "plan", "--prefix", "plan.", "--partitions", "2");
        Outcome other = CLI.run("topics", "plan", "--prefix", "plan.", "--partitions", "3");
        assertThat(before.exit()).isEqualTo(1);
        assertThat(before.lines()).hasSize(Topics.defaults().all().size()).allMatch(line -> line.startsWith("{\"topic\":\"plan."));
        assertThat(JSON.readTree(before.lines().getFirst()).get("problem").asText()).isEqualTo("MISSING");
        assertThat(apply.exit()).isZero();
        assertThat(after).isEqualTo(new Outcome(0, "all topics are as they should be" + System.lineSeparator(), ""));
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.out()).contains("partitions is 2, should be 3");
    }

    @Test
    void shouldSayThatInputsAreNotCoPartitioned() throws Exception {
        try (Admin admin = CLI.admin()) {
            admin.createTopics(List.of(new NewTopic("uneven.readings.v1", 3, (short) 1))).all().get();
        }
        Outcome apply = CLI.run("topics", "apply", "--prefix", "uneven.", "--partitions", "2");
        assertThat(apply.exit()).isEqualTo(1);
        assertThat(apply.err()).contains("must have the same number of partitions").contains("uneven.readings.v1=3");
        assertThat(CLI.run("doctor", "--prefix", "uneven.").out()).contains("FAIL  co-partitioning");
    }

    @Test
    void shouldRegisterNothingThatIsThere() {
        try (RegistryEndpoint registry = new RegistryEndpoint(0).start()) {
            assertThat(CLI.run("topics", "plan", "--registry", registry.uri().toString()).exit()).isZero();
            assertThat(CLI.run("doctor", "--registry", registry.uri().toString()).out()).contains("ok    registry");
        }
        Outcome gone = CLI.run("topics", "plan", "--registry", "http://127.0.0.1:1");
        assertThat(gone.exit()).isEqualTo(1);
        assertThat(gone.err().lines()).singleElement().asString().contains("http://127.0.0.1:1");
        assertThat(CLI.run("doctor", "--registry", "http://127.0.0.1:1").out()).contains("FAIL  registry");
    }

    @Test
    void shouldWritePatientsAndConsentsAsRecords() throws Exception {
        Path file = CLI.file("in.yaml", """
                patients: [{id: p1, monitor: [spo2]}, {id: p2}]
                devices: [{id: d1, patient: p1, kind: watch, grade: CONSUMER, vitals: [spo2], interval: PT5S}]
                consents: [{patient: p1, status: active, permit: [{purpose: TREAT}]}]
                """);
        assertThat(CLI.run("patient", "apply", file.toString()).lines()).hasSize(2).allMatch(line -> line.startsWith("sent to vt.patients.v1"));
        assertThat(CLI.run("consent", "apply", file.toString(), "--output", "json").lines()).singleElement().asString()
                .startsWith("{\"topic\":\"vt.consents.v1\",\"partition\":");
        assertThat(CLI.run("consent", "withdraw", "p1", "--at", "2026-03-02T08:00:00Z").exit()).isZero();
        assertThat(statusRecords("vt.patients.v1")).isEqualTo(2);
        assertThat(statusRecords("vt.consents.v1")).isEqualTo(2);
    }

    @Test
    void shouldNameFileAndLineOfABadInput() throws Exception {
        Path file = CLI.file("bad.yaml", "patients:\n  - id: p1\n    colour: red\n");
        Outcome outcome = CLI.run("patient", "apply", file.toString());
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("vitaltwin: " + file + ":3: unknown key 'colour'");
        Path empty = CLI.file("none.yaml", "consents: [{patient: p1, status: inactive}]");
        assertThat(CLI.run("patient", "apply", empty.toString()).err()).contains("holds no patients");
    }

    @Test
    void shouldTailAlertsAsJsonInTheFixedShape() throws Exception {
        // Given
        Topic<AlertEvent> topic = new Topics("tail.", 4).alerts();
        CLI.run("topics", "apply", "--prefix", "tail.");
        permit("tail.");
        CLI.write(topic, "p1", alert("a1"), T0);
        CLI.write(topic, "p1", alert("a2"), T0.plusSeconds(1));
        // When
        Outcome outcome = CLI.run("tail", "alerts", "--prefix", "tail.", "--from-beginning", "--max", "1", "--output", "json");
        // Then
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.err()).isEmpty();
        JsonNode line = JSON.readTree(outcome.lines().getFirst());
        assertThat(outcome.lines()).hasSize(1);
        List<String> names = new ArrayList<>();
        line.fieldNames().forEachRemaining(names::add);
        assertThat(names).containsExactly("topic", "partition", "offset", "key", "append", "value");
        assertThat(line.get("topic").asText()).isEqualTo("tail.alerts.v1");
        assertThat(line.get("key").asText()).isEqualTo("p1");
        assertThat(line.get("append").asText()).isEqualTo("2026-03-02T08:00:00Z");
        JsonNode value = line.get("value");
        assertThat(value.get("alertId").asText()).isEqualTo("a1");
        assertThat(value.get("priority").asText()).isEqualTo("HIGH");
        assertThat(value.get("effectiveTime").asText()).isEqualTo("2026-03-02T08:00:00Z");
        assertThat(value.get("thresholds").get("SPO2_CRIT.on").asDouble()).isEqualTo(87.0);
        assertThat(value.get("evidence").get(0).get("value").isNumber()).isTrue();
        assertThat(value.get("evidence").get(0).get("sigma").isNull()).isTrue();
        assertThat(value.get("evidence").get(0).get("grade").asText()).isEqualTo("CLINICAL");
        assertThat(CLI.run("tail", "alerts", "--prefix", "tail.", "--from-beginning", "--timeout", "1s").lines())
                .hasSize(2).first().asString().contains("HIGH RAISED SPO2_CRIT");
    }

    @Test
    void shouldNotShowOldRecordsUnlessAsked() throws Exception {
        Topic<AlertEvent> topic = new Topics("old.", 4).alerts();
        CLI.run("topics", "apply", "--prefix", "old.");
        permit("old.");
        CLI.write(topic, "p1", alert("a1"), T0);
        assertThat(CLI.run("tail", "alerts", "--prefix", "old.", "--timeout", "500ms")).isEqualTo(new Outcome(0, "", ""));
    }

    @Test
    void shouldGoOnAfterARecordThatCannotBeDecodedAndShowTombstones() throws Exception {
        Topic<TwinSnapshot> topic = new Topics("poison.", 1).twins();
        CLI.run("topics", "apply", "--prefix", "poison.", "--partitions", "1");
        CLI.writeBytes(topic.name(), "p1", new byte[] {9, 9, 9}, T0);
        CLI.writeBytes(topic.name(), "p1", null, T0);
        Outcome outcome = CLI.run("tail", "twins", "--prefix", "poison.", "--from-beginning", "--timeout", "1s", "--output", "json");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).contains("poison.twins.v1, partition 0, offset 0 cannot be decoded");
        assertThat(outcome.lines()).singleElement().asString().endsWith("\"value\":null}");
    }

    @Test
    void shouldShowTheNewestTwin() throws Exception {
        // Given
        Topic<TwinSnapshot> topic = new Topics("twin.", 4).twins();
        CLI.run("topics", "apply", "--prefix", "twin.");
        permit("twin.");
        CLI.write(topic, "p1", twin("p1", T0, 40), T0);
        CLI.write(topic, "p1", twin("p1", T0.plusSeconds(10), 50), T0.plusSeconds(10));
        CLI.write(topic, "p2", twin("p2", T0.plusSeconds(20), 60), T0.plusSeconds(20));
        // Then
        assertThat(stateBytes("p1")).isEqualTo(50);
        assertThat(CLI.run("twin", "show", "p3", "--prefix", "twin.").err()).contains("no snapshot of this patient").doesNotContain("p3");
        assertThat(CLI.run("twin", "show", "p2", "--prefix", "twin.").out()).startsWith("twin of p2 as of 2026-03-02T08:00:20Z");
    }

    @Test
    void shouldTellStatusAndMissingTopics() throws Exception {
        Outcome here = CLI.run("status", "--output", "json");
        assertThat(here.exit()).isZero();
        assertThat(here.lines()).hasSize(Topics.defaults().all().size() + 1);
        assertThat(JSON.readTree(here.lines().getLast()).get("state").isNull()).isTrue();
        Outcome nowhere = CLI.run("status", "--prefix", "nowhere.");
        assertThat(nowhere.exit()).isEqualTo(1);
        assertThat(nowhere.out()).contains("nowhere.readings.v1").contains("missing");
    }

    @Test
    void shouldNameTheFixOfWhatIsWrong() {
        assertThat(CLI.run("doctor").exit()).isZero();
        Outcome outcome = CLI.run("doctor", "--prefix", "nowhere.");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out()).contains("FAIL  topics").contains("fix: './vitaltwin topics plan'");
        assertThat(CLI.run("doctor", "--state-dir", "/dev/null/x").out()).contains("FAIL  state folder").contains("--state-dir");
    }

    @Test
    void shouldRefuseToRunWithoutTopicsOrWithBadSettings() throws Exception {
        Outcome missing = CLI.run("run", "twin", "--prefix", "nowhere.");
        assertThat(missing.exit()).isEqualTo(1);
        assertThat(missing.err()).contains("topics are missing").contains("topics apply");
        Path config = CLI.file("twin.properties", "twin.thread=2\n");
        assertThat(CLI.run("run", "twin", "--config", config.toString()).err()).contains("unknown key twin.thread; known are");
        Files.writeString(config, "twin.threads=0\n");
        assertThat(CLI.run("run", "twin", "--config", config.toString()).err()).contains("twin.threads must be at least 1, found 0");
        Files.writeString(config, "kafka.application.id=other\n");
        Outcome owned = CLI.run("run", "twin", "--config", config.toString());
        assertThat(owned.exit()).isEqualTo(2);
        assertThat(owned.err()).startsWith("vitaltwin: " + config).contains("application.id");
        assertThat(CLI.run("run", "twin", "--threads", "0").exit()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tail alerts", "status", "topics plan", "run twin", "twin show p1", "consent withdraw p1"})
    void shouldNameTheAddressWhenNoBrokerAnswers(String command) {
        List<String> args = new ArrayList<>(List.of(command.split(" ")));
        args.addAll(List.of("--bootstrap-server", "127.0.0.1:1"));
        long start = System.nanoTime();
        Outcome outcome = Outcome.of(args);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines()).singleElement().asString().startsWith("vitaltwin: no broker answers at 127.0.0.1:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "frobnicate", "tail", "tail nothing", "tail alerts --max x", "tail alerts --timeout soon", "twin show",
            "twin show p1 --at yesterday", "consent", "patient apply", "patient apply /no/such/file", "tail alerts --max 0",
            "tail alerts --command-config /no/such/file", "status --output xml"})
    void shouldEndWithTwoOnAWrongCall(String command) {
        List<String> args = command.isEmpty() ? List.of() : List.of(command.split(" "));
        Outcome outcome = Outcome.of(args);
        assertThat(outcome.exit()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines()).singleElement().asString().startsWith("vitaltwin: ");
    }

    @Test
    void shouldShowTheStackTraceOnlyForDebug() {
        assertThat(CLI.run("patient", "apply", "/no/such/file", "--debug").err()).contains("\tat ");
        assertThat(CLI.run("patient", "apply", "/no/such/file").err()).doesNotContain("\tat ");
    }

    /** p1 and p2 may be treated. */
    private static void permit(String prefix) throws Exception {
        Path file = CLI.file(prefix + "yaml", """
                consents:
                  - {patient: p1, status: active, permit: [{purpose: TREAT}]}
                  - {patient: p2, status: active, permit: [{purpose: TREAT}]}
                """);
        CLI.done("consent", "apply", file.toString(), "--prefix", prefix);
    }

    private int stateBytes(String patient) throws Exception {
        return JSON.readTree(CLI.run("twin", "show", patient, "--prefix", "twin.", "--output", "json").out()).get("stateBytes").asInt();
    }

    private static long statusRecords(String topic) throws Exception {
        for (String line : CLI.run("status", "--output", "json").lines()) {
            JsonNode node = JSON.readTree(line);
            if (topic.equals(node.path("topic").asText())) {
                return node.get("records").asLong();
            }
        }
        throw new AssertionError("status says nothing about " + topic);
    }

    private static AlertEvent alert(String id) {
        Evidence evidence = Evidence.newBuilder().setTopic("vt.readings.v1").setPartition(0).setOffset(7).setDeviceId("d1")
                .setGrade(DeviceGrade.CLINICAL).setVital("spo2").setValue(86.0).setUnit("%").setEffectiveTime(T0).build();
        return AlertEvent.newBuilder().setAlertId(id).setPatientId("p1").setRule("SPO2_CRIT").setFamily("SPO2").setEvent(AlertEventType.RAISED)
                .setPriority(Priority.HIGH).setLane(Lane.PHYSIOLOGICAL).setEpisodeStart(T0).setEffectiveTime(T0).setAppendTime(T0)
                .setText("SpO2 below its limit.").setEvidence(List.of(evidence)).setThresholds(Map.of("SPO2_CRIT.on", 87.0))
                .setRuleSetVersion("1").build();
    }

    private static TwinSnapshot twin(String patient, Instant append, int stateBytes) {
        return TwinSnapshot.newBuilder().setPatientId(patient).setAppendTime(append).setFates(new Fates(0L, 0L, 0L, 0L, 0L))
                .setVerdicts(new VerdictCounts(0L, 0L, 0L)).setStateBytes(stateBytes).build();
    }
}
