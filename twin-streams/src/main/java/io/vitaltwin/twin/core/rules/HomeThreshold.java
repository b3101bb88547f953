package io.vitaltwin.twin.core.rules;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * From which home average on the blood pressure counts as elevated.
 *
 * @see "CLINICAL.md section 3.3"
 */
public enum HomeThreshold {
    /** European Society of Hypertension. */
    ESH_135_85("systolic", "diastolic"),
    /** American Heart Association. */
    AHA_130_80("ahaSystolic", "ahaDiastolic");

    /** The attribute of the care plan that names the threshold. */
    public static final String ATTRIBUTE = "bpThreshold";

    private final String systolic;
    private final String diastolic;

    HomeThreshold(String systolic, String diastolic) {
        this.systolic = systolic;
        this.diastolic = diastolic;
    }

    /** The one that the care plan names; ESH_135_85 when it names none that is known. */
    static HomeThreshold of(Map<String, String> attributes) {
        String named = attributes.getOrDefault(ATTRIBUTE, ESH_135_85.name());
        return Stream.of(values()).filter(threshold -> threshold.name().equals(named)).findFirst().orElse(ESH_135_85);
    }

    /** The words that a care plan may use. */
    public static List<String> words() {
        return Stream.of(values()).map(HomeThreshold::name).toList();
    }

    long systolicMilli(RuleSet rules) {
        return rules.milli(RuleId.BP_HOME_AVG, systolic);
    }

    long diastolicMilli(RuleSet rules) {
        return rules.milli(RuleId.BP_HOME_AVG, diastolic);
    }
}
