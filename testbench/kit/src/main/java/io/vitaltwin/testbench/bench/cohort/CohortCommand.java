package io.vitaltwin.testbench.bench.cohort;

import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.standalone.cli.ExitCodes;
import io.vitaltwin.standalone.cli.OutputOptions;
import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.core.rules.RuleSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Simulated people through the pure core, held against their truth. */
@Command(name = "cohort", mixinStandardHelpOptions = true, sortOptions = false,
        description = "The rules on simulated people whose truth is known: alerts a month, false and missed ones, delays, fairness between groups. "
                + "Ends with 1 when a limit is broken.")
public final class CohortCommand implements Callable<Integer> {

    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final int LEAST_DAYS = 3;
    private static final int TENTHS = 10;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the report to this file.")
    private @Nullable Path file;

    @Option(names = "--patients", paramLabel = "N", defaultValue = "1000", description = "Default: ${DEFAULT-VALUE}.")
    private int patients;

    @Option(names = "--days", paramLabel = "N", defaultValue = "30", description = "At least 3. Default: ${DEFAULT-VALUE}.")
    private int days;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Decides everything. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "0",
            description = "The result is the same for any number. Default: one for each core.")
    private int threads;

    @Option(names = "--rules", paramLabel = "FILE", description = "Another rule set than the one that comes with the program.")
    private @Nullable Path rules;

    /** Whose limits hold. */
    enum Limits { own, rules }

    @Option(names = "--limits", paramLabel = "WHOSE", defaultValue = "own", description = "own: low saturation is judged by each person's own usual value, as a "
            + "care team sets it; rules: everybody has the numbers of the rule set. Default: ${DEFAULT-VALUE}.")
    private Limits limits = Limits.own;

    @Override
    public Integer call() throws Exception {
        if (patients < TENTHS || days < LEAST_DAYS || threads < 0) {
            throw CliException.wrongCall("--patients must be at least 10, --days at least 3 and --threads at least 0, found " + patients + ", "
                    + days + " and " + threads);
        }
        RuleSet ruleSet = rules == null ? RuleSetFile.bundled() : RuleSetFile.read(rules);
        int workers = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        List<PatientResult> results = new CohortRun(seed, patients, days, START, ruleSet, limits == Limits.own)
                .run(workers, progress());
        String whose = ruleSet.version() + (limits == Limits.own ? ", limits of low saturation by person" : "");
        return print(CohortReport.of(new CohortReport.Settings(seed, patients, days, whose), results, START.toEpochMilli()));
    }

    private IntConsumer progress() {
        AtomicInteger done = new AtomicInteger();
        int step = Math.max(1, patients / TENTHS);
        return patient -> {
            int count = done.incrementAndGet();
            if (count % step == 0) {
                output.err().println(count + " of " + patients + " patients");
                output.err().flush();
            }
        };
    }

    private int print(CohortReport report) throws IOException {
        if (output.json()) {
            output.printJson(report);
        } else {
            CohortText.lines(report).forEach(output.out()::println);
        }
        if (file != null) {
            Files.writeString(file, CohortText.json(report) + System.lineSeparator());
        }
        report.broken().forEach(limit -> output.err().println("vitaltwin: limit broken: " + limit.name()));
        output.err().flush();
        return report.broken().isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
}
