package io.vitaltwin.testbench.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first 48 h of intensive care stays, with what became of the patients. */
public final class Physionet2012 {

    private static final Pattern TIME = Pattern.compile("(\\d{2}):(\\d{2})");

    private Physionet2012() {
    }

    /**
     * One line of a record, in the units of the set's README.
     *
     * @param minute since admission
     * @param milli thousandths
     */
    public record Observation(int minute, String parameter, long milli) {
    }

    /** @param ageYears -1 when not known; died: in hospital */
    public record Stay(String id, int ageYears, List<Observation> observations, boolean died) {

        public Stay {
            observations = List.copyOf(observations);
        }
    }

    /** All records of a folder, by number. @throws DataProblem naming file and line */
    public static List<Stay> read(Path folder) {
        Map<String, Boolean> died = outcomes(DataSet.file(folder, "Outcomes-a.txt"));
        List<Stay> stays = new ArrayList<>();
        for (Path file : DataSet.files(folder.resolve("set-a"), "*.txt")) {
            String id = String.valueOf(file.getFileName()).replace(".txt", "");
            Boolean outcome = died.get(id);
            if (outcome == null) {
                throw new DataProblem(file, "has no line in Outcomes-a.txt");
            }
            stays.add(stay(id, file, outcome));
        }
        return stays;
    }

    private static Map<String, Boolean> outcomes(Path file) {
        Map<String, Boolean> died = new HashMap<>();
        Csv.read(file, List.of("RecordID", "In-hospital_death"), row -> {
            int value = row.whole("In-hospital_death");
            if (value != 0 && value != 1) {
                throw row.problem("In-hospital_death", "0 or 1");
            }
            died.put(row.text("RecordID"), value == 1);
        });
        return died;
    }

    private static Stay stay(String id, Path file, boolean died) {
        List<Observation> observations = new ArrayList<>();
        int[] age = {-1};
        Csv.read(file, List.of("Time", "Parameter", "Value"), row -> {
            String parameter = row.text("Parameter");
            int minute = minute(row);
            if (!observations.isEmpty() && minute < observations.getLast().minute()) {
                throw row.problem("Time", "a time not before that of the line before");
            }
            if (parameter.equals("Age")) {
                age[0] = row.whole("Value");
            }
            observations.add(new Observation(minute, parameter, row.milli("Value")));
        });
        return new Stay(id, age[0], observations, died);
    }

    private static int minute(Csv.Row row) {
        Matcher time = TIME.matcher(row.text("Time"));
        if (!time.matches()) {
            throw row.problem("Time", "hours and minutes such as 07:45");
        }
        return Integer.parseInt(time.group(1)) * 60 + Integer.parseInt(time.group(2));
    }
}
