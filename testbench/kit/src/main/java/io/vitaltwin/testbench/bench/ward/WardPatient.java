package io.vitaltwin.testbench.bench.ward;

import java.util.Comparator;
import java.util.List;

/**
 * One stay.
 *
 * @param readings in order of effective time
 * @param endMillis death, discharge, or the end of the record
 * @param staffLimits limits that the staff had set on the monitor, as they were charted; empty where the set has none
 */
record WardPatient(String id, List<WardReading> readings, boolean died, long endMillis, List<StaffLimit> staffLimits) {

    private static final double DAY_MILLIS = 86_400_000;

    /** @param limit which side of which vital, and where it stood from then on, in thousandths */
    record StaffLimit(StaffLimits.Side side, long fromMillis, long milli) {
    }

    WardPatient {
        readings = readings.stream().sorted(Comparator.comparingLong(WardReading::effectiveMillis).thenComparing(WardReading::bed)
                .thenComparing(WardReading::vital)).toList();
        staffLimits = staffLimits.stream().sorted(Comparator.comparingLong(StaffLimit::fromMillis)).toList();
    }

    /** From the first reading to the last: what lies outside was not watched. */
    double days() {
        return readings.isEmpty() ? 0 : (readings.getLast().effectiveMillis() - readings.getFirst().effectiveMillis()) / DAY_MILLIS;
    }
}
