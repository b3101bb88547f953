package io.vitaltwin.testbench.bench.cohort;

import io.vitaltwin.testbench.cohort.Equipment;
import io.vitaltwin.testbench.cohort.Person;
import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.PatientFacts;
import io.vitaltwin.twin.core.rules.RuleSet;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The care plan of a simulated person. Everybody was enrolled at least four weeks before: the plan knows the pulse of their nights and of their
 * rest. On the ward a score is kept, at home none: it is made for whole sets of observations.
 */
final class CarePlans {

    private static final int KNOWN_DAYS = 28;
    private static final long SPREAD_MILLI = 2_000;

    private CarePlans() {
    }

    static Plan of(Person person, Equipment equipment, RuleSet rules) {
        List<String> conditions = conditions(person);
        Map<String, String> attributes = person.recordedTone().equals(Person.EMPTY) ? Map.of() : Map.of("skinTone", person.recordedTone());
        Set<String> collected = new HashSet<>();
        Map<String, Device> devices = new HashMap<>();
        for (Device device : equipment.devices()) {
            devices.put(device.id(), device);
            device.vitals().forEach(vital -> collected.add(vital.id()));
        }
        return new Plan(PatientFacts.of(Optional.of(person.birthDate()), conditions, attributes), Set.copyOf(conditions),
                person.has(Person.Condition.HYPERCAPNIA) ? 2 : 1, Optional.of(false), collected, equipment.cadence(), devices, person.ward(),
                List.of(baseline(Context.SLEEP, person.sleepingPulse()), baseline(Context.REST, person.usual().pulse() + 6)), ZoneOffset.UTC,
                attributes, rules);
    }

    private static List<String> conditions(Person person) {
        List<String> conditions = new ArrayList<>();
        for (Person.Condition condition : Person.Condition.values()) {
            if (person.has(condition)) {
                switch (condition) {
                    case HYPERCAPNIA -> conditions.add("copd");
                    case HEART_FAILURE -> conditions.add("heart_failure");
                    case DIABETES -> conditions.add("diabetes_t1");
                    case HYPERTENSION -> conditions.add("hypertension");
                    case OPIOIDS -> { }                // no condition of its own: the capnograph in the plan says it
                }
            }
        }
        return conditions;
    }

    private static Plan.Baseline baseline(Context context, double pulse) {
        return new Plan.Baseline(Vital.HEART_RATE, context, Math.round(pulse) * 1_000, SPREAD_MILLI, KNOWN_DAYS);
    }
}
