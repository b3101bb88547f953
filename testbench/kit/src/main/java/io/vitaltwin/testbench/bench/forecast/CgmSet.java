package io.vitaltwin.testbench.bench.forecast;

import io.vitaltwin.ingest.format.FileRefused;
import io.vitaltwin.ingest.format.FormatSettings;
import io.vitaltwin.ingest.format.Formats;
import io.vitaltwin.ingest.format.LineParser;
import io.vitaltwin.ingest.format.LineRefused;
import io.vitaltwin.ingest.format.ReadingFormat;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.quality.Conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of glucose traces, one file for each person, in the form of the Glucose-ML collection. Other files of the folder are left alone: they begin
 * otherwise.
 *
 * @param subjects in the order of their file names; at least one
 */
record CgmSet(String name, List<Subject> subjects) {

    private static final ReadingFormat FORMAT = Formats.named("glucose-ml").orElseThrow();
    private static final String HEADER = "timestamp,glucose_value_mg_dl";

    /** One reading. @param millis the subject's local time, as if it were UTC: only distances matter */
    record Sugar(long millis, Value value) {
    }

    /** @param readings in order of time; of equal times in the order of the file */
    record Subject(String name, List<Sugar> readings) {

        Subject {
            readings = List.copyOf(readings);
        }

        /** The middle of all spaces between two readings, in whole minutes: the sensor's interval, however often it was out of reach. */
        long intervalMillis() {
            long[] spaces = new long[readings.size() - 1];
            for (int i = 0; i < spaces.length; i++) {
                spaces[i] = readings.get(i + 1).millis() - readings.get(i).millis();
            }
            java.util.Arrays.sort(spaces);
            return Math.max(1, (spaces[spaces.length / 2] + 30_000) / 60_000) * 60_000;
        }
    }

    CgmSet {
        subjects = List.copyOf(subjects);
    }

    /** @throws CliException if the folder holds no trace, or a trace holds a line that is no reading: it names file and line */
    static CgmSet read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw CliException.wrongCall("--data " + folder + " is no folder: name one that holds glucose traces");
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".csv")).sorted(Comparator.comparing(Path::toString)).toList();
        }
        List<Subject> subjects = new ArrayList<>();
        for (Path file : files) {
            subject(file).ifPresent(subjects::add);
        }
        if (subjects.isEmpty()) {
            throw CliException.wrongCall("--data " + folder + " holds no file that begins with " + HEADER);
        }
        return new CgmSet(String.valueOf(folder.toAbsolutePath().normalize().getFileName()), subjects);
    }

    private static Optional<Subject> subject(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        try (BufferedReader in = Files.newBufferedReader(file)) {
            String header = in.readLine();
            if (header == null || !header.strip().equals(HEADER)) {
                return Optional.empty();
            }
            LineParser parser = FORMAT.open(header, new FormatSettings(ZoneOffset.UTC, Optional.empty()));
            List<Sugar> readings = new ArrayList<>();
            int number = 1;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (!line.isBlank()) {
                    readings.add(sugar(parser, line, name, number));
                }
            }
            if (readings.size() < 2) {
                throw CliException.failed(name + ": holds fewer than two readings; leave it out");
            }
            readings.sort(Comparator.comparingLong(Sugar::millis));
            return Optional.of(new Subject(name.substring(0, name.length() - ".csv".length()), readings));
        } catch (FileRefused e) {
            throw CliException.failed(name + ": " + e.getMessage(), e);
        }
    }

    private static Sugar sugar(LineParser parser, String line, String name, int number) {
        try {
            Reading reading = parser.read(line).getFirst();
            if (Conformance.of(reading.getVital(), reading.getValue(), reading.getUnit()) instanceof Conformance.Readable readable) {
                return new Sugar(reading.getEffectiveTime().toEpochMilli(), readable.value());
            }
            throw CliException.failed(name + ":" + number + ": is not a glucose that can be read");
        } catch (LineRefused e) {
            throw CliException.failed(e.at(name, number).toString(), e);
        }
    }
}
