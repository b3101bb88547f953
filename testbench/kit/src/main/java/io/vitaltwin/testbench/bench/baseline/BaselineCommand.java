package io.vitaltwin.testbench.bench.baseline;

import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.standalone.cli.ExitCodes;
import io.vitaltwin.testbench.bench.DataOptions;
import io.vitaltwin.testbench.bench.Figures;
import io.vitaltwin.testbench.bench.Report;
import io.vitaltwin.testbench.bench.ReportOptions;
import io.vitaltwin.testbench.bench.Table;
import io.vitaltwin.testbench.bench.baseline.OnsetStudy.Outcome;
import io.vitaltwin.testbench.bench.baseline.OnsetStudy.People;
import io.vitaltwin.testbench.bench.baseline.OnsetStudy.Window;
import io.vitaltwin.testbench.data.DataFolders;
import io.vitaltwin.testbench.data.DataProblem;
import io.vitaltwin.testbench.data.DataSet;
import io.vitaltwin.testbench.data.WelltoryDays;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/** Daily resting pulse around symptom onset. */
@Command(name = "baseline", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Plays daily resting pulses through the core's night signal: who is flagged before the first symptoms of an infection, and how "
                + "often people are flagged otherwise.")
public final class BaselineCommand implements Callable<Integer> {

    private static final DataSet SET = DataSet.WELLTORY_COVID;
    private static final List<String> NOT_PRINTED = List.of(
            "sensitivity for the infection: who was truly infected is told by the people themselves, and a resting pulse of an app is no night's mean",
            "differences between the methods: they rest on the same few people");

    @Mixin
    private ReportOptions output = new ReportOptions();

    @Mixin
    private DataOptions data = new DataOptions();

    @Override
    public Integer call() throws Exception {
        DataFolders folders = data.find(List.of(SET));
        Path folder = folders.of(SET).orElseThrow();
        output.progress("reading " + SET.id());
        try {
            OnsetStudy study = new OnsetStudy(WelltoryDays.read(folder));
            Report report = Report.of("baseline").put("sets", folders.sources());
            people(report, study.people());
            List<Outcome> outcomes = Arrays.stream(DailyDetector.Method.values()).map(study::judge).toList();
            windows(report, outcomes);
            far(report, outcomes);
            published(report);
            output.print(report.put("methods", outcomes).put("notPrinted", NOT_PRINTED));
        } catch (DataProblem e) {
            throw CliException.failed(String.valueOf(e.getMessage()), e);
        }
        return ExitCodes.DONE;
    }

    private static void people(Report report, People people) {
        report.put("people", people);
        report.heading(SET.id() + ": " + people.all() + " people, " + people.withPulse() + " with a resting pulse on some day");
        report.say(people.withOnset() + " tell a day of first symptoms; " + people.wrongOnset()
                + " of them a day that cannot be (before December 2019 or after the last day of the set), left out.");
        report.say("A day counts once " + OnsetStudy.LEAST_HISTORY + " earlier days of the person have a value: " + people.daysThatCount() + " days of "
                + people.withHistory() + " people, " + people.onsetAndHistory() + " of them with a usable onset. A window counts with at least "
                + OnsetStudy.LEAST_DAYS_IN_WINDOW + " such days.");
    }

    private static void windows(Report report, List<Outcome> outcomes) {
        report.heading("people flagged around the first symptoms, and windows of the same length far from them");
        Table table = Table.of("method", "days from onset", "flagged", "of people", "share (95 %)", "far from onset: flagged", "of windows", "share");
        for (Outcome outcome : outcomes) {
            for (int i = 0; i < outcome.windows().size(); i++) {
                Window near = outcome.windows().get(i);
                Window far = outcome.farWindows().get(i);
                table.row(outcome.method().words(), near.fromDay() + " to " + near.untilDay(), near.flagged(), near.persons(), share(near),
                        far.flagged(), far.persons(), share(far));
            }
        }
        report.say(table);
        report.say("Intervals: Wilson. With so few people only a large difference between both shares would mean anything.");
    }

    private static String share(Window window) {
        return Figures.between(window.share().value(), window.share().low(), window.share().high(), 2);
    }

    private static void far(Report report, List<Outcome> outcomes) {
        report.heading("flagged days far from the first symptoms (more than " + OnsetStudy.NEAR_BEFORE + " days before or " + OnsetStudy.NEAR_AFTER
                + " after, or no symptoms)");
        Table table = Table.of("method", "flagged days", "days", "flagged per person-month", "median days before onset", "people");
        outcomes.forEach(outcome -> table.row(outcome.method().words(), outcome.farFlagged(), outcome.farDays(), Figures.fixed(outcome.perMonth(), 2),
                Figures.fixed(outcome.leadDays(), 1), outcome.leads()));
        report.say(table);
    }

    private static void published(Report report) {
        report.heading("published (CR 7.2)");
        report.say("NightSignal: 67 of 84 infected people (80 %) alerted before or without symptoms, median 3 days before; 3.42 alert days an infected "
                + "person, 1.15 another (Alavi 2022).");
        report.say("CUSUM online: 67 % at or before symptoms in the preprint, 63 % in the paper from memory (Mishra 2020).");
        report.say("Those are nightly means of wearables worn for months; these are resting pulses that an app showed once a day, with gaps. The figures "
                + "cannot be compared one to one.");
        NOT_PRINTED.forEach(reason -> report.say("Not printed, " + reason + "."));
    }
}
