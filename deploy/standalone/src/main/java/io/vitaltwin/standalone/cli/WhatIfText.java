package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.ForecastPoint;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.TwinVital;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.trial.AlarmComparison;
import io.vitaltwin.twin.core.trial.AlarmEpisode;
import io.vitaltwin.twin.core.trial.StaffLoad;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A trial as text for people. */
final class WhatIfText {

    private WhatIfText() {
    }

    static void print(PrintWriter out, WhatIfAnswer answer) {
        var result = answer.result();
        AlarmComparison comparison = result.comparison();
        out.println("virtual trial of " + answer.patient() + " from " + result.from() + " until " + result.until());
        comparison.added().forEach(episode -> out.println("  added    " + text(episode)));
        comparison.removed().forEach(episode -> out.println("  removed  " + text(episode)));
        comparison.pairs().stream().filter(pair -> !pair.isSame()).forEach(pair -> out.println("  " + text(pair)));
        out.println("  the same " + comparison.pairs().stream().filter(AlarmComparison.Pair::isSame).count());
        loads(out, answer.was(), answer.would(), answer.days());
        Optional<Duration> was = answer.delay(AlarmComparison.Pair::was);
        Optional<Duration> would = answer.delay(AlarmComparison.Pair::would);
        if (was.isPresent() && would.isPresent()) {
            out.println("  from first reading to alert, median of alerts in both: " + span(was.get()) + " as it was, " + span(would.get()) + " as it would be");
        }
        forecasts(out, "as it is", result.now());
        forecasts(out, "as it would be", result.then());
        var record = result.record();
        out.println("  really raised and found again without changes: " + record.same() + (record.onlyRecorded() + record.onlyFolded() == 0 ? ""
                : "; only really raised: " + record.onlyRecorded() + ", only found: " + record.onlyFolded() + " (raised by rule set "
                + (record.ruleSets().isEmpty() ? "unknown" : String.join(", ", record.ruleSets())) + ")"));
        result.unknownDevices().forEach(device -> out.println("  no such device in the care plan: " + device));
        out.println("  rests on the log from " + result.origin().from().map(Object::toString).orElse("nowhere"));
        result.origin().missing().forEach(line -> out.println("  missing: " + line));
    }

    /** A cohort: sums over those who may be shown. */
    static void printTogether(PrintWriter out, List<WhatIfAnswer> answers) {
        out.println("together: patients " + answers.size());
        loads(out, StaffLoad.of(answers.stream().flatMap(answer -> answer.result().was().stream()).toList()),
                StaffLoad.of(answers.stream().flatMap(answer -> answer.result().would().stream()).toList()),
                answers.stream().mapToDouble(WhatIfAnswer::days).sum());
    }

    private static void loads(PrintWriter out, StaffLoad was, StaffLoad would, double days) {
        out.printf(Locale.ROOT, "  %-22s %10s %14s%n", "alerts", "as it was", "as it would be");
        for (Priority priority : List.of(Priority.HIGH, Priority.MEDIUM, Priority.LOW, Priority.INFO)) {
            out.printf(Locale.ROOT, "  %-22s %10d %14d%n", priority, was.alerts().get(priority), would.alerts().get(priority));
        }
        out.printf(Locale.ROOT, "  %-22s %10.2f %14.2f%n", "a patient-day", was.total() / days, would.total() / days);
    }

    private static String text(AlarmEpisode episode) {
        return episode.highest() + " " + episode.rule() + " raised " + episode.raised() + ", " + span(episode.delay()) + " after it began"
                + episode.ended().map(end -> ", ended " + end).orElse(", still open");
    }

    private static String text(AlarmComparison.Pair pair) {
        String moved = pair.isMoved() ? "moved    " : "priority ";
        return moved + pair.would().rule() + " raised " + pair.would().raised() + (pair.isMoved() ? ", " + span(pair.movedBy().abs())
                + (pair.movedBy().isNegative() ? " earlier" : " later") : "")
                + (pair.hasOtherPriority() ? ", " + pair.was().highest() + " becomes " + pair.would().highest() : "");
    }

    private static void forecasts(PrintWriter out, String when, Optional<TwinSnapshot> snapshot) {
        for (TwinVital vital : WhatIfAnswer.forecasts(snapshot)) {
            out.println("  forecast of " + vital.getVital() + " (" + vital.getDeviceId() + ") " + when + ":");
            for (ForecastPoint point : vital.getForecast()) {
                out.printf(Locale.ROOT, "    %s  %8.1f  (90 %%: %.1f to %.1f)%n", point.getTime(), point.getValue(), point.getLow(), point.getHigh());
            }
        }
    }

    private static String span(Duration span) {
        long seconds = span.toSeconds();
        return seconds < 120 ? seconds + " s" : seconds < 7_200 ? seconds / 60 + " min" : String.format(Locale.ROOT, "%.1f h", seconds / 3600.0);
    }
}
