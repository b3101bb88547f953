package io.vitaltwin.testbench.bench.wearable;

import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Coordinates;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Monitor;
import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.PatientFacts;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Somebody with nothing but a consumer's tracker that sends steps and heart rate each minute, and no context. */
final class Tracker {

    static final long MINUTE = 60_000;

    private static final String ID = "tracker";
    private static final Set<Vital> VITALS = Set.of(Vital.HEART_RATE, Vital.STEPS);

    private final Monitor monitor;
    private long offset;

    Tracker(Monitor.Listener listener) {
        Device device = new Device(ID, ID, Grade.CONSUMER, VITALS, MINUTE, Long.MIN_VALUE, Long.MAX_VALUE);
        Plan plan = new Plan(PatientFacts.NONE, Set.of(), 1, Optional.empty(), VITALS.stream().map(Vital::id).collect(Collectors.toSet()), Map.of(),
                Map.of(ID, device), false, List.of(), ZoneOffset.UTC, Map.of(), RuleSetFile.bundled());
        monitor = new Monitor(plan, listener);
    }

    /** @param steps and heartRate thousandths of those in a minute */
    void minute(long at, long steps, long heartRate) {
        monitor.take(List.of(
                measurement(Vital.STEPS, at, Value.measured(steps, Unit.STEPS_PER_MINUTE), 0),
                measurement(Vital.HEART_RATE, at, Value.measured(heartRate, Unit.PER_MINUTE), 1)));
        offset++;
    }

    private Measurement measurement(Vital vital, long at, Value value, int index) {
        return new Measurement(vital, ID, at, at, value, Context.UNKNOWN, Float.NaN, false, new Coordinates(0, offset, index));
    }
}
