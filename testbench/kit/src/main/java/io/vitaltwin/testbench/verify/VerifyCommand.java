package io.vitaltwin.testbench.verify;

import picocli.CommandLine.Command;

/** Checks of what was told against what it rests on. */
@Command(name = "verify", description = "Checks that what was told can be derived again.", mixinStandardHelpOptions = true,
        subcommands = VerifyAlertsCommand.class, synopsisSubcommandLabel = "COMMAND")
public final class VerifyCommand {
}
