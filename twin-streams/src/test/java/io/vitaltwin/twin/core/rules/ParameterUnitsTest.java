package io.vitaltwin.twin.core.rules;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ParameterUnitsTest {

    @ParameterizedTest
    @EnumSource(RuleId.class)
    void shouldKnowTheUnitOfEveryParameter(RuleId rule) {
        assertThat(rule.parameters()).allSatisfy(parameter -> assertThat(ParameterUnits.of(rule, parameter)).as(parameter).isNotBlank());
    }

    @ParameterizedTest
    @CsvSource({"SPO2_CRIT, on, %", "SPO2_CRIT, pulse, /min", "SPO2_CRIT, onSeconds, s", "HR_BRADY, pressure, mm[Hg]", "CGM_URGENT_LOW, onMolar, mmol/L",
        "CGM_URGENT_LOW_SOON, slope, mg/dL/min", "CGM_URGENT_LOW, on, mg/dL", "BP_LOW, on, mm[Hg]", "BP_LOW, pulse, /min", "FEVER, once, Cel",
        "HF_WEIGHT, oneDay, kg", "NEWS2_HIGH, on, points", "ACTIVITY_DROP, wearHours, h", "AF_SUSPECT, entropy, 1"})
    void shouldNameUnits(RuleId rule, String parameter, String unit) {
        assertThat(rule.parameters()).contains(parameter);
        assertThat(ParameterUnits.of(rule, parameter)).isEqualTo(unit);
    }
}
