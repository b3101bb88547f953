package io.vitaltwin.testbench.bench.forecast;

import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.standalone.cli.ExitCodes;
import io.vitaltwin.testbench.bench.ReportOptions;
import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.rules.RuleSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** How far glucose forecasts lie from what was measured afterwards. */
@Command(name = "forecast", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Plays glucose traces through the core and holds its forecasts, and three published ones, against what was measured 30 and 60 minutes "
                + "later. Ends with 1 when a goal is not met.")
public final class ForecastCommand implements Callable<Integer> {

    @Mixin
    private ReportOptions output = new ReportOptions();

    @Option(names = "--data", arity = "1..*", required = true, paramLabel = "DIR",
            description = "Folders with one glucose trace for each person, as of the Glucose-ML collection.")
    private List<Path> folders = List.of();

    @Option(names = "--expected", paramLabel = "MGDL", defaultValue = "74",
            description = "Limit of the option of CGM_URGENT_LOW_SOON that looks at the forecast. Default: ${DEFAULT-VALUE}.")
    private double expected;

    @Override
    public Integer call() throws IOException {
        RuleSet trend = RuleSetFile.bundled();
        RuleSet byForecast = trend.with(Map.of(RuleId.CGM_URGENT_LOW_SOON.name(), Map.of("expected", expected)));
        if (!(byForecast.milli(RuleId.CGM_URGENT_LOW_SOON, "expected") > 0)) {
            throw CliException.wrongCall("--expected must be a glucose in mg/dL above 0, found " + expected);
        }
        List<ForecastReport.Person> people = new ArrayList<>();
        for (Path folder : folders) {
            CgmSet set = CgmSet.read(folder);
            output.progress(set.name() + ": " + set.subjects().size() + " people");
            for (CgmSet.Subject subject : set.subjects()) {
                people.add(person(set.name(), subject, trend, byForecast));
            }
        }
        if (people.stream().allMatch(person -> person.outcome().moments().isEmpty())) {
            throw CliException.failed("no trace is long enough for a forecast whose outcomes were measured");
        }
        ForecastReport report = new ForecastReport(people, expected);
        output.print(report.report());
        List<String> broken = report.broken();
        broken.forEach(output::complain);
        return broken.isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private static ForecastReport.Person person(String set, CgmSet.Subject subject, RuleSet trend, RuleSet byForecast) {
        Replay.Outcome outcome = Replay.of(subject, trend);
        Replay.Outcome other = Replay.of(subject, byForecast);
        return new ForecastReport.Person(set, subject.name(), subject.readings().size(), outcome,
                LowAlarms.of(outcome.seen(), outcome.alarms(), outcome.intervalMillis()),
                LowAlarms.of(other.seen(), other.alarms(), other.intervalMillis()));
    }
}
