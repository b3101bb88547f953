package io.vitaltwin.testbench.bench.ward;

import io.vitaltwin.testbench.bench.Stats;
import io.vitaltwin.testbench.bench.ward.PlainCounter.Alarm;
import io.vitaltwin.testbench.bench.ward.PlainCounter.Support;
import io.vitaltwin.twin.core.Lane;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.rules.AlertChange;
import io.vitaltwin.twin.core.rules.AlertChange.Event;
import io.vitaltwin.twin.core.rules.RuleSet;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** All patients of one set in all settings, and the counts that the report shows. */
final class Ward {

    /** Charts are hourly: the next reading is there within two hours, or nobody looked. Project default, no source. */
    static final long SUPPORT_MILLIS = 2 * 3_600_000L;

    private final List<WardPatient> patients;
    private final RuleSet rules;
    private final Map<Setting, List<WardRun.Outcome>> outcomes = new EnumMap<>(Setting.class);
    private final List<PlainCounter.Outcome> plain;

    Ward(List<WardPatient> patients, RuleSet rules, List<Setting> settings, Consumer<String> progress) {
        this.patients = List.copyOf(patients);
        this.rules = rules;
        for (Setting setting : settings) {
            progress.accept(patients.size() + " patients, setting " + setting);
            outcomes.put(setting, this.patients.stream().map(patient -> WardRun.of(patient, setting, rules)).toList());
        }
        plain = this.patients.stream().map(patient -> PlainCounter.count(patient, rules)).toList();
    }

    List<WardPatient> patients() {
        return patients;
    }

    double days() {
        return patients.stream().mapToDouble(WardPatient::days).sum();
    }

    List<WardRun.Outcome> outcomes(Setting setting) {
        return outcomes.getOrDefault(setting, List.of());
    }

    /**
     * Alarms of one limit, once by the plain counter and once by the rules.
     *
     * @param beyond readings beyond the limit
     * @param plain alarms of the plain counter
     * @param ungated episodes of the rules without gates; full those of the rules as they are
     * @param told how often the full rules called a nurse: raised or upgraded, LOW or above
     * @param plainSupported share of the alarms whose condition still held at the next look; of those that had one
     */
    record LimitRow(String limit, boolean comparable, long beyond, long plain, long ungated, long full, long told, Share plainSupported,
            Share fullSupported) {

        /** Whether a reduction can be told: hourly charts suit the rule, and it fired at all. */
        boolean counts() {
            return comparable && full > 0 && plain > 0;
        }

        /** Part of the plain alarms that the full rules spare; NaN without any. */
        double reduction() {
            return plain == 0 ? Double.NaN : 1 - (double) full / plain;
        }
    }

    record Share(long hits, long of, Stats.Estimate estimate) {

        static Share of(long hits, long all) {
            return new Share(hits, all, Stats.share(hits, all));
        }
    }

    List<LimitRow> limits() {
        List<LimitRow> rows = new ArrayList<>();
        for (Limit limit : Limit.values()) {
            List<List<Alarm>> loud = plain.stream().map(outcome -> outcome.alarms().stream().filter(alarm -> alarm.limit() == limit).toList()).toList();
            List<List<Alarm>> full = raised(Setting.FULL, limit);
            long beyond = plain.stream().mapToLong(outcome -> outcome.beyond().getOrDefault(limit, 0)).sum();
            long told = outcomes(Setting.FULL).stream().flatMap(outcome -> outcome.alerts().stream())
                    .filter(change -> isTold(change) && Limit.of(change.rule()).filter(limit::equals).isPresent()).count();
            rows.add(new LimitRow(limit.words(), limit.isComparable(), beyond, size(loud), size(raised(Setting.UNGATED, limit)), size(full), told,
                    supported(loud), supported(full)));
        }
        return rows;
    }

    private List<List<Alarm>> raised(Setting setting, Limit limit) {
        return outcomes(setting).stream().map(outcome -> outcome.alerts().stream()
                .filter(change -> change.event() == Event.RAISED && Limit.of(change.rule()).filter(limit::equals).isPresent())
                .map(change -> new Alarm(limit, change.effectiveMillis())).toList()).toList();
    }

    private static long size(List<List<Alarm>> alarms) {
        return alarms.stream().mapToLong(List::size).sum();
    }

    private Share supported(List<List<Alarm>> alarms) {
        long yes = 0;
        long known = 0;
        for (int i = 0; i < patients.size(); i++) {
            for (Alarm alarm : alarms.get(i)) {
                Support support = PlainCounter.support(patients.get(i), rules, alarm, SUPPORT_MILLIS);
                yes += support == Support.YES ? 1 : 0;
                known += support == Support.UNKNOWN ? 0 : 1;
            }
        }
        return Share.of(yes, known);
    }

    /** Something that a nurse is called for. */
    static boolean isTold(AlertChange change) {
        return (change.event() == Event.RAISED || change.event() == Event.UPGRADED) && change.priority() != Priority.INFO;
    }

    /** Calls of a setting by rule and priority, such as {@code SPO2_LOW MEDIUM}; technical ones too. */
    Map<String, Integer> calls(Setting setting) {
        Map<String, Integer> calls = new TreeMap<>();
        outcomes(setting).stream().flatMap(outcome -> outcome.alerts().stream()).filter(Ward::isTold)
                .forEach(change -> calls.merge(change.rule() + " " + change.priority(), 1, Integer::sum));
        return calls;
    }

    /** Calls about the patient of one setting and priority. */
    long calls(Setting setting, Priority priority) {
        return outcomes(setting).stream().flatMap(outcome -> outcome.alerts().stream())
                .filter(change -> isTold(change) && change.priority() == priority && change.rule().family().lane() == Lane.PHYSIOLOGICAL).count();
    }
}
