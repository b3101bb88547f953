package io.vitaltwin.standalone.cli.ingest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.BrokerSettings;
import io.vitaltwin.standalone.EmbeddedBroker;
import io.vitaltwin.standalone.TopicAdmin;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The commands against a real broker; each test has topics of its own. */
class IngestCommandsTest {

    private static final String HEADER = "time,vital,value,unit\n";

    @TempDir
    static Path brokerFolder;
    @TempDir
    Path folder;
    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(BrokerSettings.in(brokerFolder));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void shouldLoadAFileNamingWhatItRefuses(TestInfo test) throws Exception {
        // Given: a broken line, a unit nobody knows, a duplicate, a time ahead of every clock
        Topics topics = topics(test);
        Path file = Files.writeString(folder.resolve("day.csv"), HEADER
                + "2026-03-02T08:00:00Z,heart_rate,71,/min\n"
                + "2026-03-02T08:01:00Z,heart_rate,\"71,/min\n"
                + "2026-03-02T08:02:00Z,heart_rate,4711,bpm\n"
                + "2026-03-02T08:00:00Z,heart_rate,71,/min\n"
                + "2199-01-01T00:00:00Z,heart_rate,72,/min\n");
        // When
        CommandRun run = load(topics, file, "--format", "csv", "--patient", "p1", "--device", "watch1");
        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("day.csv: 5 lines read, 3 sent (readings: 3, batches: 1), 2 refused"
                + " (SCHEMA_INVALID 1, UNIT_UNKNOWN 1), remarks (DUPLICATE_EXACT 1, CLOCK_FUTURE 1)" + System.lineSeparator());
        assertThat(run.err().lines()).hasSize(4).anyMatch(line -> line.startsWith("day.csv:3:33: SCHEMA_INVALID: bad quoting"))
                .anyMatch(line -> line.startsWith("day.csv:4:38: UNIT_UNKNOWN: unit"))
                .anyMatch(line -> line.startsWith("day.csv:5: DUPLICATE_EXACT"))
                .anyMatch(line -> line.startsWith("day.csv:6: CLOCK_FUTURE"));
        assertThat(run.err()).doesNotContain("4711");
        assertThat(readings(topics, 1)).hasSize(3);
        assertThat(records(topics.deadLetters().name(), topics.partitions(), 2)).extracting(record -> new String(record.value()))
                .containsExactly("2026-03-02T08:01:00Z,heart_rate,\"71,/min", "2026-03-02T08:02:00Z,heart_rate,4711,bpm");
    }

