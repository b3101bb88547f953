package io.vitaltwin.testbench.bench.cohort;

import io.vitaltwin.testbench.cohort.EventKind;
import io.vitaltwin.testbench.cohort.Person;
import io.vitaltwin.twin.core.Grade;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether the rules serve every group alike: share of events found, alerts a month, delay, by age, sex, skin and grade of the device. People fall
 * ill alike in all groups, so a difference is the doing of devices, checks and rules.
 *
 * <p>Events are grouped by the grade of the device that watched them, people by the grade of what they wear; patients of the ward wear nothing
 * and are left out there. A wearable of any grade comes with the same vitals: pulse all day, saturation each day, pressure, weight and glucose
 * by condition. Only physiological alerts are compared: faults were given to devices, not to people.
 *
 * <p>Two groups break a limit when they differ by more than it allows and chance alone would not have made any difference: an
 * interval of 95 % for all pairs of groups together, so that one of thirteen comparisons is not broken by luck. When chance might have, there are too few to judge.
 *
 * @see "CLINICAL.md section 8.4, E6"
 */
record Fairness(List<Group> groups, List<Limit> limits) {

    static final double GAP_POINTS = 5;
    static final double RATIO = 1.25;
    private static final int SMALLEST_GROUP = 20;

    /**
     * @param alertsPerMonth physiological ones that staff saw and that told of nothing true, per patient-month
     * @param medianDelaySeconds from the limit being passed; NaN when nothing was found
     * @param medianHypoxiaDelaySeconds the same of low saturation alone: groups differ in what they have by chance, and an oximeter's bias shows here
     */
    record Group(String attribute, String name, int patients, double alertsPerMonth, long events, long found, double sensitivity,
            double sensitivityLow, double sensitivityHigh, double medianDelaySeconds, double medianHypoxiaDelaySeconds) {
    }

    /** One group's counts: needless physiological alerts by person, and its events. */
    private record Members(long[] alerts, List<Outcome.Found> events) {

        long found() {
            return events.stream().filter(Outcome.Found::found).count();
        }
    }

    static Fairness of(List<Outcome> outcomes, double months) {
        List<Group> groups = new ArrayList<>();
        List<Limit> limits = new ArrayList<>();
        Map<String, Function<Person, String>> attributes = new TreeMap<>(Map.of(
                "age", Fairness::ageBand,
                "sex", person -> lower(person.sex()),
                "skin tone", person -> lower(person.skinTone())));
        attributes.forEach((attribute, of) -> {
            Map<String, List<Outcome>> by = new TreeMap<>();
            outcomes.forEach(outcome -> by.computeIfAbsent(of.apply(outcome.patient().person()), none -> new ArrayList<>()).add(outcome));
            Map<String, Members> members = new TreeMap<>();
            by.forEach((name, people) -> members.put(name, new Members(alerts(people),
                    people.stream().flatMap(outcome -> outcome.events().stream()).toList())));
            add(attribute, members, months, groups, limits);
        });
        add("grade", byGrade(outcomes), months, groups, limits);
        return new Fairness(List.copyOf(groups), List.copyOf(limits));
    }

    private static Map<String, Members> byGrade(List<Outcome> outcomes) {
        Map<String, Members> members = new TreeMap<>();
        for (Grade grade : List.of(Grade.CONSUMER, Grade.MEDICAL_HOME, Grade.CLINICAL)) {
            List<Outcome> wearers = outcomes.stream()
                    .filter(outcome -> !outcome.patient().person().ward() && outcome.patient().equipment().grade() == grade).toList();
            List<Outcome.Found> events = outcomes.stream().flatMap(outcome -> outcome.events().stream())
                    .filter(found -> found.event().grade() == grade).toList();
            if (!wearers.isEmpty()) {
                members.put(lower(grade), new Members(alerts(wearers), events));
            }
        }
        return members;
    }

    private static long[] alerts(List<Outcome> people) {
        return people.stream().mapToLong(Fairness::needless).toArray();
    }

    /** Alerts that told of nothing true: who truly fell ill in a group is chance. */
    private static long needless(Outcome outcome) {
        List<AlertEpisode> alerts = outcome.patient().alerts();
        return IntStream.range(0, alerts.size()).filter(i -> alerts.get(i).isPhysiological() && !outcome.truePositives().get(i)).count();
    }

