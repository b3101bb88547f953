package io.vitaltwin.testbench.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a demo is asked to do.
 *
 * @param port of the broker on 127.0.0.1; 0: a free one
 * @param data folder with more glucose files
 * @param speed how much faster than real time, above 0
 * @param worklist whether the workflow of alerts runs, too, with the console at the port after the broker's
 * @param length real time after which it stops by itself; empty: until somebody stops it
 * @param encryption whether records are sealed under a key for each patient
 */
record DemoSettings(
        int port, Optional<Path> data, double speed, long seed, boolean worklist, Optional<Duration> length, boolean encryption) {

    DemoSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("--port must be 0 to 65535, found " + port);
        }
        if (!(speed > 0) || speed > 100_000) {
            throw new IllegalArgumentException("--speed must be above 0 and at most 100000, found " + speed);
        }
        if (length.isPresent() && !length.get().isPositive()) {
            throw new IllegalArgumentException("--for must be longer than zero, found " + length.get());
        }
    }

    /** Without encryption. */
    DemoSettings(int port, Optional<Path> data, double speed, long seed, boolean worklist, Optional<Duration> length) {
        this(port, data, speed, seed, worklist, length, false);
    }

    /** Port of the console; 0: a free one. */
    int consolePort() {
        return port == 0 || port == 65_535 ? 0 : port + 1;
    }

    /** How much story time the demo plays; empty: no end. */
    Optional<Duration> storyLength() {
        return length.map(real -> Duration.ofMillis(Math.round(real.toMillis() * speed)));
    }
}
