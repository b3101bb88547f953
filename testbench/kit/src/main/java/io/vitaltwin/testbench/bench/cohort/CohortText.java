package io.vitaltwin.testbench.bench.cohort;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report as lines for people, and as JSON. */
final class CohortText {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** What the words of the report mean. */
    private static final List<String> NOTES = List.of(
            "alert: an episode that staff saw, LOW or more, physiological or technical; notice: each time that it was raised or became worse.",
            "true: told while something of its family was true, or half an hour after it. TN: patient-days without event and physiological alert.",
            "delay: from when the condition had truly held for long enough; negative when foretold. Fairness counts physiological alerts only that told of nothing true,",
            "events by the grade of the device that watched, people by the grade of what they wear. Delays of groups have no limit of their own.");

    private CohortText() {
    }

    static List<String> lines(CohortReport report) {
        List<String> lines = new ArrayList<>();
        CohortReport.Settings settings = report.settings();
        lines.add(format("%d simulated patients, %d days, seed %d, rule set %s", settings.patients(), settings.days(), settings.seed(),
                settings.ruleSet()));
        lines.add(format("%d readings judged, %.2f %% suspect, %.2f %% rejected; streams %s", report.volume().readings(),
                percent(report.volume().suspect(), report.volume().readings()), percent(report.volume().rejected(), report.volume().readings()),
                report.volume().streamHash()));
        rates(report, lines);
        values(report, lines);
        groups(report, lines);
        lines.add("");
        lines.add(format("%-56s %9s %9s", "limit", "found", "allowed"));
        for (Limit limit : report.limits()) {
            String state = switch (limit.state()) {
                case HELD -> "";
                case BROKEN -> "BROKEN";
                case TOO_FEW -> "not judged";
            };
            lines.add(format("%-56s %9s %9s  %s", limit.name(), number(limit.value()), limit.limit(),
                    limit.note().isEmpty() || state.isEmpty() ? state : state + ": " + limit.note()).stripTrailing());
        }
        lines.add("");
        lines.addAll(NOTES);
        return lines;
    }

    private static void rates(CohortReport report, List<String> lines) {
        CohortReport.Rates rates = report.perPatientMonth();
        lines.add("");
        lines.add(format("per patient-month: %.2f alerts (%.2f notices): HIGH %.3f, MEDIUM %.3f, LOW %.3f; physiological %.2f, technical %.2f",
                rates.alerts(), rates.notices(), rates.high(), rates.medium(), rates.low(), rates.physiological(), rates.technical()));
        lines.add(format("a tenth of the patients have %s of the alerts", share(report.topTenthShare())));
        CohortReport.CostScore score = report.score();
        lines.add(format("score %.1f = 100 (TP %d + TN %d) / (TP + TN + FP %d + 5 x FN %d)", score.score(), score.truePositives(),
                score.trueNegatives(), score.falsePositives(), score.falseNegatives()));
    }

    private static void values(CohortReport report, List<String> lines) {
        lines.add("");
        lines.add(format("%-24s %8s %8s %7s", "alerts by priority, rule", "alerts", "true", "PPV"));
        report.priorities().forEach(value -> lines.add(format("%-24s %8d %8d %7s", value.priority(), value.alerts(), value.correct(),
                share(value.ppv()))));
        report.rules().forEach(value -> lines.add(format("  %-22s %8d %8d %7s", value.rule(), value.alerts(), value.correct(),
                share(value.ppv()))));
        lines.add("");
        lines.add(format("%-24s %8s %8s %14s %14s %10s", "true events", "events", "found", "told at worst", "delay s (med)", "too mild"));
        report.events().forEach(value -> lines.add(format("  %-22s %8d %8d %14d %14s %10d", value.kind(), value.events(), value.found(),
                value.toldAtWorst(), number(value.medianDelaySeconds()), value.neverMet())));
        lines.add("");
        lines.add(format("%-24s %8s %14s %10s", "faults of devices", "faults", "physiological", "technical"));
        report.faults().forEach(value -> lines.add(format("  %-22s %8d %14d %10d", value.kind(), value.faults(), value.physiologicalAlerts(),
                value.technicalAlerts())));
    }

    private static void groups(CohortReport report, List<String> lines) {
        lines.add("");
        lines.add(format("%-26s %9s %13s %7s %7s %23s %9s %17s", "group", "patients", "alerts/month", "events", "found", "sensitivity (95 %)",
                "delay s", "hypoxia delay s"));
        for (Fairness.Group group : report.fairness().groups()) {
            lines.add(format("  %-24s %9d %13.2f %7d %7d %7s (%6s - %6s) %9s %17s", group.attribute() + " " + group.name(), group.patients(),
                    group.alertsPerMonth(), group.events(), group.found(), share(group.sensitivity()), share(group.sensitivityLow()),
                    share(group.sensitivityHigh()), number(group.medianDelaySeconds()), number(group.medianHypoxiaDelaySeconds())));
        }
    }

    static String json(CohortReport report) {
        try {
            return JSON.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report cannot be written as JSON", e);
        }
    }

    private static double percent(long part, long of) {
        return of == 0 ? Double.NaN : 100.0 * part / of;
    }

    private static String share(double value) {
        return Double.isNaN(value) ? "-" : format("%.1f %%", 100 * value);
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : format("%.2f", value);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
