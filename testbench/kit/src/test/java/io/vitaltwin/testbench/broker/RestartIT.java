package io.vitaltwin.testbench.broker;

import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.BrokerSettings;
import io.vitaltwin.standalone.EmbeddedBroker;
import io.vitaltwin.standalone.TopicAdmin;
import io.vitaltwin.standalone.cli.Vitaltwin;
import io.vitaltwin.testbench.kafka.Folders;
import io.vitaltwin.testbench.kafka.GroupProgress;
import io.vitaltwin.testbench.verify.VerifyCommand;
import io.vitaltwin.twin.TwinApp;
import io.vitaltwin.twin.TwinConfig;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The twin is stopped in the middle of a load and started again: a reader of committed records finds the alerts of an undisturbed run, each
 * once. All runs read logs that are the same, under a prefix of their own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RestartIT {

    private static final long SEED = 20_261;
    private static final Duration LENGTH = Duration.ofHours(6);
    private static final Duration LIMIT = Duration.ofSeconds(90);
    /** Disturbed when this share of the log is done, in percent. */
    private static final int MIDDLE = 25;
    /** An application that is gone is missed this soon; Kafka's own default is 45 s. */
    private static final Map<String, String> MISSED_SOON = Map.of("session.timeout.ms", "6000", "heartbeat.interval.ms", "1000");

    private Path folder;
    private final SchemaIds ids = new BundledSchemaIds();
    private EmbeddedBroker broker;
    private Admin admin;
    private Map<String, List<String>> undisturbed;

    @BeforeAll
    void runUndisturbed(@TempDir Path temporary) throws ExecutionException, InterruptedException {
        folder = temporary;
        broker = EmbeddedBroker.start(BrokerSettings.in(folder.resolve("broker")));
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
        Load load = new Load("undisturbed");
        try (TwinApp app = load.start()) {
            load.awaitEnd(app);
        }
        undisturbed = load.alerts();
    }

    @AfterAll
    void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void shouldHaveSomethingToCompare() {
        assertThat(undisturbed).hasSizeGreaterThanOrEqualTo(6);
        assertThat(undisturbed.values().stream().mapToInt(List::size).sum()).isGreaterThan(20);
        assertThat(undisturbed.values()).allSatisfy(alerts -> assertThat(alerts).doesNotHaveDuplicates());
    }

    @Test
    void shouldGiveTheSameAlertsWhenStoppedAndStartedAgain() throws ExecutionException, InterruptedException {
        // Given
        Load load = new Load("stopped");
        try (TwinApp app = load.start()) {
            load.awaitMiddle(app);
        }
        assertThat(load.behind()).as("records that are left").isPositive();
        // When
        try (TwinApp app = load.start()) {
            load.awaitEnd(app);
        }
        // Then
        assertThat(load.alerts()).isEqualTo(undisturbed);
    }

    @Test
    void shouldGiveTheSameAlertsWhenItsStateIsLost() throws ExecutionException, InterruptedException, IOException {
        // Given
        Load load = new Load("lost");
        try (TwinApp app = load.start()) {
            load.awaitMiddle(app);
        }
        assertThat(load.behind()).as("records that are left").isPositive();
        // When
        Folders.delete(load.state);
        try (TwinApp app = load.start()) {
            load.awaitEnd(app);
        }
        // Then
        assertThat(load.alerts()).isEqualTo(undisturbed);
    }

    @Test
    void shouldGiveTheSameAlertsWhenKilled() throws ExecutionException, InterruptedException, IOException {
        // Given
        Load load = new Load("killed");
        Process killed = load.startProcess();
        try {
            load.awaitMiddle(killed);
        } finally {
            killed.destroyForcibly();       // SIGKILL: nothing is flushed, closed or committed
        }
        assertThat(killed.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(load.behind()).as("records that are left").isPositive();
        // When
        Process again = load.startProcess();
        try {
            load.awaitEnd(again);
        } finally {
            again.destroyForcibly().waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        // Then
        assertThat(load.alerts()).isEqualTo(undisturbed);
    }

    @Test
    void shouldDeriveEachAlertAgainFromItsEvidence() {
        StringWriter out = new StringWriter();
        assertThat(verify("undisturbed.", out)).as(out::toString).isZero();
        int told = undisturbed.values().stream().mapToInt(List::size).sum();
        assertThat(out.toString()).contains("\"events\":" + told).contains("\"matched\":" + told).contains("\"mismatches\":[]");
    }

    @Test
    void shouldFindAnAlertThatWasNeverDecidedAndOneThatWasChanged() throws ExecutionException, InterruptedException {
        // Given
        Load load = new Load("forged");
        try (TwinApp app = load.start()) {
            load.awaitEnd(app);
        }
        CommittedAlerts.copyOne(broker.bootstrapServers(), load.topics, ids, alert -> alert.setPriority(Priority.HIGH));
        CommittedAlerts.copyOne(broker.bootstrapServers(), load.topics, ids, alert -> alert.setEpisodeStart(alert.getEpisodeStart().minusSeconds(1)));
        CommittedAlerts.copyOne(broker.bootstrapServers(), load.topics, ids, alert -> alert.setEffectiveTime(alert.getEffectiveTime().plusSeconds(1)));
        // When
        StringWriter out = new StringWriter();
        int exit = verify("forged.", out);
        // Then
        assertThat(exit).isOne();
        int told = undisturbed.values().stream().mapToInt(List::size).sum();
        assertThat(out.toString()).contains("\"events\":" + (told + 3)).contains("\"matched\":" + told).contains("is not derived again");
    }

    private int verify(String prefix, StringWriter out) {
        return new CommandLine(new VerifyCommand()).setOut(new PrintWriter(out)).execute("alerts", "--from-beginning", "--output", "json",
                "--bootstrap-server", broker.bootstrapServers(), "--prefix", prefix);
    }

    /** The log under a prefix of its own, and the application that reads it. */
    private final class Load {

        private final Topics topics;
        private final String application;
        private final Path state;
        private final GroupProgress progress;
        private final Map<TopicPartition, Long> ends;
        private final int records;

        Load(String name) throws ExecutionException, InterruptedException {
            topics = new Topics(name + ".", Topics.DEFAULT_PARTITIONS);
            application = name + "-twin";
            state = folder.resolve(application);
            new TopicAdmin(admin, topics, TopicAdmin.Clock.WRITER).apply();
            // A new partition that does not serve yet may refuse a writer's first batch and take the second: then no retry helps.
            GroupProgress.ends(admin, partitions(topics.all()));
            records = new StoryLog(topics, ids).write(broker.bootstrapServers(), LENGTH, SEED);
            progress = new GroupProgress(admin, application);
            ends = GroupProgress.ends(admin, partitions(topics.topologyInputs()));
        }

        private Path log() {
            return folder.resolve(application + ".log");
        }

        private String output() {
            try {
                return Files.readString(log());
            } catch (IOException e) {
                return "nothing that can be read: " + e;
            }
        }

        private List<TopicPartition> partitions(List<Topic<?>> of) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (Topic<?> topic : of) {
                for (int partition = 0; partition < topics.partitions(); partition++) {
                    partitions.add(new TopicPartition(topic.name(), partition));
                }
            }
            return partitions;
        }

        TwinApp start() {
            TwinApp app = new TwinApp(TwinConfig.of(broker.bootstrapServers(), topics, state).withApplicationId(application)
                    .withTickInterval(Duration.ZERO).withKafka(MISSED_SOON), ids);
            app.start();
            return app;
        }

        /** The program itself, with the Java and the classes of this test. */
        Process startProcess() throws IOException {
            Path settings = folder.resolve(application + ".properties");
            List<String> lines = new ArrayList<>(List.of("twin.application-id=" + application, "twin.tick-interval=PT0S"));
            MISSED_SOON.forEach((name, value) -> lines.add("kafka." + name + "=" + value));
            Files.write(settings, lines);
            return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC",
                    "-cp", System.getProperty("java.class.path"), Vitaltwin.class.getName(), "run", "twin",
                    "--bootstrap-server", broker.bootstrapServers(), "--prefix", topics.prefix(), "--state-dir", state.toString(),
                    "--config", settings.toString())
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile())).start();
        }

        long behind() throws InterruptedException {
            return progress.behind(ends);
        }

        void awaitMiddle(TwinApp app) {
            awaitMiddle(() -> assertRuns(app));
        }

        void awaitMiddle(Process process) {
            awaitMiddle(() -> assertRuns(process));
        }

        private void awaitMiddle(Runnable stillAlive) {
            await().atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).until(() -> {
                stillAlive.run();
                return behind() < records * (100L - MIDDLE) / 100;
            });
        }

        void awaitEnd(TwinApp app) throws InterruptedException {
            progress.awaitCommitted(ends, LIMIT, () -> assertRuns(app));
        }

        void awaitEnd(Process process) throws InterruptedException {
            progress.awaitCommitted(ends, LIMIT, () -> assertRuns(process));
        }

        private void assertRuns(TwinApp app) {
            assertThat(app.failure()).isEmpty();
        }

        private void assertRuns(Process process) {
            assertThat(process.isAlive()).as(() -> "the program runs; it said: " + output()).isTrue();
        }

        Map<String, List<String>> alerts() {
            return new HashMap<>(CommittedAlerts.read(broker.bootstrapServers(), topics, ids));
        }
    }
}
