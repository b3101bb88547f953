package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.AlertEvent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a scenario expects against what came: one line for each difference. */
final class Comparison {

    private Comparison() {
    }

    /** @param readingsTopic where the readings were written, for the reader of a difference */
    static List<String> differences(ScenarioPlan plan, Observed observed, String readingsTopic) {
        Observed inTime = observed.until(plan.end());
        return Stream.of(new AlertComparison(plan.scenario(), inTime).differences(),
                new QualityComparison(plan, inTime, readingsTopic).differences(), new CountComparison(plan, inTime).differences(),
                new ScoreComparison(plan, inTime).differences(), Deeds.of(plan.scenario(), inTime.alerts()).aimless())
                .flatMap(List::stream).toList();
    }

    /** Ids, priorities and times of all alerts must be those of another run. */
    static List<String> sameAlerts(String other, List<String> expected, List<String> came) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> missing = new TreeSet<>(expected);
        came.forEach(missing::remove);
        TreeSet<String> added = new TreeSet<>(came);
        expected.forEach(added::remove);
        missing.forEach(line -> differences.add("alerts as in " + other + ": expected " + line + ", none came"));
        added.forEach(line -> differences.add("alerts as in " + other + ": expected none such, came " + line));
        return differences;
    }

    /** A replay gives the same events in every field; only the topics may be called otherwise. */
    static List<String> replay(ScenarioPlan plan, Observed live, Observed replayed) {
        Map<String, List<String>> first = byName(plan, live);
        Map<String, List<String>> again = byName(plan, replayed);
        List<String> differences = new ArrayList<>();
        first.forEach((name, events) -> {
            List<String> others = again.getOrDefault(name, List.of());
            if (others.size() != events.size()) {
                differences.add("replay: expected " + events.size() + " x " + name + ", came " + others.size());
            } else if (!others.equals(events)) {
                differences.add("replay: " + name + " came with other contents");
            }
        });
        again.keySet().stream().filter(name -> !first.containsKey(name))
                .forEach(name -> differences.add("replay: expected none such, came " + name));
        return differences;
    }

    /** Events by what a person would call them. */
    private static Map<String, List<String>> byName(ScenarioPlan plan, Observed observed) {
        Map<String, List<String>> events = new TreeMap<>();
        for (AlertEvent event : observed.until(plan.end()).alerts()) {
            AlertEvent anywhere = AlertEvent.newBuilder(event).build();
            anywhere.getEvidence().forEach(evidence -> evidence.setTopic(""));
            events.computeIfAbsent(event.getAlertId() + " " + event.getFamily() + " " + event.getEvent() + " at "
                    + Offsets.show(plan.scenario().start(), event.getEffectiveTime()), name -> new ArrayList<>()).add(anywhere.toString());
        }
        return events;
    }

    /** What {@link #sameAlerts} compares. */
    static List<String> signature(ScenarioPlan plan, Observed observed) {
        Instant start = plan.scenario().start();
        return Episode.of(observed.until(plan.end()).alerts()).stream().flatMap(episode -> episode.signature(start)).toList();
    }
}
