package io.vitaltwin.testbench.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Consumer wearables beside an ECG: means of each condition for some people, and every interval between beats of one person. */
public final class WearableHrv {

    /** The device that is the reference. */
    public static final String ECG = "vu";

    private static final DateTimeFormatter ECG_TIME = DateTimeFormatter.ofPattern("dd-MM-yy/HH:mm:ss.SSS");
    /** The day and the zone of the raw recording, as the set's README tells: summer time in Amsterdam, two hours before UTC. */
    private static final LocalDate DAY = LocalDate.of(2023, 6, 30);
    private static final ZoneOffset ZONE = ZoneOffset.ofHours(2);
    private static final int LINES_BEFORE_ECG = 1;

    private WearableHrv() {
    }

    /**
     * What one device gave for one condition.
     *
     * @param meanHr /min; rmssd and sdnn ms
     * @param beats that were left after cleaning; artefacts: how many were not
     */
    public record Mean(String person, String condition, String device, double meanHr, double rmssd, double sdnn, int beats, int artefacts) {
    }

    /** @param millis by the device's own clock, UTC, at the end of the interval */
    public record Beat(long millis, int intervalMillis) {
    }

    /** A span of one condition, by the clock of the person who took notes. */
    public record Span(String condition, long fromMillis, long untilMillis) {
    }

    /** @param devices beats by device, in the order in which they came; the ECG among them */
    public record Raw(List<Span> spans, Map<String, List<Beat>> devices) {
    }

    /** All persons of a folder, by name. @throws DataProblem naming file and line */
    public static List<Mean> read(Path folder) {
        List<Mean> means = new ArrayList<>();
        for (Path file : DataSet.files(folder, "P??.csv")) {
            Csv.read(file, List.of("mean_hr", "rmssd", "sdnn", "artefact", "nibi_after_cropping", "conditions", "device", "pp"), row -> means.add(
                    new Mean(row.text("pp"), row.text("conditions"), row.text("device"), row.number("mean_hr"), row.number("rmssd"),
                            row.number("sdnn"), row.whole("nibi_after_cropping"), row.whole("artefact"))));
        }
        return means;
    }

    /** The recording beat by beat. @throws DataProblem naming file and line */
    public static Raw raw(Path folder) {
        Path place = folder.resolve("raw_ibi_one_subject");
        Map<String, List<Beat>> devices = new TreeMap<>();
        devices.put(ECG, ecg(DataSet.file(place, "test_vu.txt")));
        for (Path file : DataSet.files(place, "test_*.csv")) {
            String device = String.valueOf(file.getFileName()).replace("test_", "").replace(".csv", "");
            if (!device.equals("events")) {
                devices.put(device, wearable(file));
            }
        }
        return new Raw(spans(DataSet.file(place, "test_events.csv")), devices);
    }

    public static boolean hasRaw(Path folder) {
        return Files.isDirectory(folder.resolve("raw_ibi_one_subject"));
    }

    private static List<Beat> ecg(Path file) {
        List<Beat> beats = new ArrayList<>();
        Csv.readTabs(file, List.of("R-peak time", "ibi"), LINES_BEFORE_ECG, row -> {
            int interval = row.whole("ibi");
            if (interval > 0) {
                beats.add(new Beat(row.time("R-peak time", ECG_TIME) - ZONE.getTotalSeconds() * 1_000L, interval));
            }
        });
        return beats;
    }

    private static List<Beat> wearable(Path file) {
        List<Beat> beats = new ArrayList<>();
        Csv.read(file, List.of("timestamp", "rr"), row -> {
            int interval = row.whole("rr");
            if (interval <= 0) {
                throw row.problem("rr", "an interval above 0 ms");
            }
            beats.add(new Beat(row.wholeLong("timestamp"), interval));
        });
        return beats;
    }

    /** Each condition has a line for its begin and one for its end. */
    private static List<Span> spans(Path file) {
        List<Span> spans = new ArrayList<>();
        String condition = "";
        long from = 0;
        try (BufferedReader in = Csv.open(file)) {
            int number = 1;
            in.readLine();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                String[] cells = line.split(",", -1);
                boolean start = cells.length == 3 && cells[2].strip().equals("start") && condition.isEmpty();
                boolean end = cells.length == 3 && cells[2].strip().equals("end") && cells[1].equals(condition);
                if (!start && !end) {
                    throw new DataProblem(file, number, "the begin of a condition or the end of the one before is needed");
                }
                long millis = LocalTime.parse(cells[0]).atDate(DAY).toInstant(ZONE).toEpochMilli();
                if (end) {
                    spans.add(new Span(condition, from, millis));
                }
                condition = start ? cells[1] : "";
                from = millis;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return spans;
    }
}
