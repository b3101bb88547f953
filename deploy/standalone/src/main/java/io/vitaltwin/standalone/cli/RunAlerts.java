package io.vitaltwin.standalone.cli;

import ch.qos.logback.classic.Logger;
import io.vitaltwin.alerts.AlertsApp;
import io.vitaltwin.alerts.AlertsConfig;
import io.vitaltwin.alerts.web.ServerSettings;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.privacy.VaultProblem;
import io.vitaltwin.standalone.KafkaCalls;
import io.vitaltwin.standalone.input.NotifyInput;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** The workflow of alerts against a cluster. */
@Command(name = "alerts", mixinStandardHelpOptions = true,
        description = {"The workflow of alerts: worklist, escalation, planned notifications. The twin's ticks are its clock.",
                "Prints one line when it runs; ends with Ctrl-C or SIGTERM, or with exit code 1 when it dies."},
        footer = {"", "An information system about alarms: not a medical device and not a primary alarm."})
final class RunAlerts implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofMillis(100);

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--state-dir", paramLabel = "DIR", description = "Where the state is kept. It can be rebuilt from the cluster. Default: state/alerts.")
    private @Nullable Path stateDir;

    @Option(names = "--threads", paramLabel = "N", description = "Stream threads. Default: 1.")
    private @Nullable Integer threads;

    @Option(names = "--config", paramLabel = "FILE",
            description = "Properties: alerts.state-dir, alerts.threads, alerts.application-id, alerts.catch-up (false: tell every step at its own time, "
                    + "however long ago), alerts.console.enabled, .port, .host, .accounts, .allowed-hosts, .trust-forwarded-proto and .oidc.*, privacy.encryption, privacy.keys, privacy.master-key-file, and kafka.NAME for Kafka's own settings. Options of the command line win.")
    private @Nullable Path config;

    @Option(names = "--notify", paramLabel = "FILE",
            description = "YAML or JSON with the channels and contacts that planned notifications are delivered by. Without it nobody is told.")
    private @Nullable Path notify;

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Override
    public Integer call() {
        // A service says that it lost its broker; a short command has said so already.
        if (LoggerFactory.getLogger(NetworkClient.class) instanceof Logger logger) {
            logger.setLevel(null);
        }
        AlertsConfig settings = AlertsSettings.of(cluster, config, stateDir, threads);
        requireTopics(settings);
        Optional<NotifyInput> how = Optional.ofNullable(notify).map(Delivering::read);
        Optional<ServerSettings> served = console.settings(config);
        try (AlertsApp app = start(settings); Delivering delivering = how.map(input -> Delivering.start(cluster, settings, input)).orElseGet(Delivering::none);
                Serving serving = served.map(server -> Serving.start(cluster, settings, server)).orElseGet(Serving::none)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(app, delivering, serving), "stop-alerts"));
            watch(app, delivering, serving, settings);
            return ExitCodes.DONE;
        }
    }

    private static void stop(AlertsApp app, Delivering delivering, Serving serving) {
        serving.close();
        delivering.close();
        app.close();
    }

    private AlertsApp start(AlertsConfig settings) {
        try {
            AlertsApp app = new AlertsApp(settings, cluster.schemaIds());
            app.start();
            return app;
        } catch (KafkaException | IllegalArgumentException | IllegalStateException | VaultProblem e) {
            throw CliException.failed("the workflow of alerts cannot start: " + e.getMessage(), e);
        }
    }

    private void watch(AlertsApp app, Delivering delivering, Serving serving, AlertsConfig settings) {
        boolean said = false;
        while (app.failure().isEmpty() && delivering.failure().isEmpty() && serving.failure().isEmpty()) {
            KafkaStreams.State state = app.state();
            if (state == KafkaStreams.State.RUNNING && !said) {
                said = true;
                sayRunning(settings);
            }
            if (state == KafkaStreams.State.NOT_RUNNING) {
                return;
            }
            if (state == KafkaStreams.State.ERROR) {
                break;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        Throwable cause = app.failure().or(delivering::failure).or(serving::failure).orElseGet(() -> new IllegalStateException("Kafka Streams gave up"));
        throw CliException.failed("the workflow of alerts died: " + cause.getClass().getSimpleName() + "; --debug shows where", cause);
    }

    private void sayRunning(AlertsConfig settings) {
        if (cluster.json()) {
            cluster.printJson(Map.of("state", "RUNNING", "applicationId", settings.applicationId(), "bootstrapServer", settings.bootstrapServers()));
        } else {
            cluster.out().println("alerts runs: application " + settings.applicationId() + " at " + settings.bootstrapServers());
        }
        cluster.out().flush();
    }

    private void requireTopics(AlertsConfig settings) {
        try (Admin admin = cluster.admin()) {
            Set<String> found = KafkaCalls.await(admin.listTopics().names());
            List<String> missing = settings.topics().all().stream().map(Topic::name).filter(name -> !found.contains(name)).toList();
            if (!missing.isEmpty()) {
                throw CliException.failed(missing.size() + " topics are missing at " + cluster.bootstrapServer() + ", such as " + missing.getFirst()
                        + "; './vitaltwin topics apply' makes them");
            }
        }
    }
}
