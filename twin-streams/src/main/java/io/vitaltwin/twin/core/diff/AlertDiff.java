package io.vitaltwin.twin.core.diff;

import io.vitaltwin.twin.core.diff.Change.Kind;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Two sets of alerts over the same time. The order in which events are given changes nothing, except among events of one episode.
 *
 * @param before episodes of the one side, by patient, family and start
 * @param after episodes of the other
 * @param changes those that differ, by patient, family and start; empty: both sides told the same
 */
public record AlertDiff(List<AlertEpisode> before, List<AlertEpisode> after, List<Change> changes) {

    private static final Comparator<AlertEpisode> ORDER = Comparator.comparing(AlertEpisode::patient).thenComparing(AlertEpisode::family)
            .thenComparingLong(AlertEpisode::startMillis).thenComparing(episode -> episode.events().getFirst().alertId());

    public AlertDiff {
        before = List.copyOf(before);
        after = List.copyOf(after);
        changes = List.copyOf(changes);
    }

    /**
     * Compares. Episodes belong together when they are the same alert; of the rest those of the same patient and family whose starts are nearest.
     *
     * @param mostMillis two episodes whose starts are further apart are two, not one that moved
     */
    public static AlertDiff of(Collection<AlertFact> before, Collection<AlertFact> after, long mostMillis) {
        List<AlertEpisode> first = episodes(before);
        List<AlertEpisode> second = episodes(after);
        Map<AlertEpisode, AlertEpisode> pairs = new LinkedHashMap<>();
        Set<AlertEpisode> taken = new HashSet<>();
        candidates(first, second, mostMillis).forEach(pair -> {
            if (!pairs.containsKey(pair.before()) && !taken.contains(pair.after())) {
                pairs.put(pair.before(), pair.after());
                taken.add(pair.after());
            }
        });
        List<Change> changes = new ArrayList<>();
        for (AlertEpisode episode : first) {
            Optional<AlertEpisode> other = Optional.ofNullable(pairs.get(episode));
            Set<Kind> kinds = other.map(one -> kinds(episode, one)).orElse(EnumSet.of(Kind.REMOVED));
            if (!kinds.isEmpty()) {
                changes.add(new Change(Optional.of(episode), other, kinds));
            }
        }
        second.stream().filter(episode -> !taken.contains(episode))
                .forEach(episode -> changes.add(new Change(Optional.empty(), Optional.of(episode), EnumSet.of(Kind.ADDED))));
        changes.sort(Comparator.comparing(Change::either, ORDER).thenComparing(change -> change.before().isPresent()));
        return new AlertDiff(first, second, changes);
    }

    private static List<AlertEpisode> episodes(Collection<AlertFact> facts) {
        record Key(String patient, String alertId) {
        }
        Map<Key, List<AlertFact>> byAlert = new LinkedHashMap<>();
        facts.forEach(fact -> byAlert.computeIfAbsent(new Key(fact.patient(), fact.alertId()), key -> new ArrayList<>()).add(fact));
        return byAlert.values().stream().map(AlertEpisode::new).sorted(ORDER).toList();
    }

    private record Pair(AlertEpisode before, AlertEpisode after) {

        long apartMillis() {
            return Math.abs(before.startMillis() - after.startMillis());
        }
    }

    /** The best first. */
    private static List<Pair> candidates(List<AlertEpisode> before, List<AlertEpisode> after, long mostMillis) {
        record Key(String patient, String family) {
        }
        Map<Key, List<AlertEpisode>> others = new LinkedHashMap<>();
        after.forEach(one -> others.computeIfAbsent(new Key(one.patient(), one.family()), key -> new ArrayList<>()).add(one));
        List<Pair> pairs = new ArrayList<>();
        before.forEach(one -> others.getOrDefault(new Key(one.patient(), one.family()), List.of()).stream().map(other -> new Pair(one, other))
                .filter(pair -> pair.apartMillis() <= mostMillis).forEach(pairs::add));
        pairs.sort(Comparator.comparingLong(Pair::apartMillis).thenComparing(Pair::before, ORDER).thenComparing(Pair::after, ORDER));
        return pairs;
    }

    private static Set<Kind> kinds(AlertEpisode before, AlertEpisode after) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        if (before.toldMillis() != after.toldMillis()) {
            kinds.add(Kind.MOVED);
        }
        if (before.highest() != after.highest()) {
            kinds.add(Kind.PRIORITY);
        }
        if (!Objects.equals(before.text(), after.text())) {
            kinds.add(Kind.TEXT);
        }
        if (kinds.isEmpty() && !before.events().equals(after.events())) {
            kinds.add(Kind.DETAILS);
        }
        return kinds;
    }

    /** Whether both sides told the same. */
    public boolean isEqual() {
        return changes.isEmpty();
    }

    /** Episodes that changed so; one may have changed in several ways. */
    public long count(Kind kind) {
        return changes.stream().filter(change -> change.kinds().contains(kind)).count();
    }

    /** By the names of the rules. */
    public List<RuleChange> byRule() {
        Map<String, long[]> counts = new TreeMap<>();
        before.forEach(episode -> counts.computeIfAbsent(episode.rule(), rule -> new long[2])[0]++);
        after.forEach(episode -> counts.computeIfAbsent(episode.rule(), rule -> new long[2])[1]++);
        Map<String, Map<Kind, Long>> kinds = new TreeMap<>();
        changes.forEach(change -> change.kinds().forEach(kind -> kinds.computeIfAbsent(change.either().rule(), rule -> new EnumMap<>(Kind.class))
                .merge(kind, 1L, Long::sum)));
        return counts.entrySet().stream()
                .map(one -> new RuleChange(one.getKey(), one.getValue()[0], one.getValue()[1], kinds.getOrDefault(one.getKey(), Map.of()))).toList();
    }
}
