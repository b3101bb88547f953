package io.vitaltwin.ingest.load;

import io.vitaltwin.ingest.DeadLetters;
import io.vitaltwin.ingest.DeliveryFailed;
import io.vitaltwin.ingest.DeviceProducer;
import io.vitaltwin.ingest.Refusal;
import io.vitaltwin.ingest.format.FileRefused;
import io.vitaltwin.ingest.format.LineParser;
import io.vitaltwin.ingest.format.LineRefused;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * Sends a file of readings, line by line. A line that cannot be readings goes to the dead letters with its place and reason, and the next
 * line is read. The file may be gzipped and of any length.
 */
public final class FileLoader {

    /** Bytes of a line; project default, no source. The longest line of a table has under 200, an Observation about 2,000. */
    static final int MAX_LINE_BYTES = 16_384;

    /** Lines between two reports of progress. */
    private static final int REPORT_EVERY = 256;

    private final LoadSettings settings;
    private final String patientId;
    private final DeviceProducer producer;
    private final DeadLetters deadLetters;
    private final Pace pace;
    private final InstantSource clock;

    /**
     * @param patientId key of the dead letters; the same that the producer sends for
     * @param clock when batches are sent
     */
    public FileLoader(
            LoadSettings settings, String patientId, DeviceProducer producer, DeadLetters deadLetters, Pace pace, InstantSource clock) {
        this.settings = settings;
        this.patientId = patientId;
        this.producer = producer;
        this.deadLetters = deadLetters;
        this.pace = pace;
        this.clock = clock;
    }

    /**
     * Loads a file and waits until the cluster has everything.
     *
     * @throws FileRefused if the file is empty or not in the format; nothing was sent
     * @throws IOException if the file cannot be read to its end; what stood before is sent
     * @throws DeliveryFailed if the cluster did not take everything
     */
    public LoadSummary load(Path file, LoadListener listener) throws IOException, FileRefused, InterruptedException {
        String source = Objects.requireNonNull(file.getFileName(), "file").toString();
        try (var counted = new CountedInput(Files.newInputStream(file)); InputStream in = unzipped(counted)) {
            var lines = new LineReader(in, MAX_LINE_BYTES);
            LineParser parser = settings.format().open(settings.format().hasHeader() ? header(lines) : "", settings.formatSettings());
            var load = new Load(source, parser, settings, producer, pace, clock, listener);
            takeAll(lines, load, () -> listener.progressed(counted.count()));
            load.sendRest();
            producer.flush();
            deadLetters.close();
            return load.summary(settings.format().name());
        }
    }

    private void takeAll(LineReader lines, Load load, Runnable report) throws IOException, InterruptedException {
        try {
            for (RawLine line = lines.next(); line != null; line = lines.next()) {
                if (!line.blank()) {
                    take(line, load);
                }
                if (lines.lines() % REPORT_EVERY == 0) {
                    report.run();
                }
            }
        } catch (IOException e) {
            load.sendRest();
            throw new IOException("cannot be read after line " + lines.lines() + " (damaged or cut off); what stands before was sent", e);
        }
    }

    private void take(RawLine line, Load load) throws InterruptedException {
        try {
            load.send(line.number(), load.parser().read(line.text()));
        } catch (LineRefused e) {
            Refusal refusal = load.refuse(e, line.number());
            deadLetters.send(patientId, refusal, settings.format().name(), line.bytes(), line.fullLength());
        }
    }

    private static String header(LineReader lines) throws IOException, FileRefused {
        for (RawLine line = lines.next(); line != null; line = lines.next()) {
            if (!line.blank()) {
                try {
                    return line.text();
                } catch (LineRefused e) {
                    throw new FileRefused("header: column " + e.column() + ": " + e.getMessage());
                }
            }
        }
        throw new FileRefused("the file is empty: it needs a header line");
    }

    /** Looks at the first bytes, not at the name. */
    private static InputStream unzipped(InputStream file) throws IOException {
        var in = new BufferedInputStream(file, 1 << 16);
        in.mark(2);
        boolean zipped = in.read() == 0x1F && in.read() == 0x8B;
        in.reset();
        return zipped ? new GZIPInputStream(in, 1 << 16) : in;
    }
}
