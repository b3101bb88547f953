package io.vitaltwin.testbench.scenario;

import org.apache.avro.specific.SpecificRecord;

import java.time.Instant;

/**
 * One record for an input topic.
 *
 * @param arrival its append time
 * @param key the patient; empty for a tick
 */
record Input(Kind kind, Instant arrival, String key, SpecificRecord value) {

    /** In the order in which records of one instant come. */
    enum Kind { PATIENT, CONSENT, READING, REPORT, ALERT, ACTION, TICK }
}
