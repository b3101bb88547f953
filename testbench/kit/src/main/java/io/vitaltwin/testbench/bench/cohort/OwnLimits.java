package io.vitaltwin.testbench.bench.cohort;

import io.vitaltwin.testbench.cohort.PatientStory;
import io.vitaltwin.testbench.cohort.Person;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.RuleSet;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a care team sets for one person after the first weeks: a limit of low saturation below what that person's own device usually shows, and more
 * readings from a watch before it counts. Individual limits are what reviews of telemonitoring ask for (CLINICAL.md section 3.2); three points below the
 * usual value is that section's figure. A limit never comes as low as the critical one, which stays as it is.
 */
final class OwnLimits {

    private static final double BELOW_USUAL = 3;
    private static final double LOWEST = 88;
    private static final double DEFAULT = 91;
    private static final double LOWEST_HYPERCAPNIC = 84;
    private static final double DEFAULT_HYPERCAPNIC = 87;
    private static final double HYSTERESIS = 2;
    /** Of a watch that measures every ten minutes; the rule set asks for three. Project default, no source. */
    private static final double READINGS_OF_A_WATCH = 5;

    private OwnLimits() {
    }

    static RuleSet of(PatientStory story, RuleSet rules) {
        OptionalDouble usual = story.usualSaturation();
        if (usual.isEmpty()) {
            return rules;
        }
        boolean hypercapnic = story.person().has(Person.Condition.HYPERCAPNIA);
        double lowest = hypercapnic ? LOWEST_HYPERCAPNIC : LOWEST;
        double on = Math.clamp(Math.floor(usual.getAsDouble() - BELOW_USUAL), lowest, hypercapnic ? DEFAULT_HYPERCAPNIC : DEFAULT);
        Map<String, Double> own = new HashMap<>(Map.of("on", on, "off", on + HYSTERESIS));
        boolean watch = story.equipment().devices().stream()
                .anyMatch(device -> device.vitals().contains(Vital.SPO2) && device.grade() == Grade.CONSUMER);
        if (watch) {
            own.put("consumerReadings", READINGS_OF_A_WATCH);
        }
        return rules.with(Map.of(hypercapnic ? "COPD_SPO2_LOW" : "SPO2_LOW", own));
    }
}
