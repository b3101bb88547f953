package io.vitaltwin.twin.core.diff;

import io.vitaltwin.twin.core.Priority;

import java.util.Comparator;
import java.util.List;

/**
 * What was told of one episode within the time that is compared.
 *
 * @param events at least one, in the order in which they were decided; of an episode that is older than the time the first is not its raising
 */
public record AlertEpisode(List<AlertFact> events) {

    public AlertEpisode {
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("an episode of which nothing was told");
        }
    }

    private AlertFact first() {
        return events.getFirst();
    }

    public String patient() {
        return first().patient();
    }

    public String family() {
        return first().family();
    }

    /** The rule that spoke first. */
    public String rule() {
        return first().rule();
    }

    /** When it began, effective time. */
    public long startMillis() {
        return first().startMillis();
    }

    /** When somebody first heard of it, append time. */
    public long toldMillis() {
        return first().appendMillis();
    }

    /** The most urgent that it ever was. */
    public Priority highest() {
        return events.stream().map(AlertFact::priority).max(Comparator.naturalOrder()).orElseThrow();
    }

    public String text() {
        return first().text();
    }
}
