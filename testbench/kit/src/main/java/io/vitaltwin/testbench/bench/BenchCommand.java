package io.vitaltwin.testbench.bench;

import io.vitaltwin.testbench.bench.cohort.CohortCommand;
import picocli.CommandLine.Command;

/** Benchmarks, each a command of its own. */
@Command(name = "bench", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "NAME",
        description = "Measures what this machine can do, and how well the twin does on real people.",
        subcommands = {
            ThroughputCommand.class,
            CohortCommand.class,
        })
public final class BenchCommand {
}
