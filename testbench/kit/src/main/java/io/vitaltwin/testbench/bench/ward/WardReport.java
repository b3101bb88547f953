package io.vitaltwin.testbench.bench.ward;

import io.vitaltwin.testbench.bench.Figures;
import io.vitaltwin.testbench.bench.Report;
import io.vitaltwin.testbench.bench.Stats;
import io.vitaltwin.testbench.bench.Table;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The sections of a ward with charted values: scores, alerts in three settings, staff limits, lateness. */
final class WardReport {

    private static final List<Setting> COMPARED = List.of(Setting.UNGATED, Setting.FULL, Setting.CONSUMER);

    private final Report report;
    private final String name;
    private final Ward ward;
    private final double days;

    WardReport(Report report, String name, Ward ward) {
        this.report = report;
        this.name = name;
        this.ward = ward;
        this.days = ward.days();
    }

    /** How much there is. */
    record Size(int stays, double patientDays, long deaths) {
    }

    /** Alarms with a look within two hours that showed the value back within the limit. @param part of the plain ones that the full rules spare */
    record Reduction(long plain, long full, double part) {

        static Reduction of(List<Ward.LimitRow> rows) {
            long plain = rows.stream().mapToLong(row -> row.plainSupported().of() - row.plainSupported().hits()).sum();
            long full = rows.stream().mapToLong(row -> row.fullSupported().of() - row.fullSupported().hits()).sum();
            return new Reduction(plain, full, plain == 0 ? Double.NaN : 1 - (double) full / plain);
        }
    }

    /** @param alarms by limit; readings that had a limit in force */
    record StaffAlarms(Map<String, Integer> alarms, Map<String, Integer> readings) {
    }

    void write(String outcomeText) {
        report.heading(name + ": " + ward.patients().size() + " stays, " + Figures.fixed(days, 1) + " patient-days, "
                + ward.patients().stream().filter(WardPatient::died).count() + " deaths");
        report.put(name + ".size", new Size(ward.patients().size(), days, ward.patients().stream().filter(WardPatient::died).count()));
        scores(outcomeText);
        limits();
        calls();
        verdicts();
    }

    private void scores(String outcomeText) {
        ScoreTally.Distribution scores = ScoreTally.distribution(ward.outcomes(Setting.FULL));
        ScoreTally.Discrimination split = ScoreTally.discrimination(ward.patients(), ward.outcomes(Setting.FULL));
        report.heading(name + ": NEWS2");
        report.say(scores.sets() + " sets, " + scores.complete() + " with all seven parameters; missing: " + counts(scores.missing()));
        Table bands = Table.of("band", "sets", "share");
        scores.bands().forEach((band, sets) -> bands.row(band, sets, Figures.percent((double) sets / scores.sets())));
        report.say(bands);
        Stats.Estimate area = split.area();
        report.say("highest known sum of the last 24 h, " + outcomeText + ": AUROC " + Figures.between(area.value(), area.low(), area.high(), 2)
                + ", n = " + split.died() + " died, " + split.survived() + " survived");
        report.put(name + ".news2", scores);
        report.put(name + ".news2Outcome", split);
    }

    private void limits() {
        List<Ward.LimitRow> rows = ward.limits();
        report.heading(name + ": alarms per patient-day at the same limits");
        report.say("A: every value beyond the limit alarms at once. B: sustained or confirmed conditions and quality checks. C: the full rules.");
        Table table = Table.of("limit", "readings beyond", "A", "B", "C", "C calls", "reduction A to C", "A still held", "C still held");
        rows.forEach(row -> table.row(row.limit(), row.beyond(), perDay(row.plain()), perDay(row.ungated()), perDay(row.full()), perDay(row.told()),
                row.counts() ? Figures.percent(row.reduction()) : "-", held(row.plainSupported()), held(row.fullSupported())));
        report.say(table);
        long plain = rows.stream().filter(Ward.LimitRow::counts).mapToLong(Ward.LimitRow::plain).sum();
        long full = rows.stream().filter(Ward.LimitRow::counts).mapToLong(Ward.LimitRow::full).sum();
        double reduction = plain == 0 ? Double.NaN : 1 - (double) full / plain;
        report.say("Sum of the limits with a reduction: " + perDay(plain) + " to " + perDay(full) + " alarms per patient-day, "
                + Figures.percent(reduction) + " fewer.");
        Reduction brief = Reduction.of(rows.stream().filter(Ward.LimitRow::counts).toList());
        report.say("Of these, alarms that no longer held at the next look: " + perDay(brief.plain()) + " to " + perDay(brief.full())
                + " per patient-day, " + Figures.percent(brief.part()) + " fewer. The nearest to false alarms that the data can tell: a brief "
                + "crisis counts as false, and a needless alarm that lasts does not.");
        report.say("No reduction is given where a rule never fired: 100 % fewer cannot be told from a rule that is deaf. \"Still held\": the newest "
                + "reading within 2 h after the alarm was beyond the limit too.");
        report.say("B and C raise at the same moments: gates and caps lower a priority and never remove an alert (CR 3.11.6).");
        report.put(name + ".limits", rows);
        report.put(name + ".reduction", reduction);
        report.put(name + ".reductionOfBriefAlarms", brief);
    }

    private String held(Ward.Share share) {
        return Figures.percent(share.estimate().value()) + " of " + share.of();
    }

