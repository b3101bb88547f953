package io.vitaltwin.testbench.proof;

import org.apache.avro.specific.SpecificRecord;

/**
 * One record that the topology wrote.
 *
 * @param place how many of the patient's records had been taken when it was written, the one that is being taken included
 * @param timeMillis processing time that the record carries
 */
public record Told(int place, long timeMillis, SpecificRecord value) {
}
