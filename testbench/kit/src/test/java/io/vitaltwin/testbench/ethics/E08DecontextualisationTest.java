package io.vitaltwin.testbench.ethics;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.testbench.ethics.Life.Lived;
import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.adapter.Wording;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.rules.RuleSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static io.vitaltwin.testbench.ethics.Life.pulse;
import static org.assertj.core.api.Assertions.assertThat;

/** E8: the circumstances stand beside the numbers, and nobody is blamed. */
@Tag("ethics")
class E08DecontextualisationTest {

    @ParameterizedTest
    @ValueSource(strings = {"The patient was non-compliant.", "Failed to measure", "refused the cuff", "lazy", "Poor adherence to the plan", "noncompliance"})
    void shouldKnowABlamingWord(String text) {
        assertThat(Wording.blamingWord(text)).isPresent();
    }

    @Test
    void shouldBlameNobodyInAnyTemplate() {
        RuleSet rules = RuleSetFile.bundled();
        List<String> texts = new ArrayList<>();
        rules.rules().values().forEach(entry -> texts.add(entry.text()));
        rules.cards().forEach(card -> texts.addAll(List.of(card.title(), card.purpose(), card.people(), card.caps())));
        assertThat(texts).hasSizeGreaterThan(RuleId.values().length).allSatisfy(text -> assertThat(Wording.blamingWord(text)).as(text).isEmpty());
    }

    @Test
    void shouldNameTheDeviceFirstWhenNothingComes() {
        // When
        Lived lived = Life.of("ann", Life.PATCH, Life.OXIMETER).send("patch", pulse(0, 70)).send("oximeter", Life.saturation(5_000, 97)).live();
        // Then
        List<AlertEvent> silent = lived.raised().stream().filter(alert -> alert.getFamily().equals("SILENCE")).toList();
        assertThat(silent).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.getLane().name()).isEqualTo("TECHNICAL");
            assertThat(alert.getText()).containsPattern("(?i)(device|sensor|link|gateway|power).*may have stopped").doesNotContainIgnoringCase("the patient did")
                    .doesNotContainIgnoringCase("forgot");
        });
    }

    /** Missing data is no behaviour: there is no word for it to be scored by. */
    @Test
    void shouldHaveNoScoreOfAdherence() {
        assertThat(Arrays.stream(RuleId.values()).map(RuleId::name)).noneMatch(name -> name.contains("ADHER") || name.contains("COMPLIAN"));
        assertThat(Arrays.stream(Reason.values()).map(Reason::name)).noneMatch(name -> name.contains("ADHER") || name.contains("COMPLIAN"));
    }
}
