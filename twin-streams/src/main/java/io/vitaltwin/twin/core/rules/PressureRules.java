package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.state.Point;
import io.vitaltwin.twin.core.state.StreamState;

import java.util.Optional;

/**
 * From single readings to whole blood pressures, and to the rules about them: a pressure is decided when its set is complete, so that what one
 * half shows of the other (DQ-04) is known before.
 *
 * @see "CLINICAL.md sections 3.0, 3.3"
 */
final class PressureRules {

    private PressureRules() {
    }

    /** Takes one half. A unit that may be another's is held back: DQ-08. */
    static void onSample(Turn turn, Sample sample) {
        boolean half = sample.vital() == Vital.BP_SYSTOLIC || sample.vital() == Vital.BP_DIASTOLIC;
        if (half && !Reason.UNIT_SUSPECT.in(sample.point().reasons())) {
            turn.twin().parts().get(PressureMemory.TYPE).collect(sample);
        }
    }

    /** Takes the end of a set. A half whose other half came with another record is completed from what is newest. */
    static void onSet(Turn turn, long atMillis) {
        turn.twin().parts().opened(PressureMemory.TYPE).ifPresent(memory ->
                memory.collected(atMillis).map(part -> completed(turn, part)).ifPresent(pressure -> {
                    HomeAverageRule.onPressure(turn, memory, pressure);
                    SeverePressureRule.onPressure(turn, memory, pressure);
                    LowPressureRule.onPressure(turn, memory, pressure);
                    schedule(turn, memory);
                }));
        if (turn.twin().holds(RuleId.BP_LOW)) {
            LowPressureRule.reconsider(turn, turn.twin().parts().get(PressureMemory.TYPE), atMillis);
        }
    }

    private static Pressure completed(Turn turn, Pressure part) {
        if (part.whole()) {
            return part;
        }
        Optional<Point> systolic = part.systolic().or(() -> half(turn, part, Vital.BP_SYSTOLIC));
        Optional<Point> diastolic = part.diastolic().or(() -> half(turn, part, Vital.BP_DIASTOLIC));
        Device device = turn.plan().device(part.deviceId(), part.effectiveMillis());
        boolean whole = (systolic.isPresent() || !device.vitals().contains(Vital.BP_SYSTOLIC))
                && (diastolic.isPresent() || !device.vitals().contains(Vital.BP_DIASTOLIC));
        return new Pressure(part.deviceId(), part.trust(), part.effectiveMillis(), systolic, diastolic, whole);
    }

    private static Optional<Point> half(Turn turn, Pressure part, Vital vital) {
        for (StreamState stream : turn.twin().streams()) {
            if (stream.vital() == vital && stream.deviceId().equals(part.deviceId())) {
                return stream.latest().filter(point -> point.effectiveMillis() == part.effectiveMillis());
            }
        }
        return Optional.empty();
    }

    /** The patient reported a symptom: what is open may be worse for it. */
    static void onSymptom(Turn turn) {
        if (turn.twin().episode(Family.BP_SEVERE).isPresent() || turn.twin().holds(RuleId.BP_LOW)) {
            PressureMemory memory = turn.twin().parts().get(PressureMemory.TYPE);
            SeverePressureRule.reconsider(turn, memory);
            LowPressureRule.reconsider(turn, memory, turn.twin().symptomMillis());
        }
    }

    static void onDue(Turn turn, long dueMillis) {
        PressureMemory memory = turn.twin().parts().get(PressureMemory.TYPE);
        SeverePressureRule.onTime(turn, memory, dueMillis);
        HomeAverageRule.onTime(turn, memory, dueMillis);
        schedule(turn, memory);
    }

    private static void schedule(Turn turn, PressureMemory memory) {
        turn.twin().parts().due(PartKind.PRESSURE, memory.nextDue());
    }
}
