package io.vitaltwin.testbench.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.BrokerSettings;
import io.vitaltwin.standalone.EmbeddedBroker;
import io.vitaltwin.standalone.TopicAdmin;
import io.vitaltwin.standalone.cli.Vitaltwin;
import io.vitaltwin.testbench.kafka.Clients;
import io.vitaltwin.testbench.kafka.GroupProgress;
import io.vitaltwin.twin.TwinApp;
import io.vitaltwin.twin.TwinConfig;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A part of a day that the twin has lived through, replayed by the program: what comes out is what it raised then, byte by byte. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplayIT {

    private static final long SEED = 20_263;
    private static final Duration LENGTH = Duration.ofHours(6);
    private static final Instant FROM = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant TO = Instant.parse("2026-03-01T13:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SchemaIds ids = new BundledSchemaIds();
    private final Topics topics = Topics.defaults();
    private Path folder;
    private EmbeddedBroker broker;
    private Admin admin;
    private Map<String, List<String>> live;

    /** What a command printed. */
    record Said(int exit, String out, String err) {
    }

    @BeforeAll
    void live(@TempDir Path temporary) throws ExecutionException, InterruptedException {
        folder = temporary;
        broker = EmbeddedBroker.start(BrokerSettings.in(folder.resolve("broker")));
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
        new TopicAdmin(admin, topics, TopicAdmin.Clock.WRITER).apply();
        new StoryLog(topics, ids).write(broker.bootstrapServers(), LENGTH, SEED);
        GroupProgress progress = new GroupProgress(admin, "live-twin");
        TwinConfig config = TwinConfig.of(broker.bootstrapServers(), topics, folder.resolve("live")).withApplicationId("live-twin").withTickInterval(Duration.ZERO);
        try (TwinApp app = new TwinApp(config, ids)) {
            app.start();
            List<TopicPartition> inputs = topics.topologyInputs().stream().flatMap(topic -> partitions(topic).stream()).toList();
            progress.awaitCommitted(GroupProgress.ends(admin, inputs), LIMIT, () -> assertThat(app.failure()).isEmpty());
        }
        live = alerts(topics);
    }

    @AfterAll
    void stop() {
        admin.close();
        broker.close();
    }

    private static List<TopicPartition> partitions(Topic<?> topic) {
        return IntStream.range(0, topic.partitions()).mapToObj(number -> new TopicPartition(topic.name(), number)).toList();
    }

    /** Every committed alert event of the range: its time, its headers and its bytes, by patient in the order of the log. */
    private Map<String, List<String>> alerts(Topics of) {
        Map<String, List<String>> alerts = new TreeMap<>();
        try (Consumer<byte[], byte[]> consumer = Clients.reader(broker.bootstrapServers())) {
            List<TopicPartition> partitions = partitions(of.alerts());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                    Instant at = Instant.ofEpochMilli(record.timestamp());
                    if (!at.isBefore(FROM) && at.isBefore(TO)) {
                        alerts.computeIfAbsent(new String(record.key(), StandardCharsets.UTF_8), patient -> new ArrayList<>())
                                .add(at + " " + HexFormat.of().formatHex(record.value()));
                    }
                }
            }
        }
        return alerts;
    }

    private List<String> replayCommand(String name, String... more) {
        List<String> all = new ArrayList<>(List.of("replay", "--from", FROM.toString(), "--to", TO.toString(), "--warm-up", "2h", "--into", name,
                "--state-dir", folder.resolve("state").toString(), "--output", "json"));
        all.addAll(List.of(more));
        return all;
    }

    private Said run(List<String> command) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("--bootstrap-server", broker.bootstrapServers()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Vitaltwin.run(all.toArray(String[]::new), new PrintWriter(out), new PrintWriter(err));
        return new Said(exit, out.toString(), err.toString());
    }

    private JsonNode done(List<String> command) throws IOException {
        Said said = run(command);
        assertThat(said.exit()).as(said.err()).isZero();
        return JSON.readTree(said.out());
    }

    @Test
    void shouldHaveSomethingToCompare() {
        assertThat(live).hasSizeGreaterThanOrEqualTo(3);
        assertThat(live.values().stream().mapToInt(List::size).sum()).isGreaterThanOrEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void shouldRaiseWhatWasRaisedWithAnyNumberOfThreads(int threads) throws IOException {
        // When
        JsonNode result = done(replayCommand("threads-" + threads, "--threads", String.valueOf(threads)));
        // Then
        assertThat(alerts(topics.shadow("threads-" + threads))).isEqualTo(live);
        assertThat(result.get("state").asText()).isEqualTo("FINISHED");
        assertThat(result.get("alertEvents").asInt()).isEqualTo(live.values().stream().mapToInt(List::size).sum());
    }

    @Test
    void shouldGoOnAfterKillsAndSayWhenItIsFinished() throws IOException, InterruptedException, ExecutionException {
        // Given
        List<String> command = replayCommand("killed", "--consent", "audit", "--purpose", "TREAT", "--actor", "auditor");
        GroupProgress progress = new GroupProgress(admin, "vt.shadow.killed");
        Map<TopicPartition, Long> ends = GroupProgress.ends(admin, partitions(topics.readings()));
        long all = ends.values().stream().mapToLong(Long::longValue).sum();
        // When
        for (int percent : List.of(85, 70)) {
            Process process = process(command);
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> !process.isAlive() || behind(progress, ends) < all * percent / 100);
            assertThat(process.isAlive()).as(this::output).isTrue();
            process.destroyForcibly().waitFor();
        }
        assertThat(run(replayCommand("killed")).err()).contains("--consent was audit and is now").contains("--actor was auditor").contains("replay rm killed");
        JsonNode result = done(command);
        // Then
        assertThat(alerts(topics.shadow("killed"))).isEqualTo(live);
        assertThat(result.get("starts")).hasSize(3);
        assertThat(done(command).get("alreadyFinished").asBoolean()).isTrue();
        assertThat(run(List.of("replay", "list")).out()).contains("killed  ", "consent audit, for TREAT by auditor");
    }

    private static long behind(GroupProgress progress, Map<TopicPartition, Long> ends) throws InterruptedException {
        return progress.behind(ends);
    }

    /** The program itself, with the Java and the classes of this test. */
    private Process process(List<String> command) throws IOException {
        List<String> all = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Vitaltwin.class.getName()));
        all.addAll(command);
        all.addAll(List.of("--bootstrap-server", broker.bootstrapServers()));
        return new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("replay.log").toFile())).start();
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("replay.log"));
        } catch (IOException e) {
            return "nothing that can be read: " + e;
        }
    }

    @Test
    void shouldReplayOnePatientAlone() throws IOException {
        // Given
        String patient = live.keySet().iterator().next();
        // When
        done(replayCommand("alone", "--patient", patient));
        // Then
        assertThat(alerts(topics.shadow("alone"))).isEqualTo(Map.of(patient, live.get(patient)));
        assertThat(run(List.of("replay", "list")).out()).contains("1 chosen").doesNotContain(patient);
        assertThat(run(replayCommand("alone")).err()).contains("--patient was 1 chosen").contains("is all");
    }

    @Test
    void shouldLeaveNothingBehindWhenRemoved() throws IOException, ExecutionException, InterruptedException {
        // Given
        done(replayCommand("gone"));
        done(replayCommand("gone-not"));
        // When
        Said removed = run(List.of("replay", "rm", "gone", "--state-dir", folder.resolve("state").toString()));
        // Then
        assertThat(removed.exit()).as(removed.err()).isZero();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(admin.listTopics().names().get()).noneMatch(name -> name.startsWith("vt.shadow.gone.")
                || name.matches("vt\\.shadow\\.gone-[a-z]+-changelog")));
        assertThat(admin.listGroups().all().get().stream().map(GroupListing::groupId)).doesNotContain("vt.shadow.gone");
        assertThat(folder.resolve("state").resolve("vt.shadow.gone")).doesNotExist();
        assertThat(alerts(topics.shadow("gone-not"))).isEqualTo(live);
        assertThat(run(List.of("replay", "rm", "gone")).exit()).isOne();
    }
}
