package io.vitaltwin.testbench.scenario;

import picocli.CommandLine.Command;

/** Scenarios: small stories with what must come of them. */
@Command(name = "scenarios", description = "Plays scenario files through the whole topology.", mixinStandardHelpOptions = true,
        subcommands = ScenariosRunCommand.class, synopsisSubcommandLabel = "COMMAND")
public final class ScenariosCommand {
}
