package io.vitaltwin.testbench.bench.ward;

import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.Units;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Alarms at the limits that the staff had set for each patient, as they were charted: what such a monitor would have said to these readings. */
final class StaffLimits {

    private StaffLimits() {
    }

    /** One side of one vital. */
    enum Side {
        PULSE_HIGH(Vital.HEART_RATE, true),
        PULSE_LOW(Vital.HEART_RATE, false),
        SATURATION_LOW(Vital.SPO2, false),
        BREATHS_HIGH(Vital.RESPIRATORY_RATE, true),
        BREATHS_LOW(Vital.RESPIRATORY_RATE, false),
        PRESSURE_HIGH(Vital.BP_SYSTOLIC, true),
        PRESSURE_LOW(Vital.BP_SYSTOLIC, false);

        private final Vital vital;
        private final boolean high;

        Side(Vital vital, boolean high) {
            this.vital = vital;
            this.high = high;
        }

        Vital vital() {
            return vital;
        }

        boolean isBeyond(long milli, long limit) {
            return high ? milli > limit : milli < limit;
        }
    }

    /** @param alarms by side, once for each time that a value went beyond; judged: readings with a limit in force at their time */
    record Outcome(Map<Side, Integer> alarms, Map<Side, Integer> judged) {
    }

    /** Only pressures of the cuff are held against the limit of the cuff. */
    static Outcome count(WardPatient patient) {
        Map<Side, Long> inForce = new EnumMap<>(Side.class);
        Map<Side, Integer> alarms = new EnumMap<>(Side.class);
        Map<Side, Integer> judged = new EnumMap<>(Side.class);
        Set<Side> open = EnumSet.noneOf(Side.class);
        int next = 0;
        for (WardReading reading : patient.readings()) {
            for (; next < patient.staffLimits().size() && patient.staffLimits().get(next).fromMillis() <= reading.effectiveMillis(); next++) {
                WardPatient.StaffLimit limit = patient.staffLimits().get(next);
                inForce.put(limit.side(), limit.milli());
            }
            for (Side side : Side.values()) {
                Long limit = inForce.get(side);
                if (limit != null && side.vital() == reading.vital() && reading.bed() != Bed.ARTERIAL_LINE
                        && reading.value().kind() == Value.Kind.MEASURED) {
                    judged.merge(side, 1, Integer::sum);
                    if (!side.isBeyond(Units.canonicalMilli(reading.value(), reading.vital()), limit)) {
                        open.remove(side);
                    } else if (open.add(side)) {
                        alarms.merge(side, 1, Integer::sum);
                    }
                }
            }
        }
        return new Outcome(alarms, judged);
    }
}
