package io.vitaltwin.testbench.bench.forecast;

import io.vitaltwin.testbench.bench.Figures;
import io.vitaltwin.testbench.bench.Report;
import io.vitaltwin.testbench.bench.Table;

import java.util.ArrayList;
import java.util.List;

/** From what each subject's replay gave to the tables and the JSON. */
final class ForecastReport {

    private static final String POOLED = "all sets";

    /**
     * One person.
     *
     * @param lows of the trend rule as specified
     * @param lowsByForecast of its option
     */
    record Person(String set, String subject, int readings, Replay.Outcome outcome, LowAlarms lows, LowAlarms lowsByForecast) {
    }

    /** @param readings in the files; {@code judged} without duplicates; {@code accepted} of these */
    record Subject(String set, String subject, long intervalSeconds, int readings, int judged, int accepted, Scores scores) {
    }

    /** One way to announce lows. */
    record Lows(String set, String rule, LowAlarms counts, double sensitivity, double falseAlarmsPerWeek, double medianLeadMinutes) {
    }

    private final List<Person> people;
    private final double expected;
    private final List<String> sets;

    /** @param expected mg/dL: limit of the rule's option */
    ForecastReport(List<Person> people, double expected) {
        this.people = List.copyOf(people);
        this.expected = expected;
        this.sets = people.stream().map(Person::set).distinct().toList();
    }

    private Scores pooled() {
        return Scores.of(POOLED, people.stream().flatMap(person -> person.outcome().moments().stream()).toList());
    }

    private List<Scores> bySet() {
        return sets.stream().map(set -> Scores.of(set, people.stream().filter(person -> person.set().equals(set))
                .flatMap(person -> person.outcome().moments().stream()).toList())).toList();
    }

    /** What is not reached; empty when all is. */
    List<String> broken() {
        return Goals.broken(pooled(), bySet());
    }

    Report report() {
        Scores pooled = pooled();
        List<Scores> bySet = bySet();
        List<Scores> groups = new ArrayList<>(bySet);
        groups.add(pooled);
        List<Subject> subjects = people.stream().map(ForecastReport::subject).toList();
        int bytes = people.stream().mapToInt(person -> person.outcome().largestBytes()).max().orElse(0);
        List<Lows> lows = lows();
        List<String> broken = Goals.broken(pooled, bySet);
        Report report = Report.of("forecast")
                .put("sets", bySet).put("pooled", pooled).put("subjects", subjects).put("urgentLowSoon", lows)
                .put("expectedMgPerDl", expected).put("largestStateBytes", bytes).put("broken", broken);
        report.heading("Error of forecasts, mg/dL. Every method at the same times; only readings that the core accepted.").say(errors(groups));
        report.heading("Outcomes within the 90 % interval of ours (band: value when the forecast was made, mg/dL)").say(coverage(groups));
        report.heading("People").say(peopleTable(subjects));
        report.heading("CGM_URGENT_LOW_SOON against later readings of 55 mg/dL or less").say(lowsTable(lows));
        report.say("trend: as specified. forecast: the option, expected value in 20 min at most " + Figures.fixed(expected, 0) + " mg/dL.");
        report.say("event: a reading <= 55, none in the 30 min before, at least 6 readings in the hour before. foreseen: an alarm in that hour.");
        report.say("false: at least 6 readings in the hour after the alarm, none <= 55. week: 7 days of readings times interval.");
        report.heading("Largest memory of a forecast: " + bytes + " bytes");
        return report;
    }

    private static Subject subject(Person person) {
        Replay.Outcome outcome = person.outcome();
        return new Subject(person.set(), person.subject(), outcome.intervalMillis() / 1_000, person.readings(), outcome.judged(), outcome.seen().size(),
                Scores.of(person.subject(), outcome.moments()));
    }

    private static Table errors(List<Scores> groups) {
        Table table = Table.of("set", "min", "method", "forecasts", "RMSE", "MAE", "bias", "below persistence", "below AR2");
        for (Scores group : groups) {
            for (int minutes : Scores.MINUTES) {
                for (Scores.Error error : group.errors()) {
                    if (error.minutes() == minutes) {
                        table.row(group.name(), minutes, error.method(), group.forecasts(), Figures.fixed(error.rmse(), 2), Figures.fixed(error.mae(), 2),
                                Figures.fixed(error.bias(), 2), Figures.percent(1 - error.rmse() / group.rmse(Method.PERSISTENCE, minutes)),
                                Figures.percent(1 - error.rmse() / group.rmse(Method.AR2, minutes)));
                    }
                }
            }
        }
        return table;
    }

    private static Table coverage(List<Scores> groups) {
        Table table = Table.of("set", "min", "band", "forecasts", "covered", "mean width");
        for (Scores group : groups) {
            group.coverage().forEach(one -> table.row(group.name(), one.minutes(), one.band(), one.forecasts(), Figures.percent(one.covered()),
                    Figures.fixed(one.meanWidth(), 1)));
        }
        return table;
    }

    private static Table peopleTable(List<Subject> subjects) {
        Table table = Table.of("set", "subject", "readings", "accepted", "forecasts", "RMSE 30", "gain 30", "covered 30", "RMSE 60", "gain 60", "covered 60");
        for (Subject one : subjects) {
            Scores scores = one.scores();
            List<Scores.Coverage> all = scores.coverage(Scores.ALL);
            table.row(one.set(), one.subject(), one.readings(), one.accepted(), scores.forecasts(),
                    Figures.fixed(scores.rmse(Method.OURS, 30), 2), Figures.percent(scores.gain(Method.PERSISTENCE, 30)), Figures.percent(all.get(0).covered()),
                    Figures.fixed(scores.rmse(Method.OURS, 60), 2), Figures.percent(scores.gain(Method.PERSISTENCE, 60)), Figures.percent(all.get(1).covered()));
        }
        return table;
    }

    private List<Lows> lows() {
        List<Lows> lows = new ArrayList<>();
        for (String set : sets) {
            List<Person> here = people.stream().filter(person -> person.set().equals(set)).toList();
            lows.addAll(lows(set, here));
        }
        lows.addAll(lows(POOLED, people));
        return lows;
    }

    private static List<Lows> lows(String name, List<Person> here) {
        return List.of(lows(name, "trend", LowAlarms.sum(here.stream().map(Person::lows).toList())),
                lows(name, "forecast", LowAlarms.sum(here.stream().map(Person::lowsByForecast).toList())));
    }

    private static Lows lows(String name, String rule, LowAlarms counts) {
        return new Lows(name, rule, counts, counts.sensitivity(), counts.falseAlarmsPerWeek(), counts.medianLeadMinutes());
    }

    private static Table lowsTable(List<Lows> lows) {
        Table table = Table.of("set", "rule", "weeks", "events", "foreseen", "sensitivity", "alarms", "false", "false a week", "median lead min");
        lows.forEach(one -> table.row(one.set(), one.rule(), Figures.fixed(one.counts().weeks(), 1), one.counts().events(), one.counts().foreseen(),
                Figures.percent(one.sensitivity()), one.counts().alarms(), one.counts().falseAlarms(), Figures.fixed(one.falseAlarmsPerWeek(), 2),
                Figures.fixed(one.medianLeadMinutes(), 1)));
        return table;
    }
}
