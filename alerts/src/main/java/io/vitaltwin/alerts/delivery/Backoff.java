package io.vitaltwin.alerts.delivery;

import java.time.Duration;
import java.util.Optional;

/**
 * When a delivery is tried again. Waits double from the first to the longest and are spread by up to a fifth, so that what failed together does not
 * come back together; the spread hangs on the delivery and the attempt alone.
 *
 * @param first wait after the first attempt
 * @param longest no wait is longer, but for what a receiver asks
 * @param giveUp from the planned step until it is given up
 */
public record Backoff(Duration first, Duration longest, Duration giveUp) {

    private static final int DOUBLINGS = 30;
    private static final int SPREAD_PERCENT = 20;

    public Backoff {
        if (first.isZero() || first.isNegative() || longest.compareTo(first) < 0 || giveUp.compareTo(first) < 0) {
            throw new IllegalArgumentException("waits must be longer than nothing, the longest and the end not shorter than the first");
        }
    }

    /** Five seconds, five minutes, and a day: project defaults, no source. */
    public static Backoff defaults() {
        return new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofDays(1));
    }

    /**
     * When to try again; empty: it would be too late.
     *
     * @param delivery spreads the waits
     * @param attempt the one that failed, from 1
     * @param asked how long the receiver asks to wait
     * @param plannedMillis when the step was planned
     */
    public Optional<Long> next(String delivery, int attempt, Optional<Duration> asked, long plannedMillis, long nowMillis) {
        long wait = Math.min(longest.toMillis(), first.toMillis() << Math.min(attempt - 1, DOUBLINGS));
        wait += wait * Math.floorMod((delivery + '#' + attempt).hashCode(), SPREAD_PERCENT + 1) / 100;
        long next = nowMillis + Math.max(wait, asked.map(Duration::toMillis).orElse(0L));
        return next - plannedMillis <= giveUp.toMillis() ? Optional.of(next) : Optional.empty();
    }
}
