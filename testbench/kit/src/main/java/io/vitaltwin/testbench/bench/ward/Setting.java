package io.vitaltwin.testbench.bench.ward;

import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.quality.PatientFacts;
import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.rules.RuleSet;

import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** In which way the core looks at a ward. */
enum Setting {
    /** Sustained and confirmed conditions, quality checks, scores; no gate by uncertainty. With clinical devices there is no cap by grade. */
    UNGATED(Grade.CLINICAL, false, false),
    /** The rules as they are. */
    FULL(Grade.CLINICAL, false, false),
    /** What if the same numbers had come from consumer devices. */
    CONSUMER(Grade.CONSUMER, false, false),
    /** As the ward's own system stored them, in that order: real lateness. Charted hourly counts as continuous. */
    STORED(Grade.CLINICAL, true, false),
    /** The same, with devices registered as spot devices. */
    STORED_SPOT(Grade.CLINICAL, true, true);

    /** A limit so far off that every run passes its gate. */
    private static final double BELOW_ANYTHING = -1_000;
    private static final double ABOVE_ANYTHING = 1_000;
    private static final String GATE = "gate";
    private static final Map<String, Map<String, Double>> OPEN_GATES = Map.of(
            RuleId.SPO2_CRIT.name(), Map.of(GATE, ABOVE_ANYTHING),
            RuleId.COPD_SPO2_CRIT.name(), Map.of(GATE, ABOVE_ANYTHING),
            RuleId.HR_TACHY_REST.name(), Map.of(GATE, BELOW_ANYTHING));

    private final Grade grade;
    private final boolean stored;
    private final boolean spot;

    Setting(Grade grade, boolean stored, boolean spot) {
        this.grade = grade;
        this.stored = stored;
        this.spot = spot;
    }

    /** Whether readings arrive when they were stored; else when they were measured. */
    boolean arrivesAsStored() {
        return stored;
    }

    /** Everybody is scored on scale 1, with no prescription: the sets tell of none. Adults all, of ages that do not matter to these rules. */
    Plan plan(RuleSet rules) {
        Map<String, Device> devices = Arrays.stream(Bed.values()).collect(Collectors.toMap(Bed::id, bed -> bed.device(grade, spot)));
        Set<String> collected = devices.values().stream().flatMap(device -> device.vitals().stream()).map(vital -> vital.id())
                .collect(Collectors.toSet());
        return new Plan(PatientFacts.NONE, Set.of(), 1, Optional.empty(), collected, Map.of(), devices, true, List.of(), ZoneOffset.UTC, Map.of(),
                this == UNGATED ? rules.with(OPEN_GATES) : rules);
    }
}
