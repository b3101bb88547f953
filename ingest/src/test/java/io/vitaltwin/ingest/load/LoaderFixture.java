package io.vitaltwin.ingest.load;

import io.vitaltwin.ingest.DeadLetters;
import io.vitaltwin.ingest.DeviceProducer;
import io.vitaltwin.ingest.DeviceStream;
import io.vitaltwin.ingest.Refusal;
import io.vitaltwin.ingest.Sent;
import io.vitaltwin.ingest.format.FileRefused;
import io.vitaltwin.ingest.format.FormatSettings;
import io.vitaltwin.ingest.format.Formats;
import io.vitaltwin.schemas.BundledSchemaIds;
import org.apache.kafka.clients.producer.MockProducer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A loader with a mock of the cluster, and what it said. */
final class LoaderFixture implements LoadListener {

    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    final MockProducer<String, byte[]> kafka = Sent.producer(true);
    final List<Refusal> refusals = new ArrayList<>();
    final List<Remark> remarks = new ArrayList<>();
    final List<Long> progress = new ArrayList<>();

    LoadSummary load(Path file, String format) throws IOException, FileRefused, InterruptedException {
        return load(file, settings(format, 1, Optional.empty()));
    }

    LoadSummary load(Path file, LoadSettings settings) throws IOException, FileRefused, InterruptedException {
        var device = new DeviceProducer(kafka, Sent.TOPICS.readings(), new BundledSchemaIds(), new DeviceStream("patient-1", "device-1"), 0);
        var deadLetters = new DeadLetters(kafka, Sent.TOPICS.deadLetters());
        return new FileLoader(settings, "patient-1", device, deadLetters, Pace.UNLIMITED, InstantSource.fixed(NOW)).load(file, this);
    }

    static LoadSettings settings(String format, int batch, Optional<Instant> shiftTo) {
        return new LoadSettings(
                Formats.named(format).orElseThrow(), new FormatSettings(ZoneOffset.UTC, Optional.empty()), batch, shiftTo);
    }

    static Path write(Path folder, String text) throws IOException {
        return Files.writeString(folder.resolve("day.csv"), text);
    }

    @Override
    public void refused(Refusal refusal) {
        refusals.add(refusal);
    }

    @Override
    public void remarked(Remark remark) {
        remarks.add(remark);
    }

    @Override
    public void progressed(long bytes) {
        progress.add(bytes);
    }
}
