package io.vitaltwin.testbench.scenario;

import java.time.Duration;
import java.time.Instant;

/** From one offset to another, both included; a single time is a span of length zero. */
record Span(Duration from, Duration to) {

    boolean holds(Instant start, Instant at) {
        Duration offset = Duration.between(start, at);
        return offset.compareTo(from) >= 0 && offset.compareTo(to) <= 0;
    }

    @Override
    public String toString() {
        return from.equals(to) ? Offsets.show(from) : Offsets.show(from) + " to " + Offsets.show(to);
    }
}
