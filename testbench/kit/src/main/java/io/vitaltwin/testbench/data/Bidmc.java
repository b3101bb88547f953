package io.vitaltwin.testbench.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Bedside numerics at one reading a second, with breaths that two people marked in the signal. */
public final class Bidmc {

    private static final int SIGNAL_PER_SECOND = 125;
    private static final List<String> NUMERICS = List.of("Time [s]", "HR", "PULSE", "RESP", "SpO2");

    private Bidmc() {
    }

    /**
     * One second. Thousandths; empty where the monitor showed none.
     *
     * @param pulse of the oximeter, /min; heartRate is that of the ECG
     */
    public record Second(int second, OptionalLong heartRate, OptionalLong pulse, OptionalLong breaths, OptionalLong spo2) {
    }

    /**
     * @param breaths1 milliseconds since the begin at which the first annotator marked a breath, in order of time; breaths2 those of the second
     * @param ageYears -1 when not told; 90 for those who are older
     */
    public record Recording(String name, int ageYears, List<Second> seconds, List<Long> breaths1, List<Long> breaths2) {

        public Recording {
            seconds = List.copyOf(seconds);
            breaths1 = List.copyOf(breaths1);
            breaths2 = List.copyOf(breaths2);
        }
    }

    /** All recordings of a folder, by name. @throws DataProblem naming file and line */
    public static List<Recording> read(Path folder) {
        List<Recording> recordings = new ArrayList<>();
        for (Path file : DataSet.files(folder, "bidmc_*_Numerics.csv")) {
            String name = String.valueOf(file.getFileName()).replace("_Numerics.csv", "");
            Path breaths = DataSet.file(folder, name + "_Breaths.csv");
            recordings.add(new Recording(name, age(DataSet.file(folder, name + "_Fix.txt")), seconds(file), breaths(breaths, 1), breaths(breaths, 2)));
        }
        return recordings;
    }

    private static List<Second> seconds(Path file) {
        List<Second> seconds = new ArrayList<>();
        Csv.read(file, NUMERICS, row -> {
            int second = row.whole("Time [s]");
            if (!seconds.isEmpty() && second <= seconds.getLast().second()) {
                throw row.problem("Time [s]", "a time after that of the line before");
            }
            seconds.add(new Second(second, row.optionalMilli("HR"), row.optionalMilli("PULSE"), row.optionalMilli("RESP"),
                    row.optionalMilli("SpO2")));
        });
        return seconds;
    }

    /** The annotators marked different numbers of breaths: the shorter column ends in empty cells. A breath seen later stands at the end. */
    private static List<Long> breaths(Path file, int annotator) {
        String column = "breaths ann" + annotator + " [signal sample no]";
        List<Long> breaths = new ArrayList<>();
        Csv.read(file, List.of(column), row -> {
            if (!row.isEmpty(column)) {
                breaths.add(row.milli(column) / SIGNAL_PER_SECOND);
            }
        });
        breaths.sort(null);
        return breaths;
    }

    private static int age(Path file) {
        try (BufferedReader in = Csv.open(file)) {
            int number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (line.startsWith("Age:")) {
                    return ageOf(file, number, line.substring("Age:".length()).strip());
                }
            }
            throw new DataProblem(file, number, "a line with the age is missing");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int ageOf(Path file, int number, String age) {
        return switch (age) {
            case "NaN", "" -> -1;
            case "90+" -> 90;
            default -> {
                try {
                    yield Integer.parseInt(age);
                } catch (NumberFormatException e) {
                    throw new DataProblem(file, number, "an age in years is needed");
                }
            }
        };
    }
}
