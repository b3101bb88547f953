package io.vitaltwin.twin.core.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The alerts of two runs over the same patient and time. Two alerts are the same one when they have the same id; of the rest, those of one family that were open
 * at the same time belong together, each with the one that began nearest.
 *
 * @param pairs alerts of both runs, in the order of the first
 * @param removed only in the first run
 * @param added only in the second run
 */
public record AlarmComparison(List<Pair> pairs, List<AlarmEpisode> removed, List<AlarmEpisode> added) {

    /** An alert of both runs. */
    public record Pair(AlarmEpisode was, AlarmEpisode would) {

        /** How much later the second run raised it; negative: earlier. */
        public Duration movedBy() {
            return Duration.between(was.raised(), would.raised());
        }

        public boolean isMoved() {
            return !movedBy().isZero();
        }

        public boolean hasOtherPriority() {
            return was.highest() != would.highest();
        }

        /** Neither moved nor of another priority. */
        public boolean isSame() {
            return !isMoved() && !hasOtherPriority();
        }
    }

    public AlarmComparison {
        pairs = List.copyOf(pairs);
        removed = List.copyOf(removed);
        added = List.copyOf(added);
    }

    /** Whether both runs raised the same alerts at the same times with the same priorities. */
    public boolean isSame() {
        return removed.isEmpty() && added.isEmpty() && pairs.stream().allMatch(Pair::isSame);
    }

    public static AlarmComparison of(List<AlarmEpisode> was, List<AlarmEpisode> would) {
        Map<String, AlarmEpisode> left = new LinkedHashMap<>();
        would.forEach(episode -> left.put(episode.alertId(), episode));
        Map<AlarmEpisode, AlarmEpisode> found = new LinkedHashMap<>();
        for (AlarmEpisode episode : was) {
            AlarmEpisode same = left.remove(episode.alertId());
            if (same != null) {
                found.put(episode, same);
            }
        }
        for (AlarmEpisode episode : was) {
            if (!found.containsKey(episode)) {
                nearest(episode, left).ifPresent(other -> found.put(episode, left.remove(other.alertId())));
            }
        }
        List<Pair> pairs = new ArrayList<>();
        List<AlarmEpisode> removed = new ArrayList<>();
        for (AlarmEpisode episode : was) {
            Optional.ofNullable(found.get(episode)).ifPresentOrElse(other -> pairs.add(new Pair(episode, other)), () -> removed.add(episode));
        }
        return new AlarmComparison(pairs, removed, List.copyOf(left.values()));
    }

    private static Optional<AlarmEpisode> nearest(AlarmEpisode episode, Map<String, AlarmEpisode> others) {
        return others.values().stream().filter(other -> other.family().equals(episode.family()) && other.overlaps(episode))
                .min(Comparator.comparing(other -> Duration.between(episode.start(), other.start()).abs()));
    }
}
