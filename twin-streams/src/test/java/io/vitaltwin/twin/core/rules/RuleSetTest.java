package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.core.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RuleSetTest {

    private static final RuleSet RULES = RuleSetFile.bundled();

    /** The numbers of CR 3.0, written down a second time: a change of one must be meant. */
    @ParameterizedTest
    @CsvSource({
        "SPO2_LOW, on, 91", "SPO2_LOW, onSeconds, 120", "SPO2_LOW, off, 93", "SPO2_LOW, offSeconds, 120",
        "SPO2_CRIT, on, 87", "SPO2_CRIT, onSeconds, 60", "SPO2_CRIT, off, 90", "SPO2_CRIT, gate, 91.5",
        "COPD_SPO2_LOW, on, 87", "COPD_SPO2_LOW, off, 89", "COPD_SPO2_CRIT, on, 83", "COPD_SPO2_CRIT, off, 86", "COPD_SPO2_CRIT, gate, 87.5",
        "COPD_OVER_OXYGENATION, on, 97", "COPD_OVER_OXYGENATION, onSeconds, 600", "COPD_OVER_OXYGENATION, off, 96",
        "HR_TACHY_REST, on, 131", "HR_TACHY_REST, high, 150", "HR_TACHY_REST, off, 120", "HR_TACHY_REST, gate, 130.5",
        "HR_BRADY, on, 40", "HR_BRADY, low, 30", "HR_BRADY, baselineBelow, 48", "HR_BRADY, baselineDrop, 8", "HR_BRADY, offAbove, 5",
        "CGM_URGENT_LOW, on, 55", "CGM_URGENT_LOW, onMolar, 3.1", "CGM_URGENT_LOW, off, 70", "CGM_URGENT_LOW_SOON, slope, -1",
        "CGM_HYPO_L1, on, 70", "CGM_HYPO_L1, onMolar, 3.9", "CGM_HYPO_L2, on, 54", "CGM_HYPO_L2, onMolar, 3.0",
        "CGM_HYPO_EXTENDED, onSeconds, 7200", "CGM_HYPER_L2, on, 250", "CGM_HYPER_L2, onMolar, 13.9", "CGM_HYPER_L2, off, 180",
        "NEWS2_HIGH, on, 7", "NEWS2_MEDIUM, on, 5", "NEWS2_RISING, on, 2", "DEVICE_SILENT, intervals, 3", "CGM_SIGNAL_LOSS, onSeconds, 1200"})
    void shouldComeWithTheNumbersOfTheReference(RuleId rule, String parameter, double value) {
        assertThat(RULES.milli(rule, parameter)).isEqualTo(RuleBench.milli(value));
    }

    @ParameterizedTest
    @CsvSource({"SPO2_LOW, MEDIUM", "SPO2_CRIT, HIGH", "COPD_SPO2_CRIT, HIGH", "CGM_URGENT_LOW, HIGH", "CGM_URGENT_LOW_SOON, MEDIUM",
        "CGM_HYPO_L1, LOW", "CGM_HYPO_L2, HIGH", "NEWS2_HIGH, HIGH", "NEWS2_SINGLE_3, MEDIUM", "NEWS2_RISING, LOW", "CGM_SIGNAL_LOSS, LOW"})
    void shouldComeWithThePrioritiesOfTheReference(RuleId rule, Priority priority) {
        assertThat(RULES.of(rule).priority()).isEqualTo(priority);
    }

    @Test
    void shouldNameASourceForEveryRule() {
        assertThat(RULES.rules().values()).allMatch(entry -> entry.source().contains("CR "));
    }

    @Test
    void shouldTakeThePatientsOwnNumbersAndLeaveTheRest() {
        RuleSet own = RULES.with(Map.of("SPO2_LOW", Map.of("on", 88.5)));
        assertThat(own.milli(RuleId.SPO2_LOW, "on")).isEqualTo(88_500);
        assertThat(own.milli(RuleId.SPO2_LOW, "off")).isEqualTo(93_000);
        assertThat(own.version()).isEqualTo(RULES.version());
        assertThat(RULES.milli(RuleId.SPO2_LOW, "on")).as("the shared rule set").isEqualTo(91_000);
    }

    @Test
    void shouldLeaveOutOverridesThatItDoesNotKnow() {
        assertThat(RULES.with(Map.of("NO_SUCH_RULE", Map.of("on", 1.0), "SPO2_LOW", Map.of("limit", 1.0)))).isEqualTo(RULES);
        assertThat(RULES.with(Map.of())).isSameAs(RULES);
    }

    @Test
    void shouldRefuseASetThatIsNotWhole() {
        Map<RuleId, RuleSet.Entry> rules = new EnumMap<>(RULES.rules());
        rules.remove(RuleId.HR_BRADY);
        assertThatThrownBy(() -> new RuleSet("v", rules)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rule set v: rule HR_BRADY is missing");
        rules.put(RuleId.HR_BRADY, new RuleSet.Entry(Map.of("on", 1L), Priority.HIGH, false, "", ""));
        assertThatThrownBy(() -> new RuleSet("v", rules)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rule HR_BRADY needs the parameters").hasMessageContaining("found [on]");
    }

    @Test
    void shouldFailForAParameterThatTheRuleDoesNotHave() {
        assertThatThrownBy(() -> RULES.milli(RuleId.SPO2_LOW, "gate")).isInstanceOf(IllegalStateException.class)
                .hasMessage("rule SPO2_LOW has no parameter gate");
    }

    @Test
    void shouldKeepTagsInTheOrderOfTheirBits() {
        assertThat(Tag.of(0)).isEmpty();
        assertThat(Tag.of(-1)).isEqualTo(List.of(Tag.values()));
        for (Tag tag : Tag.values()) {
            assertThat(Tag.of(tag.bit())).containsExactly(tag);
        }
    }
}
