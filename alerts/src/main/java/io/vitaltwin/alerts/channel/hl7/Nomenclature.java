package io.vitaltwin.alerts.channel.hl7;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Codes of ISO/IEEE 11073-10101 for what is told.
 *
 * @see "twin-streams/CLINICAL.md sections 1.1 and 6.2"
 */
final class Nomenclature {

    /** A code, its name and its code system. */
    record Code(String id, String name, String system) {

        static Code mdc(int id, String name) {
            return new Code(Integer.toString(id), name, "MDC");
        }
    }

    /** On which side of its limit a value lies. */
    enum Side {
        LOW("L"),
        HIGH("H");

        private final String flag;

        Side(String flag) {
            this.flag = flag;
        }

        String flag() {
            return flag;
        }
    }

    static final Code ALARM = Code.mdc(196616, "MDC_EVT_ALARM");
    static final Code SOURCE = Code.mdc(68480, "MDC_ATTR_ALERT_SOURCE");
    static final Code PHASE = Code.mdc(68481, "MDC_ATTR_EVENT_PHASE");
    static final Code STATE = Code.mdc(68482, "MDC_ATTR_ALARM_STATE");
    static final Code INACTIVATION = Code.mdc(68483, "MDC_ATTR_ALARM_INACTIVATION_STATE");
    static final Code PRIORITY = Code.mdc(68484, "MDC_ATTR_ALARM_PRIORITY");
    static final Code TYPE = Code.mdc(68485, "MDC_ATTR_ALERT_TYPE");
    static final Code TEXT = Code.mdc(68546, "MDC_ATTR_ALERT_TEXT");

    private static final Code LOW_LIMIT = Code.mdc(196674, "MDC_EVT_LO_VAL_LT_LIM");
    private static final Map<String, Code> VITALS = Map.ofEntries(
            Map.entry("heart_rate", Code.mdc(147842, "MDC_ECG_HEART_RATE")),
            Map.entry("spo2", Code.mdc(150456, "MDC_PULS_OXIM_SAT_O2")),
            Map.entry("respiratory_rate", Code.mdc(151562, "MDC_RESP_RATE")),
            Map.entry("bp_systolic", Code.mdc(150021, "MDC_PRESS_BLD_NONINV_SYS")),
            Map.entry("bp_diastolic", Code.mdc(150022, "MDC_PRESS_BLD_NONINV_DIA")),
            Map.entry("bp_mean", Code.mdc(150023, "MDC_PRESS_BLD_NONINV_MEAN")),
            Map.entry("body_temperature", Code.mdc(150364, "MDC_TEMP_BODY")),
            Map.entry("glucose_interstitial", Code.mdc(160212, "MDC_CONC_GLU_ISF")),
            Map.entry("body_weight", Code.mdc(188736, "MDC_MASS_BODY_ACTUAL")));
    private static final Set<String> BELOW = Set.of("SPO2_LOW", "SPO2_CRIT", "COPD_SPO2_LOW", "COPD_SPO2_CRIT", "HR_BRADY", "CGM_URGENT_LOW", "CGM_HYPO_L1",
            "CGM_HYPO_L2", "CGM_HYPO_EXTENDED", "RESP_DEPRESSION", "BP_LOW");
    private static final Set<String> ABOVE = Set.of("COPD_OVER_OXYGENATION", "HR_TACHY_REST", "CGM_HYPER_L2", "RESP_HIGH", "BP_SEVERE",
            "BP_SEVERE_UNCONFIRMED", "FEVER");

    private Nomenclature() {
    }

    /** Empty where the rule is about no limit, or one of a plan's own. */
    static Optional<Side> side(String rule) {
        if (BELOW.contains(rule)) {
            return Optional.of(Side.LOW);
        }
        return ABOVE.contains(rule) ? Optional.of(Side.HIGH) : Optional.empty();
    }

    /** What happened. For a value above its limit the reference has no code that was seen, so the general one and the flag of the side tell it. */
    static Code event(Optional<Side> side) {
        return side.filter(Side.LOW::equals).isPresent() ? LOW_LIMIT : ALARM;
    }

    /** A vital without a known code is told by its internal id, as a local code. */
    static Code vital(String id) {
        return VITALS.getOrDefault(id, new Code(id, id, "L"));
    }
}
