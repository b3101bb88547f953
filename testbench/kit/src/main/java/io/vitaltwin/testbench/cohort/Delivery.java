package io.vitaltwin.testbench.cohort;

import io.vitaltwin.twin.core.Measurement;

import java.util.List;

/** Something that reaches the twin. */
public sealed interface Delivery {

    /** When, by the broker's clock. */
    long arrivalMillis();

    /** Readings of one device, oldest first. */
    record Batch(long arrivalMillis, List<Measurement> readings) implements Delivery {
    }

    /** What the patient says. */
    record Symptom(long arrivalMillis, String words, long effectiveMillis) implements Delivery {
    }
}
