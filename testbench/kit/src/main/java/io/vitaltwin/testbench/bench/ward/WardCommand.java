package io.vitaltwin.testbench.bench.ward;

import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.standalone.cli.ExitCodes;
import io.vitaltwin.testbench.bench.DataOptions;
import io.vitaltwin.testbench.bench.Figures;
import io.vitaltwin.testbench.bench.Report;
import io.vitaltwin.testbench.bench.ReportOptions;
import io.vitaltwin.testbench.bench.Stats;
import io.vitaltwin.testbench.bench.Table;
import io.vitaltwin.testbench.data.Bidmc;
import io.vitaltwin.testbench.data.DataFolders;
import io.vitaltwin.testbench.data.DataProblem;
import io.vitaltwin.testbench.data.DataSet;
import io.vitaltwin.testbench.data.Mimic3Demo;
import io.vitaltwin.testbench.data.Physionet2012;
import io.vitaltwin.testbench.data.WdbNumerics;
import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.rules.RuleSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** The real core on intensive care numerics. */
@Command(name = "ward", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Plays intensive care numerics through the real core: NEWS2, alerts per patient-day with and without sustained conditions "
                + "and gates, and what the data cannot say.")
public final class WardCommand implements Callable<Integer> {

    private static final List<DataSet> SETS = List.of(DataSet.ICU_MIMIC3, DataSet.ICU_PHYSIONET2012, DataSet.ICU_BIDMC, DataSet.ICU_WDB);

    @Mixin
    private ReportOptions output = new ReportOptions();

    @Mixin
    private DataOptions data = new DataOptions();

    @Override
    public Integer call() throws Exception {
        DataFolders folders = data.find(SETS);
        try {
            output.print(report(folders));
        } catch (DataProblem e) {
            throw CliException.failed(String.valueOf(e.getMessage()), e);
        }
        return ExitCodes.DONE;
    }

    private Report report(DataFolders folders) {
        RuleSet rules = RuleSetFile.bundled();
        Report report = Report.of("ward").put("sets", folders.sources());
        report.say("Selected samples of intensive care, not of patients at home: how often rules fire here says nothing of how often they will there.");
        folders.of(DataSet.ICU_MIMIC3).ifPresent(folder -> mimic(report, folder, rules));
        folders.of(DataSet.ICU_PHYSIONET2012).ifPresent(folder -> physionet(report, folder, rules));
        folders.of(DataSet.ICU_BIDMC).ifPresent(folder -> bidmc(report, folder, rules));
        folders.of(DataSet.ICU_WDB).ifPresent(folder -> wdb(report, folder, rules));
        return report;
    }

    private void mimic(Report report, Path folder, RuleSet rules) {
        output.progress("reading " + DataSet.ICU_MIMIC3.id());
        Mimic3Demo.Content content = Mimic3Demo.read(folder);
        List<Setting> settings = List.of(Setting.values());
        Ward ward = new Ward(Mimic3Ward.patients(content), rules, settings, output::progress);
        WardReport section = new WardReport(report, DataSet.ICU_MIMIC3.id(), ward);
        section.write("before death in the hospital against before leaving intensive care alive; a selected sample, not a validation");
        section.staffLimits();
        section.lateness();
        report.say("Read: " + content.rows() + " charted rows, " + content.withoutStay() + " without a stay, "
                + content.stays().stream().mapToInt(Mimic3Demo.Stay::marked).sum() + " that a nurse marked as wrong left out.");
        none(report, DataSet.ICU_MIMIC3, List.of(
                "sensitivity or false-alarm rate of a rule: nobody labelled which values needed somebody to act",
                "delays in minutes: readings are an hour apart",
                "BP_SEVERE and BP_LOW against the plain counter: a second measurement within 15 min is seldom charted"));
    }

    private void physionet(Report report, Path folder, RuleSet rules) {
        output.progress("reading " + DataSet.ICU_PHYSIONET2012.id());
        Ward ward = new Ward(Physionet2012Ward.patients(Physionet2012.read(folder)), rules,
                List.of(Setting.UNGATED, Setting.FULL, Setting.CONSUMER), output::progress);
        new WardReport(report, DataSet.ICU_PHYSIONET2012.id(), ward)
                .write("of the first 48 h, against death in the hospital at any time; deaths are 40 % here by choice of the sample");
        none(report, DataSet.ICU_PHYSIONET2012, List.of(
                "saturation alerts: SaO2 of this set is a laboratory value, a few a day",
                "complete NEWS2: there is no oximeter; every score is a lower bound",
                "scores before death: death may come days after the record ends",
                "lateness: the set has no arrival times"));
    }

