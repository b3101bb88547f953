package io.vitaltwin.testbench.bench.cohort;

import io.vitaltwin.testbench.bench.cohort.AlertEpisode.Notice;
import io.vitaltwin.twin.core.Lane;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.rules.AlertChange;
import io.vitaltwin.twin.core.rules.Family;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes alerts of alert events. Staff see what is LOW or more on the physiological and the technical lane; INFO and administrative notices are
 * for others. An episode that begins as INFO is seen from where it becomes LOW. Refractory times and digests of the worklist are not applied:
 * what is counted is what the rules say.
 */
final class AlertLog {

    /** By the name of which one episode is open at a time. */
    private final Map<String, Open> open = new TreeMap<>();
    private final List<AlertEpisode> closed = new ArrayList<>();

    private record Open(Family family, List<Notice> notices) {
    }

    void take(AlertChange change) {
        Family family = change.rule().family();
        switch (change.event()) {
            case RAISED, UPGRADED -> open.computeIfAbsent(change.familyName(), none -> new Open(family, new ArrayList<>())).notices()
                    .add(new Notice(change.appendMillis(), change.priority(), change.rule()));
            case CLEARED, INVALIDATED -> Optional.ofNullable(open.remove(change.familyName()))
                    .ifPresent(ended -> close(ended, change.appendMillis()));
            case DOWNGRADED, UPDATED -> { }              // told to nobody
        }
    }

    private void close(Open ended, long millis) {
        Family family = ended.family();
        List<Notice> seen = ended.notices().stream().filter(notice -> notice.priority() != Priority.INFO).toList();
        if (!seen.isEmpty() && family.lane() != Lane.ADMINISTRATIVE) {
            Notice worst = seen.getFirst();
            for (Notice notice : seen) {
                worst = notice.priority().isAbove(worst.priority()) ? notice : worst;
            }
            closed.add(new AlertEpisode(family, worst.rule(), worst.priority(), seen, millis));
        }
    }

    /** All alerts, by the time at which they were first told; the open ones are closed at the end of time. */
    List<AlertEpisode> finish() {
        open.values().forEach(ended -> close(ended, Long.MAX_VALUE));
        open.clear();
        closed.sort(Comparator.comparingLong(AlertEpisode::raisedMillis).thenComparing(AlertEpisode::family));
        return List.copyOf(closed);
    }
}
