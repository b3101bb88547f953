package io.vitaltwin.twin.core.rules;

import java.util.Set;

/**
 * The built-in rules of this version and the parameters that each knows. Stored in state by number: append only.
 *
 * @see "CLINICAL.md sections 2.2 and 3.0"
 */
public enum RuleId {
    SPO2_LOW(Family.SPO2, "on", "onSeconds", "off", "offSeconds", "spotMinSeconds", "spotMaxSeconds", "consumerReadings", "consumerSeconds"),
    SPO2_CRIT(Family.SPO2, "on", "onSeconds", "off", "offSeconds", "spotMinSeconds", "spotMaxSeconds", "consumerReadings", "consumerSeconds",
            "gate", "pulse", "breaths", "corroborationSeconds"),
    COPD_SPO2_LOW(Family.SPO2, "on", "onSeconds", "off", "offSeconds", "spotMinSeconds", "spotMaxSeconds", "consumerReadings", "consumerSeconds"),
    COPD_SPO2_CRIT(Family.SPO2, "on", "onSeconds", "off", "offSeconds", "spotMinSeconds", "spotMaxSeconds", "consumerReadings",
            "consumerSeconds", "gate", "pulse", "breaths", "corroborationSeconds"),
    COPD_OVER_OXYGENATION(Family.COPD_OVER_OXYGENATION, "on", "onSeconds", "off", "offSeconds", "mild", "mildSeconds"),
    HR_TACHY_REST(Family.HR, "on", "onSeconds", "high", "highSeconds", "off", "offSeconds", "quietSeconds", "gate"),
    HR_BRADY(Family.HR, "on", "onSeconds", "low", "lowSeconds", "offAbove", "offSeconds", "gate", "baselineBelow", "baselineDrop", "pressure"),
    CGM_URGENT_LOW_SOON(Family.CGM_LOW, "slope", "horizonSeconds", "reach", "off", "offReadings", "expected"),
    CGM_URGENT_LOW(Family.CGM_LOW, "on", "onMolar", "off", "offMolar", "offSeconds"),
    CGM_HYPO_L1(Family.CGM_LOW, "on", "onMolar", "onSeconds", "offSeconds"),
    CGM_HYPO_L2(Family.CGM_LOW, "on", "onMolar", "onSeconds", "offSeconds"),
    CGM_HYPO_EXTENDED(Family.CGM_LOW, "onSeconds"),
    CGM_HYPER_L2(Family.CGM_HIGH, "on", "onMolar", "onSeconds", "longSeconds", "windowSeconds", "off", "offMolar", "offSeconds"),
    NEWS2_HIGH(Family.NEWS2, "on"),
    NEWS2_MEDIUM(Family.NEWS2, "on"),
    NEWS2_SINGLE_3(Family.NEWS2, "on"),
    NEWS2_RISING(Family.NEWS2, "on", "windowSeconds"),
    SYMPTOM_REPORT(Family.SYMPTOM_REPORT),
    DEVICE_SILENT(Family.SILENCE, "intervals", "minSeconds", "spotSeconds", "news2"),
    CGM_SIGNAL_LOSS(Family.SILENCE, "onSeconds"),
    CONSENT_WITHDRAWN(Family.CONSENT),
    RESP_HIGH(Family.RESP, "on", "onSeconds", "off", "offSeconds"),
    RESP_DEPRESSION(Family.RESP, "on", "severe", "saturation", "onSeconds", "off", "offSaturation", "offSeconds"),
    APNOEA(Family.RESP, "onSeconds", "offSeconds", "intervalSeconds"),
    BP_SEVERE(Family.BP_SEVERE, "systolic", "diastolic", "minSeconds", "maxSeconds"),
    BP_SEVERE_UNCONFIRMED(Family.BP_SEVERE, "onSeconds"),
    BP_LOW(Family.BP_LOW, "on", "off", "minSeconds", "maxSeconds", "pulse"),
    BP_HOME_AVG(Family.BP_HOME_AVG, "systolic", "diastolic", "ahaSystolic", "ahaDiastolic", "highSystolic", "highDiastolic", "readings"),
    REPEAT_REQUEST(Family.REPEAT, "validSeconds"),
    HF_WEIGHT(Family.HF_WEIGHT, "threeDays", "sevenDays", "oneDay", "off", "jump", "fromHour", "untilHour"),
    FEVER(Family.FEVER, "on", "once", "high", "minSeconds", "maxSeconds", "off", "offSeconds", "neutropenic", "neutropenicSeconds"),
    QSOFA(Family.QSOFA, "on", "breaths", "pressure"),
    NIGHT_RHR(Family.NIGHT_RHR, "yellow", "red", "nights", "greenNights", "fromHour", "untilHour", "readings",
            "baselineNights"),
    ACTIVITY_DROP(Family.ACTIVITY_DROP, "on", "off", "recentDays", "baselineDays", "validDays", "wearHours"),
    AF_SUSPECT(Family.AF_SUSPECT, "entropy", "share", "windows", "resetSeconds", "offSeconds"),
    DATA_QUALITY(Family.DATA_QUALITY, "offSeconds"),
    /** Stands for every rule of the rule set's own section {@code custom}; its entry holds for all of them. */
    CUSTOM(Family.CUSTOM),
    CUSTOM_RULE_FAILED(Family.CUSTOM_FAULT),
    BREAK_GLASS(Family.CONSENT),
    /** Keyed by the id of the device. */
    DEVICE_SHARED(Family.DATA_QUALITY);

    private static final RuleId[] VALUES = values();

    private final Family family;
    private final Set<String> parameters;

    RuleId(Family family, String... parameters) {
        this.family = family;
        this.parameters = Set.of(parameters);
    }

    public Family family() {
        return family;
    }

    /** Names of the numbers that the rule works with; durations end in {@code Seconds}. */
    public Set<String> parameters() {
        return parameters;
    }

    public static RuleId ofOrdinal(int ordinal) {
        return VALUES[ordinal];
    }
}
