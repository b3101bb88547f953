package io.vitaltwin.testbench.bench.wearable;

import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.standalone.cli.ExitCodes;
import io.vitaltwin.testbench.bench.DataOptions;
import io.vitaltwin.testbench.bench.Figures;
import io.vitaltwin.testbench.bench.Report;
import io.vitaltwin.testbench.bench.ReportOptions;
import io.vitaltwin.testbench.bench.Table;
import io.vitaltwin.testbench.data.ActivityMinutes;
import io.vitaltwin.testbench.data.DataFolders;
import io.vitaltwin.testbench.data.DataProblem;
import io.vitaltwin.testbench.data.DataSet;
import io.vitaltwin.testbench.data.FitbitMinutes;
import io.vitaltwin.testbench.data.WearableHrv;
import io.vitaltwin.twin.core.Context;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Wearables against references and against the sigma that the core assumes. */
@Command(name = "wearable", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Holds the errors of wearables against the uncertainty that the core assumes, and plays a month of minutes through it.")
public final class WearableCommand implements Callable<Integer> {

    private static final List<DataSet> SETS =
            List.of(DataSet.WEARABLE_ECG, DataSet.WEARABLE_ACTIVITY, DataSet.WEARABLE_FURBERG, DataSet.PPG_POLAR);

    @Mixin
    private ReportOptions output = new ReportOptions();

    @Mixin
    private DataOptions data = new DataOptions();

    @Override
    public Integer call() throws Exception {
        DataFolders folders = data.find(SETS);
        try {
            Report report = Report.of("wearable").put("sets", folders.sources());
            report.say("Goal: errors in units of the assumed sigma (z) have a standard deviation of 0.7 to 1.3, about 0: the core assumes no bias. "
                    + "Grade CONSUMER throughout.");
            folders.of(DataSet.WEARABLE_ECG).ifPresent(folder -> ecg(report, folder));
            folders.of(DataSet.WEARABLE_ACTIVITY).ifPresent(folder -> activities(report, folder));
            folders.of(DataSet.WEARABLE_FURBERG).ifPresent(folder -> months(report, folder));
            folders.of(DataSet.PPG_POLAR).ifPresent(folder -> ppg(report));
            output.print(report);
        } catch (DataProblem e) {
            throw CliException.failed(String.valueOf(e.getMessage()), e);
        }
        return ExitCodes.DONE;
    }

    private void ecg(Report report, Path folder) {
        output.progress("reading " + DataSet.WEARABLE_ECG.id());
        String name = DataSet.WEARABLE_ECG.id();
        List<Errors.Cell> cells = new ArrayList<>(Conditions.cells(WearableHrv.read(folder)));
        report.heading(name + ": means of a condition (minutes) against ECG");
        report.say("REST: sitting, standing, arithmetic, recovery, breathing, neurotask. LIGHT: walking. VIGOROUS: biking. SLEEP: none.");
        report.say("A mean lacks the scatter of single readings: it can show that sigma is too small, never that it is too large.");
        report.say(table(cells));
        if (WearableHrv.hasRaw(folder)) {
            BeatByBeat.Outcome raw = BeatByBeat.of(WearableHrv.raw(folder));
            report.heading(name + ": single readings (10 s) of one person against ECG");
            Table lags = Table.of("device", "lag to the ECG, s", "correlation there", "used");
            raw.alignments().forEach(found -> lags.row(found.device(), found.lagSeconds(), Figures.fixed(found.correlation(), 3),
                    found.aligned() ? "yes" : "no: below " + BeatByBeat.LEAST_CORRELATION));
            report.say(lags);
            report.say("The clocks are not aligned: the lag is estimated where both heart rates go together best, so an error of the clock is not seen.");
            report.say(table(raw.cells()));
            cells.addAll(raw.cells());
            report.put(name + ".lags", raw.alignments());
        }
        report.put(name + ".cells", cells);
        verdict(report, cells);
        none(report, DataSet.WEARABLE_ECG, List.of(
                "a verdict on SLEEP: nobody slept",
                "wrist-worn devices at rest in numbers: the only one is worn by one person",
                "RMSSD against the nightly sigma: nights are not in the set; the sigma of an unknown context is used"));
    }

    private static Table table(List<Errors.Cell> cells) {
        Table table = Table.of("vital", "context", "device", "n", "people", "bias", "SD", "mean abs.", "sigma", "SD of z", "SD of z about 0 (95 %)",
                "one left out", "verdict");
        for (Errors.Cell cell : cells) {
            table.row(cell.vital().id(), cell.context(), cell.device(), cell.n(), cell.persons(), Figures.fixed(cell.bias(), 2),
                    Figures.fixed(cell.sd(), 2), Figures.fixed(cell.mae(), 2), Figures.fixed(cell.meanSigma(), 1),
                    Figures.fixed(cell.sdZ(), 2), Figures.between(cell.zeroZ().value(), cell.zeroZ().low(), cell.zeroZ().high(), 2),
                    Double.isNaN(cell.leastWithoutOne()) ? "-"
                            : Figures.fixed(cell.leastWithoutOne(), 2) + " to " + Figures.fixed(cell.mostWithoutOne(), 2),
                    cell.verdict().words());
        }
        return table;
    }

    /** What follows for the core's table: a cell must be outside, and rest on enough people. */
    private static void verdict(Report report, List<Errors.Cell> cells) {
        report.heading("what follows for the table of sigma");
        List<Errors.Cell> outside = cells.stream().filter(Errors.Cell::isOutside).toList();
        outside.forEach(cell -> report.say(cell.vital().id() + " " + cell.context() + " " + cell.device() + ": "
                + cell.verdict().words() + " (SD of z about 0 " + Figures.fixed(cell.zeroZ().value(), 2) + ", n = " + cell.n() + " of " + cell.persons()
                + " people): " + (cell.isGround() ? "ground for a change" : "fewer than " + Errors.FEWEST_PERSONS + " people, no ground for a change")));
        if (outside.isEmpty()) {
            report.say("no cell with 8 errors or more is outside");
        }
        report.put("outside", outside);
    }

    private void activities(Report report, Path folder) {
        output.progress("reading " + DataSet.WEARABLE_ACTIVITY.id());
        String name = DataSet.WEARABLE_ACTIVITY.id();
        List<ActivityMinutes.Minute> minutes = ActivityMinutes.read(folder);
        List<Activities.Separation> separations = Activities.separations(minutes);
        report.heading(name + ": " + minutes.size() + " minutes by true activity");
        Table rows = Table.of("device", "activity", "minutes", "heart rate 10 %", "median", "90 %", "steps, median");
        Activities.rows(minutes).forEach(row -> rows.row(row.device(), row.activity(), row.minutes(), Figures.fixed(row.heartRate10(), 0),
                Figures.fixed(row.heartRate50(), 0), Figures.fixed(row.heartRate90(), 0), Figures.fixed(row.steps50(), 1)));
        report.say(rows);
        report.put(name + ".rows", Activities.rows(minutes)).put(name + ".separation", separations);
        Map<String, Object> contexts = new LinkedHashMap<>();
        List<String> reasons = new ArrayList<>(List.of("errors of the heart rate: the set has no reference for it"));
        for (Activities.Separation separation : separations) {
            report.say(separation.device() + ": a running minute has the higher heart rate than a still one in "
                    + Figures.percent(separation.heartRate().value()) + ", more steps in " + Figures.percent(separation.steps().value()));
            if (separation.stepsMeanSteps()) {
                Map<String, Map<Context, Integer>> found = Activities.contexts(minutes, separation.device());
                report.heading(name + ", " + separation.device() + ": context that the core derives from the steps").say(contextTable(found));
                contexts.put(separation.device(), found);
            } else {
                reasons.add("contexts of " + separation.device() + " from steps: its steps do not tell running from lying, so a table would judge "
                        + "the damaged numbers and not the rule");
            }
        }
        report.put(name + ".contexts", contexts);
        none(report, DataSet.WEARABLE_ACTIVITY, reasons);
    }

    private static Table contextTable(Map<String, Map<Context, Integer>> found) {
        Table table = Table.of("true activity", "SLEEP", "REST", "LIGHT", "VIGOROUS", "UNKNOWN");
        found.forEach((activity, counts) -> table.row(activity, counts.getOrDefault(Context.SLEEP, 0), counts.getOrDefault(Context.REST, 0),
                counts.getOrDefault(Context.LIGHT, 0), counts.getOrDefault(Context.VIGOROUS, 0), counts.getOrDefault(Context.UNKNOWN, 0)));
        return table;
    }

    private void months(Report report, Path folder) {
        output.progress("reading " + DataSet.WEARABLE_FURBERG.id());
        String name = DataSet.WEARABLE_FURBERG.id();
        report.heading(name + ": months of minutes through the core (tracker, CONSUMER)");
        List<MonthOfMinutes.Outcome> outcomes = MonthOfMinutes.of(FitbitMinutes.read(folder));
        Table table = Table.of("person", "days", "minutes", "covered", "gaps", "FLATLINE", "constant for 45 min", "heart rates by verdict", "by context");
        for (MonthOfMinutes.Outcome outcome : outcomes) {
            table.row(outcome.person(), Figures.fixed(outcome.days(), 1), outcome.minutes(), Figures.percent(outcome.covered()), outcome.gaps(),
                    Figures.percent(outcome.flat()), Figures.percent(outcome.constant()), outcome.verdicts(), outcome.contexts());
        }
        report.say(table);
        outcomes.forEach(outcome -> report.say(outcome.person() + ": reasons " + outcome.reasons() + "; calls " + outcome.calls()));
        report.say("Those who published the minutes filled gaps with a mean, so long runs of one value are no sensor's: what FLATLINE is for.");
        report.say("They also kept only some hours of each day, so DEVICE_SILENT tells of the set and not of the tracker.");
        report.put(name + ".months", outcomes);
        none(report, DataSet.WEARABLE_FURBERG, List.of("false or missed alarms: nobody noted illness or health of these people",
                "errors of the heart rate: no reference"));
    }

    private static void ppg(Report report) {
        report.heading(DataSet.PPG_POLAR.id());
        none(report, DataSet.PPG_POLAR, List.of("errors of intervals: the set has the raw light signal of a phone, and the core takes intervals; a beat "
                + "detector of our own would be judged, not the core"));
    }

    /** What the set cannot say, in place of a figure. */
    private static void none(Report report, DataSet set, List<String> reasons) {
        reasons.forEach(reason -> report.say("Not printed, " + reason + "."));
        report.put(set.id() + ".notPrinted", reasons);
    }
}
