package io.vitaltwin.testbench.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a running demo stands.
 *
 * @param elapsed real time since it began to play
 * @param length real time that it plays; empty: no end
 * @param story time of the story
 * @param readings readings sent
 * @param turnedAway readings that were not sent, because their patient was erased
 */
record Status(Duration elapsed, Optional<Duration> length, Instant story, double speed, long readings, long turnedAway, Tally tally) {
}