    private static void add(String attribute, Map<String, Members> members, double months, List<Group> groups, List<Limit> limits) {
        members.forEach((name, group) -> groups.add(group(attribute, name, group, months)));
        Limit gap = new Limit("sensitivity gap by " + attribute + ", points", 0, "<= " + GAP_POINTS, Limit.State.TOO_FEW, "one group only");
        Limit ratio = new Limit("alerts ratio by " + attribute, 0, "<= " + RATIO, Limit.State.TOO_FEW, "one group only");
        for (String high : members.keySet()) {
            for (String low : members.keySet()) {
                if (!high.equals(low)) {
                    gap = worse(gap, gap(gap.name(), high, members.get(high), low, members.get(low)));
                    ratio = worse(ratio, ratio(ratio.name(), high, members.get(high), low, members.get(low)));
                }
            }
        }
        limits.add(gap);
        limits.add(ratio);
    }

    private static Group group(String attribute, String name, Members members, double months) {
        long events = members.events().size();
        Shares.Interval interval = Shares.wilson(members.found(), events);
        return new Group(attribute, name, members.alerts().length, Shares.mean(members.alerts()) / months, events, members.found(),
                events == 0 ? Double.NaN : (double) members.found() / events, interval.low(), interval.high(),
                medianDelay(members.events().stream()), medianDelay(members.events().stream().filter(Fairness::isHypoxia)));
    }

    private static boolean isHypoxia(Outcome.Found found) {
        return found.event().kind() == EventKind.S06_HYPOXIA_CONSUMER || found.event().kind() == EventKind.S07_HYPOXIA_MEDICAL;
    }

    /** Seconds from the limit being passed. */
    static double medianDelay(Stream<Outcome.Found> events) {
        return median(events.flatMapToLong(found -> found.delayMillis().stream()).mapToDouble(millis -> millis / 1_000.0).toArray());
    }

    /** A broken pair stands for the attribute, else the pair that differs most. */
    private static Limit worse(Limit one, Limit other) {
        if (one.isBroken() != other.isBroken()) {
            return one.isBroken() ? one : other;
        }
        return other.value() >= one.value() ? other : one;
    }

    private static Limit gap(String name, String high, Members more, String low, Members fewer) {
        long n1 = more.events().size();
        long n2 = fewer.events().size();
        if (n1 == 0 || n2 == 0) {
            return new Limit(name, 0, "<= " + GAP_POINTS, Limit.State.TOO_FEW, "no events of one group");
        }
        double points = 100.0 * more.found() / n1 - 100.0 * fewer.found() / n2;
        boolean sure = Shares.difference(more.found(), n1, fewer.found(), n2, Shares.Z_OF_ALL_PAIRS).low() > 0;
        return pair(name, points, GAP_POINTS, sure, high + " (" + n1 + " events) over " + low + " (" + n2 + ")");
    }

    private static Limit ratio(String name, String high, Members more, String low, Members fewer) {
        int n1 = more.alerts().length;
        int n2 = fewer.alerts().length;
        double value = Shares.mean(more.alerts()) / Shares.mean(fewer.alerts());
        String between = high + " (" + n1 + " patients) over " + low + " (" + n2 + ")";
        if (!Double.isFinite(value)) {
            return new Limit(name, 1, "<= " + RATIO, Limit.State.TOO_FEW, between + ", no alerts");
        }
        if (Math.min(n1, n2) < SMALLEST_GROUP) {
            return new Limit(name, value, "<= " + RATIO, Limit.State.TOO_FEW, between + ", judged from " + SMALLEST_GROUP);
        }
        return pair(name, value, RATIO, Shares.ratio(more.alerts(), fewer.alerts(), Shares.Z_OF_ALL_PAIRS).low() > 1, between);
    }

    private static Limit pair(String name, double value, double most, boolean sure, String between) {
        if (value <= most) {
            return new Limit(name, value, "<= " + most, Limit.State.HELD, between);
        }
        return new Limit(name, value, "<= " + most, sure ? Limit.State.BROKEN : Limit.State.TOO_FEW, sure ? between : between + ", may be chance");
    }

    static double median(double[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static String ageBand(Person person) {
        int age = person.age();
        return age < 40 ? "18-39" : age < 65 ? "40-64" : age < 80 ? "65-79" : "80-95";
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