    @Test
    void shouldPrintOneJsonObjectAndEndWithZeroWhenAllIsSent(TestInfo test) throws Exception {
        Topics topics = topics(test);
        Path file = Files.writeString(folder.resolve("day.csv"), "timestamp,glucose_value_mg_dl\n2026-03-02 08:00:00,110\n2026-03-02 08:05:00,Low\n");

        CommandRun run = load(topics, file, "--format", "glucose-ml", "--patient", "p1", "--device", "cgm1", "--time-zone", "Europe/Berlin",
                "--batch", "1", "--first-sequence", "5", "--output", "json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines()).hasSize(1);
        assertThat(new ObjectMapper().readTree(run.out())).isEqualTo(new ObjectMapper().readTree("""
                {"file":"day.csv","format":"glucose-ml","read":2,"sent":2,"refused":0,"refusedByReason":{},"readings":2,"batches":2,"remarks":{}}"""));
        List<ReadingBatch> batches = batches(topics, 2);
        assertThat(batches).extracting(ReadingBatch::getSequence).containsExactly(5L, 6L);
        assertThat(batches.getFirst().getReadings().getFirst().getEffectiveTime()).isEqualTo("2026-03-02T07:00:00Z");
        assertThat(batches.getLast().getReadings().getFirst().getValue()).isEqualTo("LO");
    }

    @Test
    void shouldMoveAFileInTime(TestInfo test) throws Exception {
        Topics topics = topics(test);
        Path file = Files.writeString(folder.resolve("day.csv"), "time,vital,value\n2020-01-01T00:00:00Z,spo2,97\n2020-01-01T00:00:05Z,spo2,96\n");

        CommandRun run = load(topics, file, "--format", "csv", "--unit", "%", "--patient", "p1", "--device", "o1",
                "--shift-to", "2026-03-02T09:00:00+01:00", "--rate", "100000");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(readings(topics, 2)).extracting(Reading::getEffectiveTime)
                .containsExactly(Instant.parse("2026-03-02T08:00:00Z"), Instant.parse("2026-03-02T08:00:05Z"));
    }

    @Test
    void shouldProduceOneReading(TestInfo test) {
        Topics topics = topics(test);

        CommandRun run = produce(topics, "--vital", "spo2", "--value", "91.5", "--unit", "%", "--time", "2026-03-02T08:00:00Z", "--context", "rest",
                "--output", "json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).matches("\\{\"topic\":\"" + topics.readings().name() + "\",\"partition\":\\d,\"offset\":0}\\R");
        Reading reading = readings(topics, 1).getFirst();
        assertThat(reading.getValue()).isEqualTo(91.5);
        assertThat(reading.getContext().name()).isEqualTo("REST");
    }

    @Test
    void shouldRefuseAWrongCallInOneLineThatSaysWhatToDo(TestInfo test) throws Exception {
        Topics topics = topics(test);
        Path file = Files.writeString(folder.resolve("day.csv"), HEADER);

        assertWrong(produce(topics, "--vital", "spo2", "--value", "91,5", "--unit", "%"), "value is not a number");
        assertWrong(produce(topics, "--vital", "spo2", "--value", "91", "--unit", "percent"), "unit is not one");
        assertWrong(load(topics, file, "--format", "xml", "--patient", "p1", "--device", "d"), "there are csv, glucose-ml");
        assertWrong(load(topics, file, "--format", "csv", "--patient", " ", "--device", "d"), "patient id must be");
        assertWrong(load(topics, file, "--format", "csv", "--patient", "p", "--device", "d", "--rate", "0"), "--rate");
        assertWrong(load(topics, file, "--format", "csv", "--patient", "p", "--device", "d", "--batch", "0"), "--batch");
        assertWrong(load(topics, file, "--format", "csv", "--patient", "p", "--device", "d", "--time-zone", "Mars/Base"), "--time-zone");
        assertWrong(load(topics, file, "--format", "csv", "--patient", "p", "--device", "d", "--shift-to", "noon"), "write it as 2026");
        assertWrong(load(topics, folder.resolve("none.csv"), "--format", "csv", "--patient", "p", "--device", "d"), "check the path");
    }

    @Test
    void shouldFailInOneLineOnAFileThatIsNotInTheFormatOrATopicThatIsNotThere(TestInfo test) throws Exception {
        Topics topics = topics(test);
        Path file = Files.writeString(folder.resolve("day.csv"), "timestamp,glucose_value_mg_dl\n2026-03-02 08:00:00,110\n");

        CommandRun format = load(topics, file, "--format", "csv", "--patient", "p1", "--device", "cgm1");
        CommandRun topic = load(new Topics("other.", 1), file, "--format", "glucose-ml", "--patient", "p1", "--device", "cgm1");

        assertThat(format.exitCode()).isEqualTo(1);
        assertThat(format.err()).startsWith("day.csv: header: columns missing time, unit, value, vital");
        assertThat(topic.exitCode()).isEqualTo(1);
        assertThat(topic.err()).startsWith("there is no topic other.readings.v1; create it with ./vitaltwin topics apply");
    }

    @Test
    void shouldListTheFormatsInTheHelpText() {
        CommandRun run = CommandRun.of(new LoadCommand(), "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("csv ", "glucose-ml ", "fitbit-minutes ", "fitbit-heart-rate ", "glucose_value_mg_dl");
    }

    private static void assertWrong(CommandRun run, String message) {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(run.out()).isEmpty();
    }

    private static CommandRun load(Topics topics, Path file, String... args) {
        var all = new ArrayList<>(List.of(file.toString(), "--bootstrap-server", broker.bootstrapServers(), "--prefix", topics.prefix()));
        all.addAll(List.of(args));
        return CommandRun.of(new LoadCommand(), all.toArray(String[]::new));
    }

    private static CommandRun produce(Topics topics, String... args) {
        var all = new ArrayList<>(List.of("--patient", "p1", "--device", "d1",
                "--bootstrap-server", broker.bootstrapServers(), "--prefix", topics.prefix()));
        all.addAll(List.of(args));
        return CommandRun.of(new ProduceCommand(), all.toArray(String[]::new));
    }

    private static Topics topics(TestInfo test) {
        var topics = new Topics(test.getTestMethod().orElseThrow().getName() + ".", 4);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            new TopicAdmin(admin, topics, TopicAdmin.Clock.WRITER).apply();
        }
        return topics;
    }

    private static List<Reading> readings(Topics topics, int batches) {
        return batches(topics, batches).stream().flatMap(batch -> batch.getReadings().stream()).toList();
    }

    private static List<ReadingBatch> batches(Topics topics, int count) {
        var serde = new AvroSerde<>(topics.readings(), new BundledSchemaIds());
        return records(topics.readings().name(), topics.partitions(), count).stream()
                .map(record -> Objects.requireNonNull(serde.deserialize(record.topic(), record.value()))).toList();
    }

    private static List<ConsumerRecord<String, byte[]>> records(String topic, int partitions, int count) {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest");
        var found = new ArrayList<ConsumerRecord<String, byte[]>>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(IntStream.range(0, partitions).mapToObj(partition -> new TopicPartition(topic, partition)).toList());
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
                return found.size() >= count;
            });
        }
        assertThat(found).hasSize(count).extracting(ConsumerRecord::key).containsOnly("p1");
        return found;
    }
}
