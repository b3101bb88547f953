package io.vitaltwin.testbench.bench;

import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.standalone.cli.ExitCodes;
import io.vitaltwin.testbench.bench.QueryBench.Outcome;
import io.vitaltwin.testbench.bench.QueryBench.Run;
import io.vitaltwin.testbench.kafka.Folders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** How quick answers are, and what they cost the readings. */
@Command(name = "query", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Point queries at half load, what 1,000 of them a second cost the readings, and how quick a course of readings is; broker, twin, API and those "
                + "who ask are in one JVM. Ratios within the run are what counts. Ends with 1 when a goal is missed.")
public final class QueryCommand implements Callable<Integer> {

    /** The goals of the design: p99 of a point query, and what questions may cost the readings. */
    private static final double MOST_MILLIS = 5;
    private static final double MOST_COST = 0.05;
    private static final int BATCH = 10;

    @Mixin
    private ReportOptions options = new ReportOptions();

    @Option(names = "--patients", paramLabel = "N", defaultValue = "1000", description = "Patients with five vitals each. Default: ${DEFAULT-VALUE}.")
    private int patients;

    @Option(names = "--readings", paramLabel = "N", defaultValue = "1000000", description = "Readings in each run. Default: ${DEFAULT-VALUE}.")
    private long readings;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "20", description = "At half load, for each way of asking. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Decides values and questions. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() throws Exception {
        if (readings < BATCH || seconds < 1) {
            throw CliException.wrongCall("--readings must be at least " + BATCH + " and --seconds at least 1");
        }
        Path folder = Files.createTempDirectory("vitaltwin-bench-");
        try {
            Outcome outcome = QueryBench.measure(folder, cohort(), readings / BATCH, Duration.ofSeconds(seconds), options::progress);
            options.print(report(outcome));
            List<String> missed = missed(outcome);
            missed.forEach(options::complain);
            return missed.isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
        } finally {
            Folders.delete(folder);
        }
    }

    private Cohort cohort() {
        try {
            return new Cohort(patients, BATCH, seed, Throughput.STORY_START);
        } catch (IllegalArgumentException e) {
            throw CliException.wrongCall(String.valueOf(e.getMessage()), e);
        }
    }

    static List<String> missed(Outcome outcome) {
        List<String> missed = new java.util.ArrayList<>();
        if (outcome.http().p99() >= MOST_MILLIS) {
            missed.add(text("a point query takes %.1f ms (p99) at half load; the goal is less than %.0f", outcome.http().p99(), MOST_MILLIS));
        }
        double cost = outcome.cost("http", Run::cpuSeconds);
        if (cost >= MOST_COST) {
            missed.add(text("1,000 queries a second cost the stream threads %.1f %% more CPU for the same readings; the goal is less than %.0f", 100 * cost, 100 * MOST_COST));
        }
        outcome.runs().stream().filter(run -> run.asked() > 0 && run.unanswered() > run.asked() / 10)
                .forEach(run -> missed.add(run.unanswered() + " of " + run.asked() + " questions (" + run.questions() + ") got no answer"));
        return missed;
    }

    private Report report(Outcome outcome) {
        Report report = Report.of("query").put("patients", patients).put("seed", seed).put("readings", outcome.readings()).put("runs", outcome.runs())
                .put("timeCostOfStoreQueries", outcome.cost("store", Run::seconds)).put("cpuCostOfStoreQueries", outcome.cost("store", Run::cpuSeconds))
                .put("timeCostOfHttpQueries", outcome.cost("http", Run::seconds)).put("cpuCostOfHttpQueries", outcome.cost("http", Run::cpuSeconds))
                .put("halfLoadReadingsPerSecond", outcome.halfRate()).put("storeAtHalfLoadMillis", outcome.store()).put("httpAtHalfLoadMillis", outcome.http())
                .put("history", outcome.history());
        report.heading("The same " + outcome.readings() + " readings with and without 1,000 questions a second");
        for (Run run : outcome.runs()) {
            report.say(text("%-6s %7.1f s  %7.1f s CPU of stream threads  %d asked, %d without answer", run.questions(), run.seconds(), run.cpuSeconds(), run.asked(),
                    run.unanswered()));
        }
        report.say(text("store: %+.1f %% time, %+.1f %% CPU; HTTP with consent: %+.1f %% time, %+.1f %% CPU", 100 * outcome.cost("store", Run::seconds),
                100 * outcome.cost("store", Run::cpuSeconds), 100 * outcome.cost("http", Run::seconds), 100 * outcome.cost("http", Run::cpuSeconds)));
        report.heading(text("100 questions a second at half load (%.0f readings/s)", outcome.halfRate()));
        latency(report, "store", outcome.store());
        latency(report, "HTTP", outcome.http());
        report.heading("A course of readings");
        QueryBench.History history = outcome.history();
        report.say(text("first question %.0f ms over %d records of the partition (%.0f a second), the next %.1f ms, %d points", history.firstMillis(),
                history.recordsOfPartition(), history.recordsPerSecond(), history.nextMillis(), history.points()));
        return report;
    }

    private static void latency(Report report, String name, Asker.Latency latency) {
        report.say(text("%-6s p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, most %.1f ms; %d asked, %d without answer", name, latency.p50(), latency.p99(), latency.p999(),
                latency.most(), latency.asked(), latency.unanswered()));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
