package io.vitaltwin.twin.core.trial;

import io.vitaltwin.twin.core.Priority;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the alerts of one run over one patient. What was raised before the log began is not looked at. Not for use by several threads. */
public final class AlarmLog {

    private final Map<String, AlarmEpisode> episodes = new LinkedHashMap<>();

    /** An alert is raised; a second raise of the same alert is none. */
    public void raised(AlarmEpisode episode) {
        episodes.putIfAbsent(episode.alertId(), episode);
    }

    public void priority(String alertId, Priority priority) {
        episodes.computeIfPresent(alertId, (id, episode) -> episode.withHighest(priority));
    }

    public void ended(String alertId, Instant time) {
        episodes.computeIfPresent(alertId, (id, episode) -> episode.endedAt(time));
    }

    /** In the order in which they were raised. */
    public List<AlarmEpisode> episodes() {
        return List.copyOf(episodes.values());
    }
}
