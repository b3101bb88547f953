package io.vitaltwin.testbench.demo;

import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.testbench.sim.Log;
import io.vitaltwin.testbench.sim.Plans;
import io.vitaltwin.testbench.sim.SimPatient;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Real people with glucose monitors: those that come with the program and those in a folder of the user's. */
final class CgmPatients {

    /** A new sensor shows nothing for as long as it warms up; project default, no source. Keeps the end of a trace apart from its begin. */
    private static final Duration SENSOR_CHANGE = Duration.ofHours(2);
    private static final double SENT_TWICE = 0.01;
    private static final String FOLDER = "/demo/";

    private CgmPatients() {
    }

    /** Those that come with the program. */
    static List<SimPatient> bundled() {
        try (BufferedReader list = resource("subjects.csv")) {
            List<SimPatient> patients = new ArrayList<>();
            for (String line : list.lines().skip(1).toList()) {
                String[] cells = line.split(",");
                try (BufferedReader in = resource(cells[0])) {
                    patients.add(patient(cells[1], CgmTrace.read(in, cells[0], problem -> {
                        throw new IllegalStateException("the demo's own data: " + problem);
                    })));
                }
            }
            return patients;
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's own data cannot be read", e);
        }
    }

    private static BufferedReader resource(String name) throws IOException {
        InputStream in = CgmPatients.class.getResourceAsStream(FOLDER + name);
        if (in == null) {
            throw new IOException(FOLDER + name + " is missing from the build");
        }
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /**
     * One patient for each glucose file in a folder and the folders below it; other files are left alone.
     *
     * @param refused is told of each line that is no reading
     * @throws CliException if there is no glucose file
     */
    static List<SimPatient> in(Path folder, Consumer<String> refused) {
        List<SimPatient> patients = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".csv")).sorted().toList()) {
                if (isGlucoseFile(file)) {
                    patients.add(patient(idOf(folder, file, taken), read(file, refused)));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw CliException.wrongCall("--data " + folder + ": cannot be read; give a folder with glucose files", e);
        } catch (IllegalArgumentException e) {
            throw CliException.failed("--data " + folder + ": " + e.getMessage(), e);
        }
        if (patients.isEmpty()) {
            throw CliException.wrongCall("--data " + folder + ": holds no .csv file that begins with " + CgmTrace.HEADER);
        }
        return patients;
    }

    private static boolean isGlucoseFile(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(CgmTrace.HEADER.length()), StandardCharsets.UTF_8);
            return start.equals(CgmTrace.HEADER);
        }
    }

    private static CgmTrace read(Path file, Consumer<String> refused) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            return CgmTrace.read(in, file.toString(), refused);
        }
    }

    /** The file's name in plain letters; two files never share one. */
    private static String idOf(Path folder, Path file, Set<String> taken) {
        String name = folder.relativize(file).toString();
        String plain = name.substring(0, name.length() - ".csv".length()).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String id = "data-" + plain;
        for (int n = 2; !taken.add(id); n++) {
            id = "data-" + plain + "-" + n;
        }
        return id;
    }

    static SimPatient patient(String id, CgmTrace trace) {
        String sensor = id + "-cgm";
        PatientContext plan = Plans.plan(id, Plans.device(sensor, "cgm", DeviceGrade.MEDICAL_HOME, trace.interval(), "glucose_interstitial"));
        return new SimPatient(plan, trace.length().plus(SENSOR_CHANGE), SENT_TWICE, (log, from, random, repetition) -> {
            for (CgmTrace.Sample sample : trace.samples()) {
                log.send(sensor, List.of(Log.reading("glucose_interstitial", from.plus(sample.after()), sample.value(), "mg/dL",
                        ActivityContext.UNKNOWN)));
            }
        });
    }
}
