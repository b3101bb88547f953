package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.KafkaCalls;
import io.vitaltwin.standalone.replay.ReplayFailed;
import io.vitaltwin.standalone.replay.ReplayRecord;
import io.vitaltwin.standalone.replay.ReplayRequest;
import io.vitaltwin.standalone.replay.ReplayResult;
import io.vitaltwin.standalone.replay.ReplayRun;
import io.vitaltwin.standalone.replay.ReplayStore;
import io.vitaltwin.twin.TwinConfig;
import io.vitaltwin.twin.adapter.RuleSetProblem;
import io.vitaltwin.twin.replay.ShadowApp;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/** The twin once more over a part of the log, beside the one that runs. */
@Command(name = "replay", mixinStandardHelpOptions = true,
        description = {"Runs the twin once more over a part of the log. What it raises goes to topics of its own, PREFIXshadow.NAME.*, and to no person."
                + " Ends by itself. Interrupted, the same command goes on.",
            "It asks the consents that are known today (--consent now). Only an audit asks those that were known then, for a purpose and an actor of its own."
                + " Either is written into the patients' logs of disclosures.",
            "Exit 0: finished, now or before. 1: failed. 2: wrong call."},
        subcommands = {ReplayCommand.ListAll.class, ReplayCommand.Remove.class})
