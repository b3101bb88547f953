package io.vitaltwin.testbench.demo;

import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.standalone.cli.ExitCodes;
import io.vitaltwin.standalone.cli.OutputOptions;
import io.vitaltwin.standalone.cli.Spans;
import io.vitaltwin.testbench.kafka.Folders;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Everything at once on this machine. */
@Command(name = "demo", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Plays real glucose traces and simulated patients through a broker, a twin, the workflow of alerts and the console on this machine.",
        footer = {"", "An information system about alarms: not a medical device and not a primary alarm."})
public final class DemoCommand implements Callable<Integer> {

    /** Whether records are sealed. */
    enum Encryption { on, off }

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--port", paramLabel = "N", defaultValue = "0", description = "Port of the broker on 127.0.0.1; the console is at the next. Default: free ones.")
    private int port;

    @Option(names = "--data", paramLabel = "DIR", description = "Also play every glucose file (timestamp,glucose_value_mg_dl) of this folder.")
    private @Nullable Path data;

    @Option(names = "--speed", paramLabel = "X", defaultValue = "300", description = "How much faster than real time. Default: ${DEFAULT-VALUE}.")
    private double speed;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Decides what the simulated patients do. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--worklist",
            description = "Has no effect any more: the workflow of alerts always runs, with the console.", hidden = true)
    private boolean worklist;

    @Option(names = "--for", paramLabel = "DURATION", converter = Spans.DurationText.class,
            description = "Stop after so much real time (60s, 5m, PT1M) and print a summary in JSON. Default: until Ctrl-C.")
    private @Nullable Duration length;

    @Option(names = "--encryption", paramLabel = "on|off", defaultValue = "off",
            description = "Seal records under a key for each patient, in a folder that the demo makes. Default: ${DEFAULT-VALUE}.")
    private Encryption encryption = Encryption.off;

    @Option(names = "--headless", description = "No live table, also on a terminal, and no sign-in to the console: only its address.")
    private boolean headless;

    @Override
    public Integer call() throws Exception {
        DemoSettings settings = settings();
        Instant since = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        // The signal holds the JVM until the folder is gone, too.
        try (var stop = new StopSignal()) {
            Optional<Summary> summary = play(settings, since, stop);
            return settings.length().isPresent() && summary.isPresent() ? report(summary.get()) : ExitCodes.DONE;
        }
    }

    private Optional<Summary> play(DemoSettings settings, Instant since, StopSignal stop) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("vitaltwin-demo-");
        try {
            return new Demo(settings, InstantSource.system(), output.err(), screen(output.err()), stop::isRequested, !headless).run(folder, since);
        } finally {
            Folders.delete(folder);
        }
    }

    private DemoSettings settings() {
        try {
            return new DemoSettings(port, Optional.ofNullable(data), speed, seed, true, Optional.ofNullable(length), encryption == Encryption.on);
        } catch (IllegalArgumentException e) {
            throw CliException.wrongCall(String.valueOf(e.getMessage()), e);
        }
    }

    private Screen screen(PrintWriter err) {
        // A console exists only when nothing is redirected, so that a pipe never sees the codes that move the cursor.
        boolean terminal = System.console() != null && !"dumb".equals(System.getenv("TERM"));
        return terminal && !headless ? new LiveTable(err, columns()) : new PlainLines(err);
    }

    private static int columns() {
        String columns = System.getenv("COLUMNS");
        return columns != null && columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : 100;
    }

    private int report(Summary summary) {
        List<String> problems = summary.problems();
        problems.forEach(problem -> output.err().println("vitaltwin: the demo does not add up: " + problem));
        output.err().flush();
        output.out().println(summary.toJson());
        return problems.isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
}
