package io.vitaltwin.testbench.bench;

import io.vitaltwin.testbench.bench.af.AfCommand;
import io.vitaltwin.testbench.bench.baseline.BaselineCommand;
import io.vitaltwin.testbench.bench.cohort.CohortCommand;
import io.vitaltwin.testbench.bench.forecast.ForecastCommand;
import io.vitaltwin.testbench.bench.ward.WardCommand;
import io.vitaltwin.testbench.bench.wearable.WearableCommand;
import io.vitaltwin.testbench.proof.ConsentProofCommand;
import picocli.CommandLine.Command;

/** Benchmarks, each a command of its own. */
@Command(name = "bench", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "NAME",
        description = "Measures what this machine can do, and how well the twin does on real people.",
        subcommands = {
            ThroughputCommand.class,
            QueryCommand.class,
            ReplayBenchCommand.class,
            ForecastCommand.class,
            WardCommand.class,
            WearableCommand.class,
            AfCommand.class,
            BaselineCommand.class,
            CohortCommand.class,
            ConsentProofCommand.class,
        })
public final class BenchCommand {
}
