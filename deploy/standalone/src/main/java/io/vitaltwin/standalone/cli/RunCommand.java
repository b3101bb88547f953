package io.vitaltwin.standalone.cli;

import ch.qos.logback.classic.Logger;
import io.vitaltwin.schemas.privacy.VaultProblem;
import io.vitaltwin.standalone.KafkaCalls;
import io.vitaltwin.twin.TwinApp;
import io.vitaltwin.twin.TwinConfig;
import io.vitaltwin.twin.query.QueryService;
import io.vitaltwin.twin.query.QuerySettings;
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

/** Parts of the system against a cluster. */
@Command(name = "run", mixinStandardHelpOptions = true, description = "One part of the system against a cluster, until it is stopped.",
        subcommands = {RunCommand.Twin.class, RunAlerts.class})
final class RunCommand {

    @Command(name = "twin", mixinStandardHelpOptions = true,
            description = "The twin application. Prints one line when it runs; ends with Ctrl-C or SIGTERM, or with exit code 1 when it dies.")
    static final class Twin implements Callable<Integer> {

        private static final Duration LOOK = Duration.ofMillis(100);

        @Mixin
        private ClusterOptions cluster = new ClusterOptions();

        @Option(names = "--state-dir", paramLabel = "DIR", description = "Where the state is kept. It can be rebuilt from the cluster.")
        private @Nullable Path stateDir;

        @Option(names = "--threads", paramLabel = "N", description = "Stream threads. Default: 1.")
        private @Nullable Integer threads;

        @Option(names = "--rules", paramLabel = "FILE", description = "Rule set file. Default: the rule set that comes with the program.")
        private @Nullable Path rules;

        @Option(names = "--config", paramLabel = "FILE",
                description = "Properties: twin.state-dir, twin.threads, twin.application-id, twin.rule-set, twin.tick-interval, twin.query.tokens-file, privacy.encryption, "
                        + "privacy.keys, privacy.master-key-file, and kafka.NAME for Kafka's own settings. Options of the command line win.")
        private @Nullable Path config;

        @Mixin
        private QueryOptions query = new QueryOptions();

        @Override
        public Integer call() {
            // A service says that it lost its broker; a short command has said so already.
            if (LoggerFactory.getLogger(NetworkClient.class) instanceof Logger logger) {
                logger.setLevel(null);
            }
            TwinConfig plain = TwinSettings.of(cluster, config, stateDir, threads, rules);
            Optional<QuerySettings> asked = query.settings(TwinSettings.tokens(config));
            TwinConfig settings = asked.map(api -> api.over(plain)).orElse(plain);
            requireTopics(settings);
            try (TwinApp app = create(settings);
                    QueryService api = asked.map(where -> QueryOptions.start(app, settings, cluster.schemaIds(), where)).orElse(null)) {
                start(app);
                sayAsked(api, asked);
                Runtime.getRuntime().addShutdownHook(new Thread(app::close, "stop-twin"));
                watch(app, settings);
                return ExitCodes.DONE;
            }
        }

        private TwinApp create(TwinConfig settings) {
            try {
                return new TwinApp(settings, cluster.schemaIds());
            } catch (KafkaException | IllegalArgumentException | VaultProblem e) {
                throw CliException.failed("the twin cannot start: " + e.getMessage(), e);
            }
        }

        private static void start(TwinApp app) {
            try {
                app.start();
            } catch (KafkaException | IllegalStateException e) {
                throw CliException.failed("the twin cannot start: " + e.getMessage(), e);
            }
        }

        private void watch(TwinApp app, TwinConfig settings) {
            boolean said = false;
            while (app.failure().isEmpty()) {
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
            Throwable cause = app.failure().orElseGet(() -> new IllegalStateException("Kafka Streams gave up"));
            throw CliException.failed("the twin died: " + cause.getClass().getSimpleName() + "; --debug shows where", cause);
        }

        private void sayRunning(TwinConfig settings) {
            if (cluster.json()) {
                cluster.printJson(Map.of("state", "RUNNING", "applicationId", settings.applicationId(), "bootstrapServer", settings.bootstrapServers()));
            } else {
                cluster.out().println("twin runs: application " + settings.applicationId() + " at " + settings.bootstrapServers());
            }
            cluster.out().flush();
        }

        private void sayAsked(@Nullable QueryService api, Optional<QuerySettings> asked) {
            if (api != null && !cluster.json()) {
                cluster.out().println("query API: http://" + asked.orElseThrow().host() + ":" + api.port() + "/v1/openapi.yaml");
                cluster.out().flush();
            }
        }

        /** Kafka Streams would wait for a missing topic or die of it with less to say. */
        private void requireTopics(TwinConfig settings) {
            try (Admin admin = cluster.admin()) {
                Set<String> found = KafkaCalls.await(admin.listTopics().names());
                List<String> missing = settings.topics().all().stream().map(topic -> topic.name()).filter(name -> !found.contains(name)).toList();
                if (!missing.isEmpty()) {
                    throw CliException.failed(missing.size() + " topics are missing at " + cluster.bootstrapServer() + ", such as " + missing.getFirst()
                            + "; './vitaltwin topics apply' makes them");
                }
            }
        }
    }
}
