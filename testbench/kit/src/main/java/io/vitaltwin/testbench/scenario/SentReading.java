package io.vitaltwin.testbench.scenario;

import java.time.Duration;
import java.time.Instant;

/**
 * One reading that the plan sends.
 *
 * @param effective as the device stamps it
 * @param clockOffset how far the device's clock is ahead
 * @param copy whether this is a second sending of the same record
 * @param offset of its record in the readings topic
 * @param index in its record
 */
record SentReading(
        String patient, String device, String vital, Instant effective, Duration clockOffset, Instant arrival, boolean copy, long offset,
        int index) {

    /** When the patient was measured, by a right clock. */
    Instant trueTime() {
        return effective.minus(clockOffset);
    }
}
