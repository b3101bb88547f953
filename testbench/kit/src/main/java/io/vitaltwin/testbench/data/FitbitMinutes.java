package io.vitaltwin.testbench.data;

import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Heart rate and steps by the minute for a month. Gaps were filled by those who published the minutes: long runs of one heart rate are fills. */
public final class FitbitMinutes {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private FitbitMinutes() {
    }

    /** @param millis local time, as if it were UTC; heartRate thousandths of /min */
    public record Minute(long millis, long heartRate, int steps) {
    }

    public record Person(String id, List<Minute> minutes) {

        public Person {
            minutes = List.copyOf(minutes);
        }
    }

    /** All persons of a folder, by id. @throws DataProblem naming file and line */
    public static List<Person> read(Path folder) {
        return DataSet.files(folder, "minute_hr_steps_*.csv*").stream()
                .map(file -> new Person(String.valueOf(file.getFileName()).replaceAll("\\D", ""), minutes(file))).toList();
    }

    private static List<Minute> minutes(Path file) {
        List<Minute> minutes = new ArrayList<>();
        Csv.read(file, List.of("timestamp", "heart_rate_bpm", "steps"), row -> {
            long millis = row.time("timestamp", TIME);
            if (!minutes.isEmpty() && millis <= minutes.getLast().millis()) {
                throw row.problem("timestamp", "a time after that of the line before");
            }
            minutes.add(new Minute(millis, row.milli("heart_rate_bpm"), row.whole("steps")));
        });
        return minutes;
    }
}