final class ReplayCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private ViewerOptions viewer = new ViewerOptions();

    @Option(names = "--from", paramLabel = "TIME", description = "Begin of the range, included: when the broker took the records. Needed.")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "End of the range, excluded. Needed.")
    private @Nullable Instant to;

    @Option(names = "--into", paramLabel = "NAME", description = "Name of the replay: letters a-z, digits, hyphens. Needed.")
    private @Nullable String name;

    @Option(names = "--patient", paramLabel = "PATIENT", description = "This patient only. May be given several times. Default: all.")
    private List<String> patients = List.of();

    @Option(names = "--rules", paramLabel = "FILE", description = "Rule set file. Default: the rule set that comes with the program.")
    private @Nullable Path rules;

    @Option(names = "--consent", paramLabel = "now|audit", defaultValue = "now",
            description = "Consents known today, or those known then; audit needs --purpose and --actor. Default: ${DEFAULT-VALUE}.")
    private ReplayRequest.Consents consents = ReplayRequest.Consents.NOW;

    @Option(names = "--warm-up", paramLabel = "DURATION", converter = Spans.DurationText.class,
            description = "How long before --from the state begins to be made. Default: 28d, the longest baseline.")
    private Duration warmUp = ShadowApp.LONGEST_BASELINE;

    @Option(names = "--threads", paramLabel = "N", description = "Stream threads. Default: 1.")
    private @Nullable Integer threads;

    @Option(names = "--state-dir", paramLabel = "DIR", description = "Where the state is kept until the end. Default: state/replay.")
    private @Nullable Path stateDir;

    @Option(names = "--config", paramLabel = "FILE", description = "Properties as for 'run twin'. Options of the command line win.")
    private @Nullable Path config;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        TwinConfig twin = TwinSettings.of(cluster, config, stateDir == null && config == null ? ReplayCommand.Remove.STATE : stateDir, threads, rules);
        print(run(request(twin), twin));
        return ExitCodes.DONE;
    }

    private ReplayResult run(ReplayRequest request, TwinConfig twin) {
        try (Admin admin = cluster.admin(); ReplayBar bar = ReplayBar.of(cluster, request.name())) {
            TwinConfig sized = new TwinConfig(twin.applicationId(), twin.bootstrapServers(), new Topics(twin.topics().prefix(), partitions(admin)), twin.stateDir(),
                    twin.threads(), twin.tickInterval(), twin.ruleSet(), twin.snapshotInterval(), twin.kafka());
            return new ReplayRun(admin, store(cluster, admin, sized.topics()), request, sized, cluster.schemaIds(), InstantSource.system(), bar).run();
        } catch (ReplayFailed | RuleSetProblem | KafkaException | IllegalStateException e) {
            throw CliException.failed(String.valueOf(e.getMessage()), e);
        }
    }

    private ReplayRequest request(TwinConfig twin) {
        if (from == null || to == null || name == null) {
            throw CliException.wrongCall("a replay needs --from TIME, --to TIME and --into NAME; 'replay list' shows those that there are");
        }
        if (consents == ReplayRequest.Consents.AUDIT && !(isGiven("--purpose") && isGiven("--actor"))) {
            throw CliException.wrongCall("--consent audit asks consents that may have ended since: say for what with --purpose and for whom with --actor");
        }
        SortedSet<String> chosen = new TreeSet<>();
        patients.forEach(patient -> chosen.add(cluster.privacy().onTopics(patient)));
        try {
            return new ReplayRequest(name, from, to, warmUp, chosen, twin.ruleSet(), consents, viewer.viewer());
        } catch (IllegalArgumentException e) {
            throw CliException.wrongCall(String.valueOf(e.getMessage()), e);
        }
    }

    private boolean isGiven(String option) {
        return spec != null && spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    /** As many as the cluster has: not everybody takes the default. */
    private int partitions(Admin admin) {
        String readings = cluster.topics().readings().name();
        try {
            return KafkaCalls.await(admin.describeTopics(List.of(readings)).allTopicNames()).get(readings).partitions().size();
        } catch (UnknownTopicOrPartitionException e) {
            throw CliException.failed("topic " + readings + " does not exist at " + cluster.bootstrapServer() + "; check --prefix", e);
        }
    }

    private static ReplayStore store(ClusterOptions cluster, Admin admin) {
        return store(cluster, admin, cluster.topics());
    }

    private static ReplayStore store(ClusterOptions cluster, Admin admin, Topics topics) {
        return new ReplayStore(admin, topics, cluster.writerProperties(), cluster.readerProperties());
    }

    private void print(ReplayResult result) {
        ReplayRecord record = result.record();
        if (cluster.json()) {
            ObjectNode line = json(record);
            line.put("alreadyFinished", result.alreadyFinished());
            line.put("records", result.records());
            line.put("seconds", result.took().toMillis() / 1000.0);
            line.put("timesRealTime", Math.round(result.timesRealTime() * 10) / 10.0);
            cluster.printJson(line);
        } else if (result.alreadyFinished()) {
            cluster.out().println("replay " + record.name() + " is finished since " + record.finished() + ", alert events: " + record.alertEvents());
        } else {
            cluster.out().println(String.format(Locale.ROOT, "replay %s: %,d records in %.1f s, %.0f times as fast as they came; alert events: %d on %s",
                    record.name(), result.records(), result.took().toMillis() / 1000.0, result.timesRealTime(), record.alertEvents(),
                    cluster.topics().shadow(record.name()).alerts().name()));
        }
    }

    private static ObjectNode json(ReplayRecord record) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("name", record.name());
        line.put("state", record.state().name());
        record.parameters().forEach((option, value) -> line.put(option.replace("--", ""), value));
        line.set("starts", line.arrayNode().addAll(record.starts().stream().map(line::textNode).toList()));
        line.put("finished", record.finished());
        line.put("alertEvents", record.alertEvents());
        return line;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Replays, what each was asked and how far it is. Names no patient.")
    static final class ListAll implements Callable<Integer> {

        @Mixin
        private ClusterOptions cluster = new ClusterOptions();

        @Override
        public Integer call() {
            try (Admin admin = cluster.admin()) {
                store(cluster, admin).list().forEach(this::print);
                return ExitCodes.DONE;
            } catch (ReplayFailed | KafkaException e) {
                throw CliException.failed(String.valueOf(e.getMessage()), e);
            }
        }

        private void print(ReplayRecord record) {
            if (cluster.json()) {
                cluster.printJson(json(record));
                return;
            }
            String state = record.state() == ReplayRecord.State.FINISHED ? "finished " + record.finished() + ", alert events: " + record.alertEvents()
                    : "not finished: the same command goes on";
            cluster.out().println(record.name() + "  " + record.from() + " to " + record.to() + "  consent " + record.parameter("--consent") + ", for "
                    + record.parameter("--purpose") + " by " + record.parameter("--actor") + "  rules " + record.parameter("--rules") + "  patients "
                    + record.parameter("--patient") + "  " + state);
        }
    }

    @Command(name = "rm", mixinStandardHelpOptions = true,
            description = {"Removes a replay: its topics, its group, and its state on this machine.", "Exit 0: nothing is left. 1: there was none, or it runs."})
    static final class Remove implements Callable<Integer> {

        static final Path STATE = Path.of("state", "replay");

        @Mixin
        private ClusterOptions cluster = new ClusterOptions();

        @Parameters(index = "0", paramLabel = "NAME", description = "Name of the replay.")
        private String name = "";

        @Option(names = "--state-dir", paramLabel = "DIR", description = "Where its state was kept. Default: state/replay.")
        private Path stateDir = STATE;

        @Override
        public Integer call() {
            try (Admin admin = cluster.admin()) {
                ReplayRequest.checkName(name);
                boolean removed = store(cluster, admin).remove(name);
                removed |= ReplayStore.removeState(stateDir, cluster.topics(), name);
                if (!removed) {
                    throw CliException.failed("there is no replay " + name + "; './vitaltwin replay list' shows all");
                }
                return ExitCodes.DONE;
            } catch (IllegalArgumentException e) {
                throw CliException.wrongCall(String.valueOf(e.getMessage()), e);
            } catch (ReplayFailed | KafkaException e) {
                throw CliException.failed(String.valueOf(e.getMessage()), e);
            }
        }
    }
}
