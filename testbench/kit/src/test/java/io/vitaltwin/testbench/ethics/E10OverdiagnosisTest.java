package io.vitaltwin.testbench.ethics;

import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.rules.RuleSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** E10: nobody is made ill by being measured. */
@Tag("ethics")
class E10OverdiagnosisTest {

    private static final RuleSet RULES = RuleSetFile.bundled();
    /** Told once, asks for a proof and says how often it is wrong. */
    private static final Set<RuleId> SCREENING = EnumSet.of(RuleId.AF_SUSPECT);
    private static final String[] DISEASES = {"sepsis", "pneumonia", "infarct", "heart attack", "stroke", "embol", "covid", "diagnos"};

    @ParameterizedTest
    @EnumSource(value = RuleId.class, names = {"NIGHT_RHR", "ACTIVITY_DROP"})
    void shouldNotLiftAPersonalOddityAboveLow(RuleId rule) {
        assertThat(RULES.of(rule).priority().isAbove(Priority.LOW)).isFalse();
    }

    @Test
    void shouldSayOfAScreeningThatItNeedsProofAndHowOftenItIsRight() {
        assertThat(SCREENING).allSatisfy(rule -> {
            assertThat(RULES.of(rule).text()).contains("Possible").contains("needs an ECG to confirm").containsPattern("[0-9]+ (%|of|in)");
            assertThat(RULES.of(rule).priority().isAbove(Priority.MEDIUM)).isFalse();
        });
    }

    /** What is measured is told, not what it may mean; only a screening names what it screens for. */
    @ParameterizedTest
    @EnumSource(RuleId.class)
    void shouldNameNoDisease(RuleId rule) {
        String text = RULES.of(rule).text().toLowerCase(Locale.ROOT);
        assertThat(text).doesNotContain(DISEASES);
        if (!SCREENING.contains(rule)) {
            assertThat(text).doesNotContain("fibrillation");
        }
    }
}
