package io.vitaltwin.testbench.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.schemas.ViolationStage;
import io.vitaltwin.standalone.BrokerSettings;
import io.vitaltwin.standalone.EmbeddedBroker;
import io.vitaltwin.standalone.TopicAdmin;
import io.vitaltwin.standalone.cli.Vitaltwin;
import io.vitaltwin.testbench.kafka.Clients;
import io.vitaltwin.testbench.kafka.GroupProgress;
import io.vitaltwin.testbench.sim.Arrival;
import io.vitaltwin.testbench.sim.Stories;
import io.vitaltwin.twin.TwinApp;
import io.vitaltwin.twin.TwinConfig;
import io.vitaltwin.twin.adapter.RuleSetFile;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A part of a day that the twin has lived through, replayed by the program: what comes out is what it raised then, byte by byte. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplayIT {

    private static final long SEED = 20_263;
    /** Withdraws when all is over. */
    private static final String GONE = "sim-patch";
    private static final Duration LENGTH = Duration.ofHours(6);
    private static final Instant FROM = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant TO = Instant.parse("2026-03-01T13:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(150);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SchemaIds ids = new BundledSchemaIds();
    private final Topics topics = Topics.defaults();
    private Path folder;
    private EmbeddedBroker broker;
    private Admin admin;
    private Map<String, List<String>> live;
    /** What was raised of those who still permit it. */
    private Map<String, List<String>> lawful;

    /** What a command printed. */
    record Said(int exit, String out, String err) {
    }

    @BeforeAll
    void live(@TempDir Path temporary) throws ExecutionException, InterruptedException {
        folder = temporary;
        broker = EmbeddedBroker.start(BrokerSettings.in(folder.resolve("broker")).with("group.initial.rebalance.delay.ms", "0"));
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
        lawful = new TreeMap<>(live);
        lawful.remove(GONE);
        withdraw();
    }

    /** After everything, so that only who asks today knows of it. */
    private void withdraw() throws ExecutionException, InterruptedException {
        ConsentRecord given = Stories.all().stream().flatMap(patient -> patient.registration(FROM).stream())
                .filter(Arrival.Consent.class::isInstance).map(arrival -> ((Arrival.Consent) arrival).consent())
                .filter(consent -> consent.getPatientId().equals(GONE)).findFirst().orElseThrow();
        Instant at = TO.plus(Duration.ofHours(2));
        ConsentRecord ended = ConsentRecord.newBuilder(given).setVersionId("withdrawn").setStatus(ConsentStatus.INACTIVE).setEffectiveTime(at).build();
        try (Producer<String, byte[]> producer = Clients.writer(broker.bootstrapServers()); AvroSerde<ConsentRecord> serde = new AvroSerde<>(topics.consents(), ids)) {
            producer.send(new ProducerRecord<>(topics.consents().name(), null, at.toEpochMilli(), GONE, serde.serialize(topics.consents().name(), ended))).get();
        }
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
        assertThat(live).containsKey(GONE);
    }

    @ParameterizedTest
    @CsvSource({"as-ever, 1", "two, 2", "four, 4"})
    void shouldRaiseWhatWasRaisedWithAnyNumberOfThreads(String name, int threads) throws IOException {
        // When
        JsonNode result = done(replayCommand(name, "--threads", String.valueOf(threads)));
        // Then
        assertThat(alerts(topics.shadow(name))).isEqualTo(lawful);
        assertThat(result.get("state").asText()).isEqualTo("FINISHED");
        assertThat(result.get("alertEvents").asInt()).isEqualTo(lawful.values().stream().mapToInt(List::size).sum());
    }

    @Test
    void shouldGoOnAfterKillsAndSayWhenItIsFinished() throws IOException, InterruptedException, ExecutionException {
        // Given
        List<String> command = replayCommand("killed", "--consent", "audit", "--purpose", "TREAT", "--actor", "auditor");
        GroupProgress progress = new GroupProgress(admin, "vt.shadow.killed");
        Map<TopicPartition, Long> ends = GroupProgress.ends(admin, partitions(topics.readings()));
        Path slowly = Files.writeString(folder.resolve("slowly.properties"), "kafka.commit.interval.ms=50\nkafka.main.consumer.max.poll.records=20\n");
        List<String> slow = Stream.concat(command.stream(), Stream.of("--config", slowly.toString())).toList();
        // When
        for (long left = behind(progress, ends), kill = 0; kill < 2; kill++, left = behind(progress, ends)) {
            long working = left * 9 / 10;
            Process process = process(slow);
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(10)).until(() -> !process.isAlive() || behind(progress, ends) < working);
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
        String patient = lawful.keySet().iterator().next();
        // When
        done(replayCommand("alone", "--patient", patient));
        // Then
        assertThat(alerts(topics.shadow("alone"))).isEqualTo(Map.of(patient, live.get(patient)));
        assertThat(run(List.of("replay", "list")).out()).contains("1 chosen").doesNotContain(patient);
        assertThat(run(replayCommand("alone")).err()).contains("--patient was 1 chosen").contains("is all");
        assertThat(run(List.of("diff", "live", "alone")).err()).contains("name the same with --patient");
        assertThat(run(List.of("diff", "live", "alone", "--patient", patient)).out()).endsWith("the same\n");
    }

    @Test
    void shouldReplayNothingOfAPatientWhoHasWithdrawnSinceButInAnAudit() throws IOException {
        // When
        done(replayCommand("now", "--patient", GONE));
        done(replayCommand("audit", "--patient", GONE, "--consent", "audit", "--purpose", "TREAT", "--actor", "auditor"));
        // Then
        assertThat(alerts(topics.shadow("now"))).isEmpty();
        assertThat(values(topics.shadow("now").violations())).isNotEmpty().allSatisfy(violation -> {
            assertThat(violation.getReason()).isEqualTo(ViolationReason.WITHDRAWN);
            assertThat(violation.getPatientId()).isEqualTo(GONE);
        });
        assertThat(alerts(topics.shadow("audit"))).isEqualTo(Map.of(GONE, live.get(GONE)));
        assertThat(values(topics.disclosures())).filteredOn(disclosure -> disclosure.getPatientId().equals(GONE)).isNotEmpty()
                .allSatisfy(disclosure -> assertThat(List.of(disclosure.getEgress(), disclosure.getActor())).containsExactly("shadow", "auditor"));
        assertThat(run(replayCommand("audit-2", "--consent", "audit")).exit()).isEqualTo(2);
        assertThat(run(List.of("diff", "now", "audit", "--patient", GONE)).err()).contains("withheld");
    }

    /** The way out of a replay: for research nobody has permitted anything. */
    @Test
    void shouldReplayNothingForAPurposeThatNobodyPermits() throws IOException {
        done(replayCommand("research", "--purpose", "HRESCH", "--actor", "lab"));
        assertThat(alerts(topics.shadow("research"))).isEmpty();
        assertThat(values(topics.violations())).filteredOn(violation -> violation.getActor().equals("lab")).isNotEmpty().allSatisfy(violation -> {
            assertThat(violation.getStage()).isEqualTo(ViolationStage.DISCLOSE);
            assertThat(violation.getReason()).isEqualTo(ViolationReason.PURPOSE_DENIED);
        });
        assertThat(values(topics.disclosures())).noneMatch(disclosure -> disclosure.getActor().equals("lab"));
    }

    @Test
    void shouldTellWhatAnotherRuleSetWouldHaveRaised() throws IOException {
        // Given
        String bundled;
        try (var in = RuleSetFile.class.getResourceAsStream("/io/vitaltwin/twin/rules.yaml")) {
            bundled = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String slower = bundled.replace("{on: 87, onSeconds: 60, off: 90", "{on: 87, onSeconds: 180, off: 90");
        assertThat(slower).isNotEqualTo(bundled);
        Path rules = Files.writeString(folder.resolve("slower.yaml"), slower);
        done(replayCommand("as-ever"));
        done(replayCommand("rules-slower", "--rules", rules.toString()));
        Path page = folder.resolve("diff.html");
        // When
        Said same = run(List.of("diff", "live", "as-ever"));
        Said changed = run(List.of("diff", "as-ever", "rules-slower", "--output", "json", "--html", page.toString()));
        // Then
        assertThat(same.out()).as(same.err()).endsWith("the same\n");
        assertThat(same.exit()).isZero();
        assertThat(changed.exit()).as(changed.err()).isOne();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : changed.out().lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        assertThat(lines.getLast().get("equal").asBoolean()).isFalse();
        assertThat(lines.getLast().get("patients").asInt()).isEqualTo(Stories.all().size());
        assertThat(lines).filteredOn(line -> line.has("kinds")).isNotEmpty()
                .allSatisfy(line -> assertThat(line.get("family").asText()).isEqualTo("SPO2"));
        String first = Files.readString(page);
        assertThat(first).startsWith("<!doctype html>").contains("<svg", "SPO2_CRIT", "text by PT").doesNotContain("<script", "http");
        run(List.of("diff", "as-ever", "rules-slower", "--html", page.toString()));
        assertThat(Files.readString(page)).isEqualTo(first);
    }

    /** Everything that a topic holds. */
    private <T extends SpecificRecord> List<T> values(Topic<T> topic) {
        List<T> values = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = Clients.reader(broker.bootstrapServers()); AvroSerde<T> serde = new AvroSerde<>(topic, ids)) {
            consumer.assign(partitions(topic));
            consumer.seekToBeginning(partitions(topic));
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions(topic));
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(50)).forEach(record -> values.add(serde.deserialize(topic.name(), record.value())));
            }
        }
        return values;
    }

    @Test
    void shouldLeaveNothingBehindWhenRemoved() throws IOException, ExecutionException, InterruptedException {
        // Given
        done(replayCommand("as"));
        done(replayCommand("as-ever"));
        // When
        Said removed = run(List.of("replay", "rm", "as", "--state-dir", folder.resolve("state").toString()));
        // Then
        assertThat(removed.exit()).as(removed.err()).isZero();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(admin.listTopics().names().get()).noneMatch(name -> name.startsWith("vt.shadow.as.")
                || name.matches("vt\\.shadow\\.as-[a-z]+-changelog")));
        assertThat(admin.listGroups().all().get().stream().map(GroupListing::groupId)).doesNotContain("vt.shadow.as");
        assertThat(folder.resolve("state").resolve("vt.shadow.as")).doesNotExist();
        assertThat(alerts(topics.shadow("as-ever"))).isEqualTo(lawful);
        assertThat(run(List.of("replay", "rm", "as")).exit()).isOne();
    }
}