    private void bidmc(Report report, Path folder, RuleSet rules) {
        output.progress("reading " + DataSet.ICU_BIDMC.id());
        List<Bidmc.Recording> recordings = Bidmc.read(folder);
        int[] disagreed = new int[1];
        List<Breaths.Look> looks = Breaths.looks(recordings, disagreed);
        Breaths.Agreement pulses = Breaths.pulses(recordings);
        Breaths.Agreement breaths = Breaths.breaths(looks);
        double high = rules.milli(RuleId.RESP_HIGH, "on") / 1_000.0;
        List<Breaths.Detection> detections = List.of(
                Breaths.detection(looks, "21 /min or more (NEWS2 gives 2)", rate -> Math.rint(rate) >= 21),
                Breaths.detection(looks, Figures.fixed(high, 0) + " /min or more (RESP_HIGH)", rate -> Math.rint(rate) >= high),
                Breaths.detection(looks, "11 /min or less (NEWS2 gives 1)", rate -> Math.rint(rate) <= 11));
        String name = DataSet.ICU_BIDMC.id();
        report.heading(name + ": " + recordings.size() + " recordings of 8 minutes at 1 Hz");
        Table agreement = Table.of("what", "pairs", "bias", "SD", "mean abs. error", "beyond 5 /min", "sigma of the core", "SD of z about 0",
                "one recording left out", "median recording", "recordings above 1.3");
        agree(agreement, "pulse of the oximeter - heart rate of the ECG, /min", pulses);
        agree(agreement, "respiration shown - breaths marked by hand, /min", breaths);
        report.say(agreement);
        report.say("Goal for the SD of z: 0.7 to 1.3. The monitor's own averaging of breaths is not known; where breathing changes, part of the error is "
                + "that of a minute against another span. Recordings that are wrong as a whole (double or missed breaths) are no matter of sigma.");
        Table table = Table.of("true respiration", "sensitivity", "looks", "recordings", "specificity", "looks");
        detections.forEach(found -> table.row(found.limit(), share(found.hits()), found.hits().of(), found.recordings(), share(found.falls()),
                found.falls().of()));
        report.say(table);
        report.say("Truth: breaths of the last 60 s where both annotators agree within 2 /min (" + disagreed[0] + " looks without). Looks of one "
                + "recording resemble each other: the intervals are too narrow, the number of recordings counts.");
        report.put(name + ".pulses", pulses).put(name + ".breaths", breaths).put(name + ".detections", detections)
                .put(name + ".looksWithoutTruth", disagreed[0]);
        none(report, DataSet.ICU_BIDMC, List.of("alerts per patient-day: 8 minutes of a person are no day, and most rules need 10 minutes",
                "NEWS2: only three of seven parameters are there"));
    }

    private static void agree(Table table, String what, Breaths.Agreement found) {
        table.row(what, found.n(), Figures.fixed(found.bias(), 2), Figures.fixed(found.sd().value(), 2), Figures.fixed(found.mae(), 2),
                Figures.percent(found.far().estimate().value()), Figures.fixed(found.sigma(), 1), Figures.fixed(found.zeroZ().value(), 2),
                Figures.fixed(found.leastWithoutOne(), 2) + " to " + Figures.fixed(found.mostWithoutOne(), 2),
                Figures.fixed(found.typicalZ(), 2), found.above() + " of " + found.recordings());
    }

    private static String share(Ward.Share share) {
        Stats.Estimate estimate = share.estimate();
        return Figures.between(estimate.value(), estimate.low(), estimate.high(), 2);
    }

    private void wdb(Report report, Path folder, RuleSet rules) {
        String name = DataSet.ICU_WDB.id();
        report.heading(name + ": a monitor that sends 0 when a lead is off");
        Table table = Table.of("record", "minutes", "zeros", "of them REJECT", "other readings", "of them ACCEPT", "calls");
        List<Zeros.Outcome> outcomes = WdbNumerics.read(folder).stream().map(recording -> {
            Zeros.Outcome outcome = Zeros.of(recording, rules);
            table.row(recording.name(), outcome.minutes(), outcome.zeros(), outcome.zerosRejected(), outcome.others(), outcome.othersAccepted(),
                    outcome.calls());
            return outcome;
        }).toList();
        report.say(table);
        report.put(name + ".zeros", outcomes);
        none(report, DataSet.ICU_WDB, List.of("any rate: one record of 72 minutes, here for its format and its zeros"));
    }

    /** What the set cannot say, in place of a figure. */
    private static void none(Report report, DataSet set, List<String> reasons) {
        reasons.forEach(reason -> report.say("Not printed, " + reason + "."));
        report.put(set.id() + ".notPrinted", reasons);
    }
}
