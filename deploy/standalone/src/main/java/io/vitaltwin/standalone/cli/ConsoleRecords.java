package io.vitaltwin.standalone.cli;

import io.vitaltwin.alerts.console.PatientRecords;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.Disclosure;
import io.vitaltwin.schemas.Provision;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Reads the logs as the commands do. Each call reads whole topics, so two at once are enough. Safe for several threads. */
final class ConsoleRecords implements PatientRecords {

    private static final int AT_ONCE = 2;

    private final ClusterOptions cluster;
    private final Semaphore reading = new Semaphore(AT_ONCE);

    ConsoleRecords(ClusterOptions cluster) {
        this.cluster = cluster;
    }

    private interface Work<T> {

        T get() throws IOException;
    }

    private <T> T read(Work<T> work) throws IOException {
        try {
            reading.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before the log was read", e);
        }
        try {
            return work.get();
        } catch (CliException e) {
            throw new IOException("the log cannot be read", e);
        } finally {
            reading.release();
        }
    }

    @Override
    public List<Consent> consents(String patient) throws IOException {
        return read(() -> ConsentLog.read(cluster, patient).versions().stream().map(ConsoleRecords::consent).toList());
    }

    private static Consent consent(ConsentLog.Version version) {
        ConsentRecord consent = version.consent();
        List<Provision> rules = consent.getProvisions();
        Optional<Instant> start = rules.stream().map(Provision::getPeriodStart).filter(Objects::nonNull).min(Instant::compareTo);
        Optional<Instant> end = rules.stream().map(Provision::getPeriodEnd).filter(Objects::nonNull).max(Instant::compareTo);
        Period period = start.isEmpty() && end.isEmpty() ? null : new Period(start.orElse(null), end.orElse(null));
        return new Consent(consent.getConsentId() + "/" + consent.getVersionId(), consent.getEmergency() == null ? consent.getStatus().name() : "EMERGENCY",
                rules.stream().flatMap(rule -> rule.getPurposes().stream()).distinct().toList(),
                rules.stream().flatMap(rule -> rule.getVitals().stream()).distinct().toList(), period, version.append());
    }

    @Override
    public List<Disclosed> disclosures(String patient) throws IOException {
        return read(() -> {
            List<Disclosed> found = new ArrayList<>();
            try (PatientLog<Disclosure> log = new PatientLog<>(cluster, cluster.topics().disclosures(), patient)) {
                log.forEach(record -> {
                    Disclosure one = record.value();
                    if (one != null) {
                        found.add(new Disclosed(one.getTime(), one.getEgress(), one.getActor(), one.getRole(), one.getPurpose(), one.getVitals()));
                    }
                });
            }
            found.sort(Comparator.comparing(Disclosed::time));
            return found;
        });
    }

    /** The export is whole, and written down as a disclosure, before the first byte goes out. */
    @Override
    public void export(String patient, OutputStream out) throws IOException {
        Path parent = Files.createTempDirectory("vitaltwin-export-");
        Path folder = parent.resolve("export");
        try {
            read(() -> {
                new ExportCommand(cluster, patient, folder).export();
                return folder;
            });
            try (Stream<Path> files = Files.list(folder); ZipOutputStream zip = new ZipOutputStream(out)) {
                for (Path file : files.sorted().toList()) {
                    zip.putNextEntry(new ZipEntry("vitaltwin-export/" + file.getFileName()));
                    Files.copy(file, zip);
                    zip.closeEntry();
                }
            }
        } finally {
            try (Stream<Path> all = Files.walk(parent)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }
}
