package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.Units;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.state.Point;

import java.util.Map;

/**
 * Values that lie within one sigma of the limit of a level rule: the measurement cannot tell on which side of it the patient is. It lowers and hides
 * nothing: that is done by the certainty gate.
 *
 * @see "CLINICAL.md sections 3.11 and 8.4, E10.1"
 */
final class Borderline {

    /** The limit of each rule that looks at a level of one vital. */
    private static final Map<RuleId, String> LIMITS = Map.ofEntries(
            Map.entry(RuleId.SPO2_LOW, "on"), Map.entry(RuleId.SPO2_CRIT, "on"),
            Map.entry(RuleId.COPD_SPO2_LOW, "on"), Map.entry(RuleId.COPD_SPO2_CRIT, "on"), Map.entry(RuleId.COPD_OVER_OXYGENATION, "on"),
            Map.entry(RuleId.HR_TACHY_REST, "on"), Map.entry(RuleId.HR_BRADY, "on"),
            Map.entry(RuleId.RESP_HIGH, "on"), Map.entry(RuleId.RESP_DEPRESSION, "on"), Map.entry(RuleId.FEVER, "on"),
            Map.entry(RuleId.CGM_URGENT_LOW, "on"), Map.entry(RuleId.CGM_HYPO_L1, "on"), Map.entry(RuleId.CGM_HYPO_L2, "on"),
            Map.entry(RuleId.CGM_HYPER_L2, "on"), Map.entry(RuleId.BP_LOW, "on"));

    private Borderline() {
    }

    /** BORDERLINE or no tag, by the value that completed the condition. */
    static int tag(Turn turn, Raise raise) {
        for (Proof proof : raise.evidence()) {
            if (proof.role().equals("last")) {
                return isNear(turn, raise.rule(), proof) ? Tag.BORDERLINE.bit() : 0;
            }
        }
        return 0;
    }

    private static boolean isNear(Turn turn, RuleId rule, Proof proof) {
        Point point = proof.point();
        String limit = limit(rule, proof.vital());
        return !limit.isEmpty() && point.value().isMeasured() && point.sigmaMilli() > 0
                && Math.abs(Units.canonicalMilli(point.value(), proof.vital()) - turn.rules().milli(rule, limit)) <= point.sigmaMilli();
    }

    /** Name of the parameter; empty where the rule has no limit for this vital. */
    private static String limit(RuleId rule, Vital vital) {
        if (rule == RuleId.BP_SEVERE) {
            return vital == Vital.BP_SYSTOLIC ? "systolic" : vital == Vital.BP_DIASTOLIC ? "diastolic" : "";
        }
        return ConsentRule.base(rule.family()).contains(vital) ? LIMITS.getOrDefault(rule, "") : "";
    }
}
