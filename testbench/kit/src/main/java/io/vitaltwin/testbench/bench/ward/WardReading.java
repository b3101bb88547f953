package io.vitaltwin.testbench.bench.ward;

import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;

/**
 * One value of a patient of a ward.
 *
 * @param storedMillis when the ward's own system had it; equal to effectiveMillis where the set does not tell
 */
record WardReading(Bed bed, Vital vital, Value value, long effectiveMillis, long storedMillis) {
}
