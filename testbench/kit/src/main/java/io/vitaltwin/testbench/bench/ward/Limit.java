package io.vitaltwin.testbench.bench.ward;

import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.rules.RuleSet;

import java.util.Optional;
import java.util.Set;

/**
 * A limit that both the plain counter and the core's rules watch. Of a rule with several levels the mildest counts, so that the counter is not
 * made worse than it need be.
 */
enum Limit {
    SATURATION_LOW("saturation low", true, Set.of(Vital.SPO2)),
    PULSE_HIGH("pulse high", true, Set.of(Vital.HEART_RATE)),
    PULSE_LOW("pulse low", true, Set.of(Vital.HEART_RATE)),
    BREATHS_HIGH("breathing fast", true, Set.of(Vital.RESPIRATORY_RATE)),
    BREATHS_LOW("breathing slow", true, Set.of(Vital.RESPIRATORY_RATE)),
    FEVER("fever", true, Set.of(Vital.BODY_TEMPERATURE)),
    PRESSURE_HIGH("pressure high", false, Set.of(Vital.BP_SYSTOLIC, Vital.BP_DIASTOLIC)),
    PRESSURE_LOW("pressure low", false, Set.of(Vital.BP_SYSTOLIC));

    private final String words;
    private final boolean comparable;
    private final Set<Vital> vitals;

    Limit(String words, boolean comparable, Set<Vital> vitals) {
        this.words = words;
        this.comparable = comparable;
        this.vitals = vitals;
    }

    String words() {
        return words;
    }

    /**
     * Whether hourly charts can be compared with the rule. A pressure rule asks for a second measurement within 15 minutes, which is seldom
     * charted: what it saves there is the lack of data, not its skill.
     */
    boolean isComparable() {
        return comparable;
    }

    boolean watches(Vital vital) {
        return vitals.contains(vital);
    }

    /** Whether this value, in thousandths of the canonical unit, is at the limit of the rule set or beyond. */
    boolean isBeyond(RuleSet rules, Vital vital, long milli) {
        return switch (this) {
            case SATURATION_LOW -> milli <= rules.milli(RuleId.SPO2_LOW, "on");
            case PULSE_HIGH -> milli >= rules.milli(RuleId.HR_TACHY_REST, "on");
            case PULSE_LOW -> milli <= rules.milli(RuleId.HR_BRADY, "on");
            case BREATHS_HIGH -> milli >= rules.milli(RuleId.RESP_HIGH, "on");
            case BREATHS_LOW -> milli <= rules.milli(RuleId.RESP_DEPRESSION, "on");
            case FEVER -> milli >= rules.milli(RuleId.FEVER, "on");
            case PRESSURE_HIGH -> milli >= rules.milli(RuleId.BP_SEVERE, vital == Vital.BP_SYSTOLIC ? "systolic" : "diastolic");
            case PRESSURE_LOW -> milli <= rules.milli(RuleId.BP_LOW, "on");
        };
    }

    /** The limit that a rule stands for; empty for scores, technical notices and what these sets do not hold. */
    static Optional<Limit> of(RuleId rule) {
        return Optional.ofNullable(switch (rule) {
            case SPO2_LOW, SPO2_CRIT -> SATURATION_LOW;
            case HR_TACHY_REST -> PULSE_HIGH;
            case HR_BRADY -> PULSE_LOW;
            case RESP_HIGH -> BREATHS_HIGH;
            case RESP_DEPRESSION -> BREATHS_LOW;
            case FEVER -> Limit.FEVER;
            case BP_SEVERE, BP_SEVERE_UNCONFIRMED -> PRESSURE_HIGH;
            case BP_LOW -> PRESSURE_LOW;
            default -> null;
        });
    }
}
