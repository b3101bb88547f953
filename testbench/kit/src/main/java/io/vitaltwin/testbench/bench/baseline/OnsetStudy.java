package io.vitaltwin.testbench.bench.baseline;

import io.vitaltwin.testbench.bench.Stats;
import io.vitaltwin.testbench.data.WelltoryDays.Day;
import io.vitaltwin.testbench.data.WelltoryDays.Person;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Flagged days of each person, before and after the first symptoms and far from them.
 *
 * <p>A day counts once fourteen earlier days of the person have a value (CR 7.1). A window counts with at least three such days in it
 * (project default, no source).
 */
final class OnsetStudy {

    static final int LEAST_HISTORY = 14;
    static final int LEAST_DAYS_IN_WINDOW = 3;
    /** Around the onset nothing is counted as far from it. */
    static final int NEAR_BEFORE = 14;
    static final int NEAR_AFTER = 21;

    /** Nobody had the illness of this set before; an earlier onset is a slip of the hand. */
    private static final LocalDate EARLIEST_ONSET = LocalDate.of(2019, 12, 1);
    private static final double DAYS_OF_MONTH = 30.4;

    private final List<Person> persons;
    private final long lastDay;

    OnsetStudy(List<Person> persons) {
        this.persons = List.copyOf(persons);
        this.lastDay = persons.stream().flatMap(person -> person.days().stream()).mapToLong(day -> day.date().toEpochDay()).max().orElse(Long.MIN_VALUE);
    }

    /**
     * Who there is.
     *
     * @param wrongOnset before the illness was known or after the last day of the set; left out as onset, kept as days far from it
     * @param withHistory persons with at least one day that counts; onsetAndHistory those of them with a usable onset
     */
    record People(int all, int withPulse, int withOnset, int wrongOnset, int withHistory, int onsetAndHistory, int daysThatCount) {
    }

    /** @param flagged persons with a flagged day in the window, of those whose window counts */
    record Window(int fromDay, int untilDay, int flagged, int persons, Stats.Estimate share) {
    }

    /**
     * @param windows around the onset
     * @param farWindows the same lengths far from any onset: what chance and daily life give
     * @param farFlagged flagged days far from any onset; farDays all of them; perMonth the first by 30.4 days of the second
     * @param leadDays from the first flagged day within 14 days before the onset to the onset, median; NaN of nobody
     */
    record Outcome(DailyDetector.Method method, List<Window> windows, List<Window> farWindows, int farFlagged, int farDays, double perMonth,
            double leadDays, int leads) {
    }

    /** A day that counts. @param offset days since the onset; empty without one */
    private record Judged(long epochDay, OptionalLong offset, boolean flagged) {

        boolean isFar() {
            return offset.isEmpty() || offset.getAsLong() < -NEAR_BEFORE || offset.getAsLong() > NEAR_AFTER;
        }

        boolean isIn(int from, int until) {
            return offset.isPresent() && offset.getAsLong() >= from && offset.getAsLong() <= until;
        }
    }

    People people() {
        int pulse = 0;
        int onset = 0;
        int wrong = 0;
        int history = 0;
        int both = 0;
        int days = 0;
        for (Person person : persons) {
            int counting = Math.max(0, person.days().size() - LEAST_HISTORY);
            pulse += person.days().isEmpty() ? 0 : 1;
            onset += person.onset().isPresent() ? 1 : 0;
            wrong += person.onset().isPresent() && onset(person).isEmpty() ? 1 : 0;
            history += counting > 0 ? 1 : 0;
            both += counting > 0 && onset(person).isPresent() ? 1 : 0;
            days += counting;
        }
        return new People(persons.size(), pulse, onset, wrong, history, both, days);
    }

    private Optional<LocalDate> onset(Person person) {
        return person.onset().filter(date -> !date.isBefore(EARLIEST_ONSET) && date.toEpochDay() <= lastDay);
    }

    Outcome judge(DailyDetector.Method method) {
        List<List<Judged>> all = persons.stream().map(person -> judged(person, method)).toList();
        List<Window> windows = List.of(window(all, -7, -1), window(all, -14, -1), window(all, -7, 7), window(all, -14, 7));
        List<Window> far = windows.stream().map(window -> farWindows(all, window.untilDay() - window.fromDay() + 1)).toList();
        List<Judged> farDays = all.stream().flatMap(List::stream).filter(Judged::isFar).toList();
        int flagged = (int) farDays.stream().filter(Judged::flagged).count();
        double[] leads = all.stream().flatMapToDouble(days -> days.stream().filter(day -> day.flagged() && day.isIn(-NEAR_BEFORE, -1))
                .mapToDouble(day -> -day.offset().getAsLong()).max().stream()).toArray();
        return new Outcome(method, windows, far, flagged, farDays.size(), farDays.isEmpty() ? Double.NaN : flagged * DAYS_OF_MONTH / farDays.size(),
                Stats.median(leads), leads.length);
    }

    private List<Judged> judged(Person person, DailyDetector.Method method) {
        DailyDetector detector = method.fresh();
        List<Judged> judged = new ArrayList<>();
        Optional<LocalDate> onset = onset(person);
        int seen = 0;
        for (Day day : person.days()) {
            boolean flagged = detector.isFlagged(day.date().toEpochDay(), day.pulse());
            if (seen >= LEAST_HISTORY) {
                long epochDay = day.date().toEpochDay();
                OptionalLong offset = onset.map(date -> OptionalLong.of(epochDay - date.toEpochDay())).orElse(OptionalLong.empty());
                judged.add(new Judged(epochDay, offset, flagged));
            }
            seen++;
        }
        return judged;
    }

    private static Window window(List<List<Judged>> all, int from, int until) {
        int persons = 0;
        int flagged = 0;
        for (List<Judged> days : all) {
            List<Judged> inside = days.stream().filter(day -> day.isIn(from, until)).toList();
            if (inside.size() >= LEAST_DAYS_IN_WINDOW) {
                persons++;
                flagged += inside.stream().anyMatch(Judged::flagged) ? 1 : 0;
            }
        }
        return new Window(from, until, flagged, persons, Stats.share(flagged, persons));
    }

    /** Windows of a calendar that begins with each person's first day far from the onset; a window with any day near it is left out. */
    private static Window farWindows(List<List<Judged>> all, int length) {
        int windows = 0;
        int flagged = 0;
        for (List<Judged> days : all) {
            long first = days.isEmpty() ? 0 : days.getFirst().epochDay();
            TreeSet<Long> numbers = new TreeSet<>(days.stream().map(day -> (day.epochDay() - first) / length).toList());
            for (long number : numbers) {
                List<Judged> inside = days.stream().filter(day -> (day.epochDay() - first) / length == number).toList();
                if (inside.size() >= LEAST_DAYS_IN_WINDOW && inside.stream().allMatch(Judged::isFar)) {
                    windows++;
                    flagged += inside.stream().anyMatch(Judged::flagged) ? 1 : 0;
                }
            }
        }
        return new Window(0, length - 1, flagged, windows, Stats.share(flagged, windows));
    }
}
