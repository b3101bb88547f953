package io.vitaltwin.twin.core.trial;

import io.vitaltwin.twin.core.Priority;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a set of alerts asks of people.
 *
 * @param alerts number of alerts by the highest priority that each reached; every priority is named
 * @param medianDelay from the first reading of the run to the raise; empty without alerts. Of an even number the lower of the two in the middle
 */
public record StaffLoad(Map<Priority, Integer> alerts, Optional<Duration> medianDelay) {

    public StaffLoad {
        alerts = Collections.unmodifiableMap(new EnumMap<>(alerts));
    }

    public static StaffLoad of(Collection<AlarmEpisode> episodes) {
        Map<Priority, Integer> alerts = new EnumMap<>(Priority.class);
        for (Priority priority : Priority.values()) {
            alerts.put(priority, 0);
        }
        episodes.forEach(episode -> alerts.merge(episode.highest(), 1, Integer::sum));
        return new StaffLoad(alerts, medianDelay(episodes));
    }

    public int total() {
        return alerts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Median of the delays; empty without alerts. */
    public static Optional<Duration> medianDelay(Collection<AlarmEpisode> episodes) {
        List<Duration> delays = episodes.stream().map(AlarmEpisode::delay).sorted().toList();
        return delays.isEmpty() ? Optional.empty() : Optional.of(delays.get((delays.size() - 1) / 2));
    }
}
