package io.vitaltwin.testbench.data;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A resting pulse a day, as an app showed it, around the first symptoms of an infection. */
public final class WelltoryDays {

    private static final DateTimeFormatter ONSET = DateTimeFormatter.ofPattern("M/d/uuuu");

    private WelltoryDays() {
    }

    /** @param pulse whole beats a minute */
    public record Day(LocalDate date, int pulse) {
    }

    /**
     * @param onset of symptoms as the person told it, right or plainly wrong
     * @param days with a resting pulse, oldest first
     */
    public record Person(String id, Optional<LocalDate> onset, List<Day> days) {

        public Person {
            days = List.copyOf(days);
        }
    }

    /** All persons of a folder, by id, those without any resting pulse among them. @throws DataProblem naming file and line */
    public static List<Person> read(Path folder) {
        Map<String, List<Day>> days = days(DataSet.file(folder, "wearables.csv"));
        List<Person> persons = new ArrayList<>();
        Csv.read(DataSet.file(folder, "participants.csv"), List.of("user_code", "symptoms_onset"), row -> {
            String id = row.text("user_code");
            Optional<LocalDate> onset = row.isEmpty("symptoms_onset") ? Optional.empty() : Optional.of(date(row, "symptoms_onset", ONSET));
            persons.add(new Person(id, onset, days.getOrDefault(id, List.of())));
        });
        persons.sort(Comparator.comparing(Person::id));
        return persons;
    }

    private static Map<String, List<Day>> days(Path file) {
        Map<String, List<Day>> days = new TreeMap<>();
        Csv.read(file, List.of("user_code", "day", "resting_pulse"), row -> {
            if (!row.isEmpty("resting_pulse")) {
                days.computeIfAbsent(row.text("user_code"), id -> new ArrayList<>())
                        .add(new Day(date(row, "day", DateTimeFormatter.ISO_LOCAL_DATE), (int) (row.milli("resting_pulse") / 1_000)));
            }
        });
        days.values().forEach(list -> list.sort(Comparator.comparing(Day::date)));
        return days;
    }

    private static LocalDate date(Csv.Row row, String column, DateTimeFormatter form) {
        try {
            return LocalDate.parse(row.text(column), form);
        } catch (DateTimeException e) {
            throw row.problem(column, "a date in the form of this file");
        }
    }
}
