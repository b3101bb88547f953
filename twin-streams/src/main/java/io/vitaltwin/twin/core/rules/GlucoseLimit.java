package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;

/**
 * A glucose limit in both units. A value is compared in the unit in which it came: 70 mg/dL and 3.9 mmol/L are printed as one limit and
 * are not the same number.
 *
 * @see "CLINICAL.md sections 1.3, 3.4, 3.12.10"
 */
record GlucoseLimit(long massMilli, long molarMilli) {

    static GlucoseLimit of(RuleSet rules, RuleId rule, String parameter) {
        return new GlucoseLimit(rules.milli(rule, parameter), rules.milli(rule, parameter + "Molar"));
    }

    private long in(Unit unit) {
        return unit == Unit.MMOL_PER_L ? molarMilli : massMilli;
    }

    boolean isAbove(Value value) {
        return value.milli() < in(value.unit());
    }

    boolean isAtOrAbove(Value value) {
        return value.milli() <= in(value.unit());
    }

    boolean isBelow(Value value) {
        return value.milli() > in(value.unit());
    }
}
