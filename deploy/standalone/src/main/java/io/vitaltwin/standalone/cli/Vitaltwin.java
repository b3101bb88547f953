package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.TrustedRecords;
import io.vitaltwin.standalone.Version;
import io.vitaltwin.standalone.cli.ingest.LoadCommand;
import io.vitaltwin.standalone.cli.ingest.ProduceCommand;
import io.vitaltwin.standalone.cli.rules.RulesCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ServiceLoader;

/** The program. */
@Command(name = "vitaltwin", versionProvider = Vitaltwin.VersionText.class, mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "A live digital twin of every remotely monitored patient, on Kafka Streams.",
        subcommands = {RunCommand.class, TopicsCommand.class, PatientCommand.class, ConsentCommand.class, ProduceCommand.class,
                LoadCommand.class, TailCommand.class, TwinCommand.class, SinkCommand.class, DisclosuresCommand.class, ExportCommand.class, EraseCommand.class,
                RulesCommand.class, ReplayCommand.class, DiffCommand.class, WhatIfCommand.class, UpgradeCommand.class, AlertCommand.class, CareTeamCommand.class,
                NotifyCommand.class, ConsoleCommand.class, StatusCommand.class, DoctorCommand.class, ProcessingCommand.class},
        footer = {"", "An information system about alarms: not a medical device and not a primary alarm."})
public final class Vitaltwin {

    public static void main(String[] args) {
        System.exit(run(args, writer(FileDescriptor.out), writer(FileDescriptor.err)));
    }

    /** Runs one command and returns its exit code. The JVM goes on. */
    public static int run(String[] args, PrintWriter out, PrintWriter err) {
        try {
            return commandLine().setOut(out).setErr(err).execute(args);
        } finally {
            out.flush();
            err.flush();
        }
    }

    static CommandLine commandLine() {
        TrustedRecords.trust();
        CommandLine line = new CommandLine(new Vitaltwin());
        ServiceLoader.load(CommandProvider.class).forEach(provider -> line.addSubcommand(provider.command()));
        return line
                .registerConverter(Duration.class, new Spans.DurationText())
                .registerConverter(Instant.class, new Spans.InstantText())
                .setParameterExceptionHandler(Problems::wrongCall)
                .setExecutionExceptionHandler(Problems::failed)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .setUsageHelpAutoWidth(true);
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    static final class VersionText implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"vitaltwin " + Version.current()};
        }
    }
}
