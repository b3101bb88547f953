package io.vitaltwin.ingest.load;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** When a reading may be sent. */
@FunctionalInterface
public interface Pace {

    /** As fast as the cluster takes them. */
    Pace UNLIMITED = effective -> {};

    /**
     * Waits until it is this reading's turn.
     *
     * @param effective of the next reading to be sent
     */
    void await(Instant effective) throws InterruptedException;

    /** Waits for a span of time. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration span) throws InterruptedException;
    }

    /**
     * In the rhythm of measurement, faster or slower. The first reading goes at once; a reading whose turn is past does, too.
     *
     * @param rate 1: as measured; 60: an hour in a minute
     */
    static Pace atRate(double rate, InstantSource clock, Sleeper sleeper) {
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("rate must be a number above 0, found " + rate);
        }
        return new Pace() {
            private Instant firstEffective = Instant.EPOCH;
            private Instant started = Instant.EPOCH;
            private boolean running;

            @Override
            public void await(Instant effective) throws InterruptedException {
                if (!running) {
                    running = true;
                    firstEffective = effective;
                    started = clock.instant();
                    return;
                }
                long afterMillis = Math.round(Duration.between(firstEffective, effective).toMillis() / rate);
                Duration left = Duration.between(clock.instant(), started.plusMillis(afterMillis));
                if (left.isPositive()) {
                    sleeper.sleep(left);
                }
            }
        };
    }
}
