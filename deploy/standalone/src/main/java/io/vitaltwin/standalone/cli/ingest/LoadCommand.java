package io.vitaltwin.standalone.cli.ingest;

import io.vitaltwin.ingest.DeliveryFailed;
import io.vitaltwin.ingest.DeviceStream;
import io.vitaltwin.ingest.format.FileRefused;
import io.vitaltwin.ingest.format.FormatSettings;
import io.vitaltwin.ingest.format.ReadingFormat;
import io.vitaltwin.ingest.load.FileLoader;
import io.vitaltwin.ingest.load.LoadSettings;
import io.vitaltwin.ingest.load.LoadSummary;
import io.vitaltwin.ingest.load.Pace;
import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.standalone.cli.ClusterOptions;
import io.vitaltwin.standalone.cli.ExitCodes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** A file of readings of one device. */
@Command(name = "load", mixinStandardHelpOptions = true,
        description = {"Sends a file of readings, plain or gzipped. A line that cannot be a reading is named, goes to the dead letters,"
                + " and the rest goes on.", "Exit 0: all sent. 1: something was refused or failed. 2: wrong call."},
        footerHeading = "%nFormats:%n")
public final class LoadCommand implements Callable<Integer> {

    /** Readings of a batch; project defaults, no source. In the rhythm of measurement a device sends each as it comes. */
    private static final int BATCH = 100;
    private static final int BATCH_AT_RATE = 1;

    private final InstantSource clock = InstantSource.system();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private StreamOptions options = new StreamOptions();

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file = Path.of("");

    @Option(names = "--format", required = true, paramLabel = "FORMAT", converter = FormatOption.class,
            description = "How the file is written; see below.")
    private @Nullable ReadingFormat format;

    @Option(names = "--unit", paramLabel = "UCUM", description = "Unit of values in a file without a unit column.")
    private @Nullable String unit;

    @Option(names = "--time-zone", paramLabel = "ZONE", description = "Of times without an offset, such as Europe/Berlin. Default: UTC.")
    private ZoneId timeZone = ZoneOffset.UTC;

    @Option(names = "--batch", paramLabel = "N", description = "Readings of a batch. Default: " + BATCH + ", with --rate " + BATCH_AT_RATE + ".")
    private @Nullable Integer batch;

    @Option(names = "--shift-to", paramLabel = "TIME", converter = TimeOption.class,
            description = "Moves the first reading to this time and all others by as much.")
    private @Nullable Instant shiftTo;

    @Option(names = "--rate", paramLabel = "X",
            description = "Sends in the rhythm of measurement: 1 as measured, 60 an hour in a minute. Default: at once.")
    private @Nullable Double rate;

    @Spec
    void describeFormats(CommandSpec spec) {
        spec.usageMessage().footer(FormatOption.help());
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw CliException.wrongCall("there is no file " + file + " that can be read; check the path");
        }
        DeviceStream stream = options.stream();
        LoadSettings settings = settings();
        Pace pace = pace();
        LoadSummary summary = load(stream, settings, pace);
        print(summary);
        return summary.refused() == 0 ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private LoadSummary load(DeviceStream stream, LoadSettings settings, Pace pace) throws InterruptedException {
        try (Writer writer = Writer.open(cluster); LoadProgress progress = LoadProgress.of(cluster, file)) {
            var producer = writer.device(stream, options.firstSequence());
            var loader = new FileLoader(settings, stream.patientId(), producer, writer.deadLetters(), pace, clock);
            return loader.load(file, progress);
        } catch (FileRefused | IOException e) {
            throw CliException.failed(file.getFileName() + ": " + e.getMessage(), e);
        } catch (DeliveryFailed e) {
            throw CliException.failed(e.getMessage() + ", or load the whole file again in the same way: its batches keep their ids", e);
        }
    }

    private LoadSettings settings() {
        if (format == null) {
            throw new IllegalStateException("picocli asks for the format");
        }
        int readings = batch == null ? (rate == null ? BATCH : BATCH_AT_RATE) : batch;
        try {
            return new LoadSettings(format, new FormatSettings(timeZone, Optional.ofNullable(unit), Optional.of(options.stream().deviceId())), readings, Optional.ofNullable(shiftTo));
        } catch (IllegalArgumentException e) {
            throw CliException.wrongCall("--batch: " + e.getMessage(), e);
        }
    }

    private Pace pace() {
        try {
            return rate == null ? Pace.UNLIMITED : Pace.atRate(rate, clock, Thread::sleep);
        } catch (IllegalArgumentException e) {
            throw CliException.wrongCall("--rate: " + e.getMessage(), e);
        }
    }

    private void print(LoadSummary summary) {
        if (cluster.json()) {
            cluster.printJson(summary);
            return;
        }
        cluster.out().println(summary.file() + ": " + summary.read() + " lines read, " + summary.sent() + " sent (readings: "
                + summary.readings() + ", batches: " + summary.batches() + "), " + summary.refused() + " refused"
                + counts(summary.refusedByReason()) + (summary.remarks().isEmpty() ? "" : ", remarks" + counts(summary.remarks())));
    }

    private static String counts(Map<?, Long> counts) {
        return counts.isEmpty() ? "" : counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", ", " (", ")"));
    }
}
