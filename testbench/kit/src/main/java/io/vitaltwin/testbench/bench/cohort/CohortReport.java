package io.vitaltwin.testbench.bench.cohort;

import io.vitaltwin.testbench.cohort.EventKind;
import io.vitaltwin.testbench.cohort.FaultKind;
import io.vitaltwin.testbench.cohort.Truth;
import io.vitaltwin.twin.core.Lane;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.rules.RuleId;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code bench cohort} found. An alert is an episode that staff saw; each notice (raised, upgraded) of it is counted beside. The names are
 * those of its JSON.
 *
 * @see "CLINICAL.md sections 6.3 (score), 6.4 (budgets), 8.4 E6 (fairness), 9 (cohort)"
 */
record CohortReport(Settings settings, Volume volume, Rates perPatientMonth, List<RuleValue> rules, List<PriorityValue> priorities,
        List<EventValue> events, List<FaultValue> faults, CostScore score, double topTenthShare, Fairness fairness, List<Limit> limits) {

    static final double MONTH_DAYS = 30;

    // CR 6.4.
    static final double MOST_ALERTS = 3.0;
    static final double MOST_HIGH = 0.3;
    static final double MOST_TECHNICAL = 1.0;
    static final double LEAST_PPV_HIGH = 0.60;
    static final double LEAST_PPV_MEDIUM = 0.30;
    static final double MOST_MISSED_PERCENT = 2;
    /** Beyond the time for which the condition itself must hold. */
    static final double MOST_DELAY_SECONDS = 5;
    /** CR 9. */
    static final double LEAST_SCORE = 85;

    private static final int ENOUGH_ALERTS = 20;
    private static final int ENOUGH_EVENTS = 50;

    record Settings(long seed, int patients, int days, String ruleSet) {
    }

    /** @param streamHash of all that was sent, in the order of the patients: equal for equal seeds */
    record Volume(long readings, long suspect, long rejected, String streamHash) {
    }

    record Rates(double alerts, double notices, double high, double medium, double low, double physiological, double technical) {
    }

    /** @param ppv share of its alerts that told of something true */
    record RuleValue(RuleId rule, long alerts, long correct, double ppv) {
    }

    record PriorityValue(Priority priority, long alerts, long correct, double ppv) {
    }

    /** @param neverMet too mild for any limit, not judged; they are in none of the other numbers */
    record EventValue(EventKind kind, long events, long found, long toldAtWorst, double medianDelaySeconds, long neverMet) {
    }

    /** Alerts first told within the fault or half an hour after it. */
    record FaultValue(FaultKind kind, long faults, long physiologicalAlerts, long technicalAlerts) {
    }

    /**
     * 100 (TP + TN) / (TP + TN + FP + 5 FN).
     *
     * @param truePositives events that were found
     * @param trueNegatives patient-days without event and without a physiological alert
     * @param falsePositives physiological alerts that told of nothing true
     * @param falseNegatives events that were missed
     */
    record CostScore(long truePositives, long trueNegatives, long falsePositives, long falseNegatives, double score) {

        static CostScore of(long truePositives, long trueNegatives, long falsePositives, long falseNegatives) {
            double good = truePositives + trueNegatives;
            return new CostScore(truePositives, trueNegatives, falsePositives, falseNegatives,
                    100 * good / (good + falsePositives + 5 * falseNegatives));
        }
    }

    static CohortReport of(Settings settings, List<PatientResult> patients, long startMillis) {
        List<Outcome> outcomes = patients.stream().map(patient -> Outcome.of(patient, startMillis, settings.days())).toList();
        double months = settings.days() / MONTH_DAYS;
        double patientMonths = months * settings.patients();
        Rates rates = rates(patients, patientMonths);
        List<PriorityValue> priorities = priorities(outcomes);
        List<EventValue> events = events(outcomes);
        CostScore score = score(outcomes);
        Fairness fairness = Fairness.of(outcomes, months);
        List<Limit> limits = new ArrayList<>(budgets(rates, priorities, outcomes, score));
        limits.addAll(fairness.limits());
        return new CohortReport(settings, volume(patients), rates, rules(outcomes), priorities, events, faults(patients), score,
                topTenthShare(patients), fairness, List.copyOf(limits));
    }

    private static Volume volume(List<PatientResult> patients) {
        long hash = 0;
        for (PatientResult patient : patients) {
            hash = hash * 31 + patient.streamHash();
        }
        return new Volume(patients.stream().mapToLong(PatientResult::readings).sum(), patients.stream().mapToLong(PatientResult::suspect).sum(),
                patients.stream().mapToLong(PatientResult::rejected).sum(), Long.toHexString(hash));
    }

    private static Rates rates(List<PatientResult> patients, double patientMonths) {
        long[] byPriority = new long[Priority.values().length];
        long notices = 0;
        long technical = 0;
        long all = 0;
        for (PatientResult patient : patients) {
            for (AlertEpisode alert : patient.alerts()) {
                byPriority[alert.priority().ordinal()]++;
                notices += alert.notices().size();
                technical += alert.family().lane() == Lane.TECHNICAL ? 1 : 0;
                all++;
            }
        }
        return new Rates(all / patientMonths, notices / patientMonths, byPriority[Priority.HIGH.ordinal()] / patientMonths,
                byPriority[Priority.MEDIUM.ordinal()] / patientMonths, byPriority[Priority.LOW.ordinal()] / patientMonths,
                (all - technical) / patientMonths, technical / patientMonths);
    }

    private static List<RuleValue> rules(List<Outcome> outcomes) {
        Map<RuleId, long[]> counts = new EnumMap<>(RuleId.class);
        eachAlert(outcomes, (alert, correct) -> count(counts.computeIfAbsent(alert.rule(), none -> new long[2]), correct));
        return counts.entrySet().stream().map(entry -> new RuleValue(entry.getKey(), entry.getValue()[0], entry.getValue()[1],
                share(entry.getValue()[1], entry.getValue()[0]))).toList();
    }

    private static List<PriorityValue> priorities(List<Outcome> outcomes) {
        Map<Priority, long[]> counts = new EnumMap<>(Priority.class);
        for (Priority priority : List.of(Priority.HIGH, Priority.MEDIUM, Priority.LOW)) {
            counts.put(priority, new long[2]);
        }
        eachAlert(outcomes, (alert, correct) -> count(counts.computeIfAbsent(alert.priority(), none -> new long[2]), correct));
        return counts.entrySet().stream().sorted(Map.Entry.<Priority, long[]>comparingByKey().reversed())
                .map(entry -> new PriorityValue(entry.getKey(), entry.getValue()[0], entry.getValue()[1],
                        share(entry.getValue()[1], entry.getValue()[0]))).toList();
    }

    private interface Verdict {
        void take(AlertEpisode alert, boolean correct);
    }

    private static void eachAlert(List<Outcome> outcomes, Verdict verdict) {
        for (Outcome outcome : outcomes) {
            List<AlertEpisode> alerts = outcome.patient().alerts();
            for (int i = 0; i < alerts.size(); i++) {
                verdict.take(alerts.get(i), outcome.truePositives().get(i));
            }
        }
    }

    private static void count(long[] counts, boolean correct) {
        counts[0]++;
        counts[1] += correct ? 1 : 0;
    }

    private static List<EventValue> events(List<Outcome> outcomes) {
        List<EventValue> values = new ArrayList<>();
        for (EventKind kind : EventKind.values()) {
            List<Outcome.Found> events = outcomes.stream().flatMap(outcome -> outcome.events().stream())
                    .filter(found -> found.event().kind() == kind).toList();
            long neverMet = outcomes.stream().flatMap(outcome -> outcome.patient().truth().events().stream())
                    .filter(event -> event.kind() == kind && event.metMillis() == Truth.NEVER).count();
            long worst = outcomes.stream().mapToLong(outcome -> outcome.events().stream()
                    .filter(found -> found.event().kind() == kind && isToldAtWorst(outcome.patient(), found.event())).count()).sum();
            values.add(new EventValue(kind, events.size(), events.stream().filter(Outcome.Found::found).count(), worst, medianDelay(events), neverMet));
        }
        return values;
    }

    private static boolean isToldAtWorst(PatientResult patient, Truth.Event event) {
        return patient.alerts().stream().filter(alert -> event.kind().families().contains(alert.family().name()))
                .flatMap(alert -> alert.notices().stream())
                .filter(notice -> notice.millis() >= event.onsetMillis() && notice.millis() <= event.endMillis())
                .anyMatch(notice -> !event.worst().isAbove(notice.priority()));
    }

    private static double medianDelay(List<Outcome.Found> events) {
        return Fairness.medianDelay(events.stream());
    }

    private static List<FaultValue> faults(List<PatientResult> patients) {
        List<FaultValue> values = new ArrayList<>();
        for (FaultKind kind : FaultKind.values()) {
            long[] counts = new long[3];
            for (PatientResult patient : patients) {
                for (Truth.Fault fault : patient.truth().faults()) {
                    if (fault.kind() == kind) {
                        counts[0]++;
                        patient.alerts().stream().filter(alert -> alert.raisedMillis() >= fault.fromMillis()
                                        && alert.raisedMillis() <= fault.untilMillis() + 30 * 60_000L)
                                .forEach(alert -> counts[alert.isPhysiological() ? 1 : 2]++);
                    }
                }
            }
            values.add(new FaultValue(kind, counts[0], counts[1], counts[2]));
        }
        return values;
    }

    private static CostScore score(List<Outcome> outcomes) {
        long[] falseAlerts = new long[1];
        eachAlert(outcomes, (alert, correct) -> falseAlerts[0] += alert.isPhysiological() && !correct ? 1 : 0);
        long found = outcomes.stream().flatMap(outcome -> outcome.events().stream()).filter(Outcome.Found::found).count();
        long events = outcomes.stream().mapToLong(outcome -> outcome.events().size()).sum();
        return CostScore.of(found, outcomes.stream().mapToLong(Outcome::quietDays).sum(), falseAlerts[0], events - found);
    }

    private static double topTenthShare(List<PatientResult> patients) {
        long[] counts = patients.stream().mapToLong(patient -> patient.alerts().size()).sorted().toArray();
        long all = Arrays.stream(counts).sum();
        int tenth = Math.max(1, counts.length / 10);
        return all == 0 ? Double.NaN : (double) Arrays.stream(counts, counts.length - tenth, counts.length).sum() / all;
    }

    private static List<Limit> budgets(Rates rates, List<PriorityValue> priorities, List<Outcome> outcomes, CostScore score) {
        List<Outcome.Found> events = outcomes.stream().flatMap(outcome -> outcome.events().stream()).toList();
        long missed = events.stream().filter(found -> !found.found()).count();
        long missedHigh = events.stream().filter(found -> !found.found() && found.event().worst() == Priority.HIGH).count();
        List<Limit> limits = new ArrayList<>();
        limits.add(Limit.atMost("alerts per patient-month", rates.alerts(), MOST_ALERTS));
        limits.add(Limit.atMost("HIGH per patient-month", rates.high(), MOST_HIGH));
        limits.add(Limit.atMost("technical lane per patient-month", rates.technical(), MOST_TECHNICAL));
        priorities.stream().filter(value -> value.priority() != Priority.LOW)
                .sorted(Comparator.comparing(PriorityValue::priority).reversed())
                .forEach(value -> limits.add(Limit.atLeast("PPV " + value.priority(), value.ppv(),
                        value.priority() == Priority.HIGH ? LEAST_PPV_HIGH : LEAST_PPV_MEDIUM).judgedFrom(value.alerts(), ENOUGH_ALERTS, "alerts")));
        limits.add(Limit.atMost("missed events, %", 100 * share(missed, events.size()), MOST_MISSED_PERCENT)
                .judgedFrom(events.size(), ENOUGH_EVENTS, "events"));
        limits.add(Limit.atMost("missed events of class HIGH", missedHigh, 0));
        limits.add(Limit.atMost("median detection delay beyond the rule's on time, s", medianDelay(events), MOST_DELAY_SECONDS)
                .judgedFrom(events.stream().filter(found -> found.delayMillis().isPresent()).count(), 5, "events"));
        limits.add(Limit.atLeast("cost-weighted score", score.score(), LEAST_SCORE));
        return limits;
    }

    private static double share(long part, long of) {
        return of == 0 ? Double.NaN : (double) part / of;
    }

    List<Limit> broken() {
        return limits.stream().filter(Limit::isBroken).toList();
    }
}
