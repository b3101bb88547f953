package io.vitaltwin.testbench.bench;

import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.BrokerSettings;
import io.vitaltwin.standalone.EmbeddedBroker;
import io.vitaltwin.standalone.TopicAdmin;
import io.vitaltwin.standalone.Version;
import io.vitaltwin.standalone.cli.ExitCodes;
import io.vitaltwin.standalone.cli.OutputOptions;
import io.vitaltwin.standalone.replay.ReplayProgress;
import io.vitaltwin.standalone.replay.ReplayRequest;
import io.vitaltwin.standalone.replay.ReplayResult;
import io.vitaltwin.standalone.replay.ReplayRun;
import io.vitaltwin.standalone.replay.ReplayStore;
import io.vitaltwin.testbench.kafka.Clients;
import io.vitaltwin.testbench.kafka.Folders;
import io.vitaltwin.twin.TwinConfig;
import io.vitaltwin.twin.core.disclosure.Viewer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/** How much faster than it was written a log is replayed. */
@Command(name = "replay", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Writes hours of many patients' readings, each with five vitals a minute, and replays them, with a broker of its own. Says how many times"
                + " as fast as they came. Ends with 1 below " + ReplayBenchCommand.DEMANDED + " times.")
public final class ReplayBenchCommand implements Callable<Integer> {

    /** Issue 6: of a load of 1,000 patients on two cores. */
    static final int DEMANDED = 20;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--patients", paramLabel = "N", defaultValue = "1000", description = "Default: ${DEFAULT-VALUE}.")
    private int patients;

    @Option(names = "--hours", paramLabel = "N", defaultValue = "6", description = "Length of the log. Default: ${DEFAULT-VALUE}.")
    private int hours;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1", description = "Stream threads. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Decides the values. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("vitaltwin-bench-");
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(folder.resolve("broker")))) {
            ReplayResult result = measure(broker.bootstrapServers(), folder);
            print(result);
            return result.timesRealTime() >= DEMANDED ? ExitCodes.DONE : ExitCodes.FAILED;
        } finally {
            Folders.delete(folder);
        }
    }

    private ReplayResult measure(String bootstrapServers, Path folder) {
        Topics topics = Topics.defaults();
        SchemaIds ids = new BundledSchemaIds();
        Map<String, Object> client = Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        Cohort cohort = new Cohort(patients, Cohort.VITALS.size(), seed, Throughput.STORY_START);
        Instant to = cohort.start().plus(Duration.ofHours(hours));
        try (Admin admin = Admin.create(client)) {
            new TopicAdmin(admin, topics, TopicAdmin.Clock.WRITER).apply();
            try (Producer<String, byte[]> producer = Clients.writer(bootstrapServers)) {
                Loader loader = new Loader(producer, topics, ids, cohort);
                loader.register();
                loader.send((long) patients * (hours * 60L - 1));
            }
            ReplayRequest request = new ReplayRequest("bench", cohort.start(), to, Duration.ZERO, new TreeSet<>(), Optional.empty(),
                    ReplayRequest.Consents.NOW, new Viewer("TREAT", "bench", ""));
            TwinConfig twin = TwinConfig.of(bootstrapServers, topics, folder.resolve("state")).withThreads(threads);
            return new ReplayRun(admin, new ReplayStore(admin, topics, client, client), request, twin, ids, InstantSource.system(), new ReplayProgress() {
                @Override
                public void said(String what) {
                    output.err().println(what);
                }

                @Override
                public void moved(long done, long all) {
                    // The end is what is measured.
                }
            }).run();
        }
    }

    private void print(ReplayResult result) {
        double seconds = result.took().toMillis() / 1000.0;
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("bench", "replay");
        report.put("version", Version.current());
        report.put("patients", patients);
        report.put("hours", hours);
        report.put("threads", threads);
        report.put("seed", seed);
        report.put("records", result.records());
        report.put("readings", (long) patients * (hours * 60L - 1) * Cohort.VITALS.size());
        report.put("seconds", seconds);
        report.put("timesRealTime", Math.round(result.timesRealTime() * 10) / 10.0);
        report.put("machine", Machine.here());
        report.put("versions", Machine.versions());
        if (output.json()) {
            output.printJson(report);
        } else {
            output.out().println(patients + " patients, " + hours + " h, threads: " + threads + ": " + result.records() + " records in " + seconds + " s, "
                    + Math.round(result.timesRealTime()) + " times as fast as they came");
        }
    }
}
