package io.vitaltwin.testbench.bench;

import io.vitaltwin.testbench.bench.cohort.CohortCommand;
import picocli.CommandLine.Command;

/** Benchmarks, each a command of its own. */
@Command(name = "bench", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "NAME", description = "Measures what this machine can do.",
        subcommands = {CohortCommand.class, ThroughputCommand.class})
public final class BenchCommand {
}
