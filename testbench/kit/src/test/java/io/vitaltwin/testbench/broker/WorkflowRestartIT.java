package io.vitaltwin.testbench.broker;

import io.vitaltwin.alerts.AlertsApp;
import io.vitaltwin.alerts.AlertsConfig;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.BrokerSettings;
import io.vitaltwin.standalone.EmbeddedBroker;
import io.vitaltwin.standalone.TopicAdmin;
import io.vitaltwin.standalone.cli.Vitaltwin;
import io.vitaltwin.testbench.kafka.Folders;
import io.vitaltwin.testbench.kafka.GroupProgress;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The workflow of alerts is stopped or killed in the middle of some hours' log and started again: a reader of committed records finds what an undisturbed run
 * tells, each step once, and the same worklist.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkflowRestartIT {

    private static final long SEED = 20_262;
    /**
     * Long enough for every escalation, the digest of the morning, a storm and many reminders. What disturbances meet are alerts and actions, and those are as many
     * in any length.
     */
    private static final Duration LENGTH = Duration.ofHours(12);
    /** Two tasks: one must not lose what the other has. Each more costs stores, transactions and ticks, and meets nothing else. */
    private static final int PARTITIONS = 2;
    private static final Duration LIMIT = Duration.ofSeconds(90);
    /** Disturbed when this share of the log is done, in percent. */
    private static final int MIDDLE = 10;
    private static final Map<String, String> MISSED_SOON = Map.of("session.timeout.ms", "3000", "heartbeat.interval.ms", "500");

    /** What a run wrote. */
    record Told(Map<String, List<String>> events, Map<String, List<String>> notices, Map<String, String> worklists) {
    }

    private final SchemaIds ids = new BundledSchemaIds();
    private Path folder;
    private EmbeddedBroker broker;
    private Admin admin;
    private Told undisturbed;

    @BeforeAll
    void runUndisturbed(@TempDir Path temporary) throws ExecutionException, InterruptedException {
        folder = temporary;
        broker = EmbeddedBroker.start(BrokerSettings.in(folder.resolve("broker")).with("group.min.session.timeout.ms", "3000"));
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
        Load load = new Load("undisturbed");
        try (AlertsApp app = load.start(false)) {
            load.awaitEnd(app);
        }
        undisturbed = load.told();
    }

    @AfterAll
    void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void shouldHaveSomethingToCompare() {
        assertThat(undisturbed.notices().values().stream().mapToInt(List::size).sum()).isGreaterThan(500);
        assertThat(undisturbed.events().values()).hasSizeGreaterThan(30).allSatisfy(events -> assertThat(events).doesNotHaveDuplicates());
        assertThat(undisturbed.events().toString()).contains("ESCALATED", "LATCHED", "SNOOZE_ENDED", "REFUSED", "ALERT_STORM");
        assertThat(undisturbed.worklists()).isNotEmpty();
    }

    @Test
    void shouldTellTheSameWhenItsStateIsLost() throws ExecutionException, InterruptedException, IOException {
        // Given
        Load load = new Load("lost");
        try (AlertsApp app = load.start(false)) {
            load.awaitMiddle(() -> load.assertRuns(app));
        }
        assertThat(load.behind()).as("records that are left").isPositive();
        // When
        Folders.delete(load.state);
        try (AlertsApp app = load.start(false)) {
            load.awaitEnd(app);
        }
        // Then
        assertThat(load.told()).isEqualTo(undisturbed);
    }

    @Test
    void shouldTellTheSameAndNothingTwiceWhenKilled() throws ExecutionException, InterruptedException, IOException {
        // Given
        Load load = new Load("killed");
        Process killed = load.startProcess();
        try {
            load.awaitMiddle(() -> load.assertRuns(killed));
        } finally {
            killed.destroyForcibly();       // SIGKILL: nothing is flushed, closed or committed
        }
        assertThat(killed.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(load.behind()).as("records that are left").isPositive();
        // When
        Process again = load.startProcess();
        try {
            load.progress.awaitCommitted(load.ends, LIMIT, () -> load.assertRuns(again));
        } finally {
            again.destroyForcibly().waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        // Then
        assertThat(load.told()).isEqualTo(undisturbed);
    }

    /** It comes back when the whole log is there: every step is decided as ever, and of each alert that still calls only the newest is told. */
    @Test
    void shouldCatchUpWithoutAStorm() throws ExecutionException, InterruptedException {
        // Given
        Load load = new Load("late");
        Instant end = WorkflowLog.START.plus(LENGTH);
        // When
        Told before;
        try (AlertsApp app = load.start(true)) {
            load.awaitEnd(app);
            before = load.told();
            load.log.tick(broker.bootstrapServers(), end.plusSeconds(10));
            load.progress.awaitCommitted(GroupProgress.ends(admin, load.partitions(load.topics.workflowInputs())), LIMIT, () -> load.assertRuns(app));
        }
        // Then
        assertThat(before.notices()).isEmpty();
        Told late = load.told();
        assertThat(late.events()).isEqualTo(undisturbed.events());
        assertThat(late.worklists().keySet()).isEqualTo(undisturbed.worklists().keySet());
        late.notices().values().forEach(notices -> {
            assertThat(notices).allSatisfy(notice -> assertThat(notice).contains("\"time\": \"" + end));
            assertThat(notices.stream().map(WorkflowRestartIT::alertOf)).doesNotHaveDuplicates();
        });
        assertThat(late.notices().values().stream().mapToInt(List::size).sum()).isPositive()
                .isLessThan(undisturbed.notices().values().stream().mapToInt(List::size).sum() / 4);
    }

    private static String alertOf(String notice) {
        int at = notice.indexOf("\"alertId\": \"");
        return notice.substring(at, notice.indexOf(',', at));
    }

    /** The log under a prefix of its own, and the application that reads it. */
    private final class Load {

        private final Topics topics;
        private final String application;
        private final Path state;
        private final GroupProgress progress;
        private final Map<TopicPartition, Long> ends;
        private final WorkflowLog log;
        private final int records;

        Load(String name) throws ExecutionException, InterruptedException {
            topics = new Topics(name + ".", PARTITIONS);
            application = name + "-alerts";
            state = folder.resolve(application);
            new TopicAdmin(admin, topics, TopicAdmin.Clock.WRITER).apply();
            // A new partition that does not serve yet may refuse a writer's first batch and take the second: then no retry helps.
            GroupProgress.ends(admin, partitions(topics.all()));
            log = new WorkflowLog(topics, ids);
            records = log.write(broker.bootstrapServers(), LENGTH, SEED);
            progress = new GroupProgress(admin, application);
            ends = GroupProgress.ends(admin, partitions(topics.workflowInputs()));
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

        AlertsApp start(boolean catchUp) {
            AlertsConfig config = AlertsConfig.of(broker.bootstrapServers(), topics, state).withApplicationId(application).withKafka(MISSED_SOON);
            AlertsApp app = new AlertsApp(catchUp ? config : config.withoutCatchUp(), ids);
            app.start();
            return app;
        }

        /** The program itself, with the Java and the classes of this test. */
        Process startProcess() throws IOException {
            Path settings = folder.resolve(application + ".properties");
            List<String> lines = new ArrayList<>(List.of("alerts.application-id=" + application, "alerts.catch-up=false"));
            MISSED_SOON.forEach((name, value) -> lines.add("kafka." + name + "=" + value));
            Files.write(settings, lines);
            return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC",
                    "-cp", System.getProperty("java.class.path"), Vitaltwin.class.getName(), "run", "alerts",
                    "--bootstrap-server", broker.bootstrapServers(), "--prefix", topics.prefix(), "--state-dir", state.toString(),
                    "--config", settings.toString())
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile())).start();
        }

        private Path output() {
            return folder.resolve(application + ".log");
        }

        private String said() {
            try {
                return Files.readString(output());
            } catch (IOException e) {
                return "nothing that can be read: " + e;
            }
        }

        long behind() throws InterruptedException {
            return progress.behind(ends);
        }

        void awaitMiddle(Runnable stillAlive) {
            await().atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).until(() -> {
                stillAlive.run();
                return behind() < records * (100L - MIDDLE) / 100;
            });
        }

        void awaitEnd(AlertsApp app) throws InterruptedException {
            progress.awaitCommitted(ends, LIMIT, () -> assertRuns(app));
        }

        void assertRuns(AlertsApp app) {
            assertThat(app.failure()).isEmpty();
        }

        void assertRuns(Process process) {
            assertThat(process.isAlive()).as(() -> "the program runs; it said: " + said()).isTrue();
        }

        Told told() {
            String servers = broker.bootstrapServers();
            Map<String, String> newest = new TreeMap<>();
            log.committed(servers, topics.worklist()).forEach((patient, items) -> newest.put(patient, items.getLast()));
            newest.values().removeIf("null"::equals);
            return new Told(log.committed(servers, topics.alertWorkflow()), log.committed(servers, topics.notifications()), newest);
        }
    }
}