    private void calls() {
        report.heading(name + ": calls to a nurse per patient-day, by rule and priority (LOW and above, raised or upgraded)");
        report.say("\"as consumer\" is a what-if: the same numbers as if a watch and an unvalidated cuff had sent them.");
        Map<Setting, Map<String, Integer>> calls = new TreeMap<>();
        COMPARED.forEach(setting -> calls.put(setting, ward.calls(setting)));
        TreeSet<String> rules = new TreeSet<>();
        calls.values().forEach(map -> rules.addAll(map.keySet()));
        Table table = Table.of("rule and priority", "B no gates", "C full", "C as consumer");
        for (String rule : rules) {
            table.row(rule, perDay(count(calls, Setting.UNGATED, rule)), perDay(count(calls, Setting.FULL, rule)),
                    perDay(count(calls, Setting.CONSUMER, rule)));
        }
        for (Priority priority : List.of(Priority.HIGH, Priority.MEDIUM, Priority.LOW)) {
            table.row("all about the patient, " + priority, perDay(ward.calls(Setting.UNGATED, priority)),
                    perDay(ward.calls(Setting.FULL, priority)), perDay(ward.calls(Setting.CONSUMER, priority)));
        }
        report.say(table);
        if (ward.calls(Setting.UNGATED).equals(ward.calls(Setting.FULL))) {
            report.say("The gates changed no priority here: the devices are clinical, and their sigma is small.");
        }
        report.put(name + ".calls", calls);
    }

    private static long count(Map<Setting, Map<String, Integer>> calls, Setting setting, String rule) {
        return calls.getOrDefault(setting, Map.of()).getOrDefault(rule, 0);
    }

    private void verdicts() {
        report.heading(name + ": what the quality checks said");
        Table table = Table.of("setting", "readings", "ACCEPT", "SUSPECT", "REJECT", "reasons");
        for (Setting setting : COMPARED) {
            table.row(Judged.of(ward.outcomes(setting)).cells(setting));
        }
        report.say(table);
        report.put(name + ".quality", COMPARED.stream().map(setting -> Judged.of(ward.outcomes(setting))).toList());
    }

    /** What arrived as the ward stored it. */
    void lateness() {
        report.heading(name + ": in the order in which the ward's own system stored the readings");
        List<Judged> all = new ArrayList<>();
        Table table = Table.of("devices registered as", "applied", "late", "duplicate", "clock ahead", "out of order", "calls about the patient");
        for (Setting setting : List.of(Setting.STORED, Setting.STORED_SPOT)) {
            Judged judged = Judged.of(ward.outcomes(setting));
            all.add(judged);
            long calls = ward.calls(setting, Priority.HIGH) + ward.calls(setting, Priority.MEDIUM) + ward.calls(setting, Priority.LOW);
            table.row(setting == Setting.STORED ? "continuous (late after 15 min)" : "spot (late after 24 h)", judged.fate("APPLY"), judged.fate("LATE"),
                    judged.fate("DUPLICATE"), judged.reason("CLOCK_FUTURE"), judged.reason("OUT_OF_ORDER"), perDay(calls) + " per day");
        }
        report.say(table);
        report.say("What was stored before the time it was charted for (a nurse charts the full hour ahead) looks like a clock that is ahead: REJECT.");
        report.put(name + ".stored", all);
    }

    void staffLimits() {
        Map<String, Integer> alarms = new TreeMap<>();
        Map<String, Integer> judged = new TreeMap<>();
        for (WardPatient patient : ward.patients()) {
            StaffLimits.Outcome outcome = StaffLimits.count(patient);
            outcome.alarms().forEach((side, count) -> alarms.merge(side.name(), count, Integer::sum));
            outcome.judged().forEach((side, count) -> judged.merge(side.name(), count, Integer::sum));
        }
        report.heading(name + ": alarms at the limits that the staff had set on the monitors");
        Table table = Table.of("limit", "charted readings with a limit in force", "alarms", "per patient-day");
        judged.forEach((side, readings) -> table.row(side, readings, alarms.getOrDefault(side, 0), perDay(alarms.getOrDefault(side, 0))));
        int sum = alarms.values().stream().mapToInt(Integer::intValue).sum();
        table.row("all", judged.values().stream().mapToInt(Integer::intValue).sum(), sum, perDay(sum));
        report.say(table);
        report.say("On charted readings, an hour apart: the monitor itself saw each second and alarmed more often. Not a count of its alarms.");
        report.put(name + ".staffLimits", new StaffAlarms(alarms, judged));
    }

    private String perDay(long count) {
        return days == 0 ? "-" : Figures.fixed(count / days, 3);
    }

    private static String counts(Map<String, Integer> counts) {
        return counts.isEmpty() ? "none" : String.join(", ", counts.entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue()).toList());
    }

    /** Verdicts, fates and reasons of all readings of a setting. */
    record Judged(Map<String, Integer> fates, Map<String, Integer> verdicts, Map<String, Integer> reasons) {

        static Judged of(List<WardRun.Outcome> outcomes) {
            Judged judged = new Judged(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
            for (WardRun.Outcome outcome : outcomes) {
                outcome.handling().forEach((fate, count) -> judged.fates.merge(fate.name(), count, Integer::sum));
                outcome.verdicts().forEach((verdict, count) -> judged.verdicts.merge(verdict.name(), count, Integer::sum));
                outcome.reasons().forEach((reason, count) -> judged.reasons.merge(reason.name(), count, Integer::sum));
            }
            return judged;
        }

        int fate(String fate) {
            return fates.getOrDefault(fate, 0);
        }

        int reason(String reason) {
            return reasons.getOrDefault(reason, 0);
        }

        private Object[] cells(Setting setting) {
            int all = fates.values().stream().mapToInt(Integer::intValue).sum();
            return new Object[] {setting, all, verdicts.getOrDefault(Verdict.ACCEPT.name(), 0), verdicts.getOrDefault(Verdict.SUSPECT.name(), 0),
                verdicts.getOrDefault(Verdict.REJECT.name(), 0), counts(reasons)};
        }
    }
}
