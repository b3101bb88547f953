package io.vitaltwin.testbench.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The time of the story: begins at a real moment, then runs at its own speed, and stands still at its end. */
final class StoryClock {

    private final Instant start;
    private final double speed;
    private final Optional<Instant> end;
    private final LongSupplier nanos;
    private final long startNanos;

    /** @param nanos a clock that only runs forward, such as {@link System#nanoTime} */
    StoryClock(Instant start, double speed, Optional<Duration> length, LongSupplier nanos) {
        this.start = start;
        this.speed = speed;
        this.end = length.map(start::plus);
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
    }

    Instant now() {
        Instant free = start.plusMillis((long) (elapsed().toNanos() / 1e6 * speed));
        return end.filter(free::isAfter).orElse(free);
    }

    /** Whether this time is the end of the story. */
    boolean isEnd(Instant time) {
        return end.filter(time::equals).isPresent();
    }

    /** Real time since the start. */
    Duration elapsed() {
        return Duration.ofNanos(nanos.getAsLong() - startNanos);
    }

    /** Real time until the story reaches this time; zero when it has. */
    Duration until(Instant time) {
        double millis = Duration.between(now(), time).toMillis() / speed;
        return millis <= 0 ? Duration.ZERO : Duration.ofNanos((long) (millis * 1e6));
    }
}
