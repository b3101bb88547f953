package io.vitaltwin.testbench.demo;

import java.time.Duration;
import java.time.Instant;

/** When the demo's clock ticks: evenly spaced, from a start on. */
final class TickTimes {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int MOST_A_SECOND = 10;

    private final Duration spacing;
    private Instant next;

    /**
     * A tick a second, but no more than ten a second of real time.
     *
     * @param speed how much faster than real time, above 0
     */
    TickTimes(Instant start, double speed) {
        Duration fastest = Duration.ofMillis(Math.round(1000 * speed / MOST_A_SECOND));
        spacing = fastest.compareTo(SHORTEST) > 0 ? fastest : SHORTEST;
        next = start.plus(spacing);
    }

    Instant next() {
        return next;
    }

    /** The next time, which is then past. */
    Instant take() {
        Instant taken = next;
        next = next.plus(spacing);
        return taken;
    }

    Duration spacing() {
        return spacing;
    }
}
