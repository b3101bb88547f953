package io.vitaltwin.testbench.scenario;

import java.time.Duration;
import java.time.Instant;

/**
 * Which ticks of a long quiet time need not be written. A timer is decided as of its own time, however late a tick looks at it, so
 * one tick in half a minute gives the same outputs as one a second; near other records every tick is kept.
 */
final class QuietTicks {

    private static final Duration NEAR = Duration.ofSeconds(5);
    private static final long EVERY_SECONDS = 30;

    private Instant lastRecord = Instant.EPOCH;

    boolean leavesOut(Input input) {
        if (input.kind() != Input.Kind.TICK) {
            lastRecord = input.arrival();
            return false;
        }
        boolean near = !input.arrival().isAfter(lastRecord.plus(NEAR));
        return !near && input.arrival().getEpochSecond() % EVERY_SECONDS != 0;
    }
}
