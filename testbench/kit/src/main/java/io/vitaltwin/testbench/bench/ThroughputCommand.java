package io.vitaltwin.testbench.bench;

import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.Version;
import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.standalone.cli.ExitCodes;
import io.vitaltwin.standalone.cli.OutputOptions;
import io.vitaltwin.testbench.kafka.Folders;
import io.vitaltwin.twin.TwinConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Readings a second of the whole topology beside two floors. */
@Command(name = "throughput", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Readings a second of the whole topology, and of two bare stream programs on the same topic, with a broker of its own. "
                + "Ends with 1 when the state of a twin is too large.")
public final class ThroughputCommand implements Callable<Integer> {

    /** Whether records are sealed. */
    enum Encryption { on, off }

    private static final List<Integer> BATCHES = List.of(1, 10);
    private static final int QUICK_PATIENTS = 10_000;
    private static final long QUICK_READINGS = 100_000;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the report to this file.")
    private @Nullable Path file;

    @Option(names = "--readings", paramLabel = "N", description = "Readings for each batch size. Default: 1000000, quick 100000.")
    private @Nullable Long readings;

    @Option(names = "--patients", paramLabel = "N", description = "Patients with five vitals each. Default: 100000, quick 10000.")
    private @Nullable Integer patients;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1", description = "Stream threads. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Decides the values. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--encryption", paramLabel = "on|off", defaultValue = "off",
            description = "Seal records and changelogs under a key for each patient. Default: ${DEFAULT-VALUE}.")
    private Encryption encryption = Encryption.off;

    @Option(names = "--quick", description = "A tenth of everything: shows that it works, not how fast.")
    private boolean quick;

    @Override
    public Integer call() throws Exception {
        List<ThroughputReport.Result> results = new ArrayList<>();
        List<TwinSizes> sizes = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Cohort cohort : BATCHES.stream().map(this::cohort).toList()) {
            Throughput.Outcome outcome = measure(cohort);
            results.add(outcome.result());
            sizes.add(outcome.twins());
            if (outcome.twins().applied() != outcome.result().readings()) {
                problems.add("batches of " + cohort.batch() + ": " + outcome.twins().applied() + " readings were applied, not "
                        + outcome.result().readings());
            }
        }
        ThroughputReport report = new ThroughputReport("throughput", Version.current(), Machine.here(), Machine.versions(), settings(), results,
                stateBytes(sizes, settled()));
        problems.addAll(report.problems());
        return print(report, problems);
    }

    private Throughput.Outcome measure(Cohort cohort) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("vitaltwin-bench-");
        try {
            return Throughput.measure(folder, threads, cohort, readings() / cohort.batch(), encryption == Encryption.on, this::progress);
        } finally {
            Folders.delete(folder);
        }
    }

    private Cohort cohort(int batch) {
        try {
            if (readings() < batch) {
                throw new IllegalArgumentException("--readings must be at least " + batch + ", found " + readings());
            }
            return new Cohort(patients(), batch, seed, Throughput.STORY_START);
        } catch (IllegalArgumentException e) {
            throw CliException.wrongCall(String.valueOf(e.getMessage()), e);
        }
    }

    private int patients() {
        return patients != null ? patients : quick ? QUICK_PATIENTS : 10 * QUICK_PATIENTS;
    }

    private long readings() {
        return readings != null ? readings : quick ? QUICK_READINGS : 10 * QUICK_READINGS;
    }

    private void progress(String step) {
        output.err().println(step);
        output.err().flush();
    }

    private ThroughputReport.Settings settings() {
        var properties = TwinConfig.of("unused:0", Topics.defaults(), Path.of("unused")).streamsProperties();
        return new ThroughputReport.Settings(patients(), Cohort.VITALS, readings(), seed, Topics.DEFAULT_PARTITIONS, threads,
                String.valueOf(properties.get("processing.guarantee")), Long.parseLong(String.valueOf(properties.get("commit.interval.ms"))),
                String.valueOf(properties.getOrDefault("producer.compression.type", properties.getOrDefault("compression.type", "none"))),
                encryption.name(), "same JVM");
    }

    private TwinSizes settled() throws IOException {
        progress("sizes of twins with a long history");
        Path folder = Files.createTempDirectory("vitaltwin-bench-");
        try {
            return SettledTwins.measure(folder, seed);
        } finally {
            Folders.delete(folder);
        }
    }

    private static ThroughputReport.StateBytes stateBytes(List<TwinSizes> sizes, TwinSizes settled) {
        int max = sizes.stream().mapToInt(TwinSizes::maxStateBytes).max().orElse(0);
        double mean = sizes.stream().mapToDouble(TwinSizes::meanStateBytes).average().orElse(0);
        int twins = sizes.stream().mapToInt(TwinSizes::twins).min().orElse(0);
        return new ThroughputReport.StateBytes(Math.max(max, settled.maxStateBytes()), tenths(mean), ThroughputReport.STATE_LIMIT, twins,
                Cohort.VITALS.size(), new ThroughputReport.Settled(settled.twins(), SettledTwins.SAMPLES, settled.maxStateBytes(),
                        tenths(settled.meanStateBytes())));
    }

    private static double tenths(double value) {
        return Math.rint(value * 10) / 10;
    }

    private int print(ThroughputReport report, List<String> problems) throws IOException {
        String json = report.toJson();
        output.out().println(json);
        if (file != null) {
            Files.writeString(file, json + System.lineSeparator());
        }
        problems.forEach(problem -> output.err().println("vitaltwin: " + problem));
        output.err().flush();
        return problems.isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
}
