package io.vitaltwin.testbench.ethics;

import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.core.rules.Card;
import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.rules.RuleSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** E7: of every number it is known on whom it was found, and of whom not. */
@Tag("ethics")
class E07TrainingDataTest {

    private static final RuleSet RULES = RuleSetFile.bundled();

    @ParameterizedTest
    @EnumSource(RuleId.class)
    void shouldHaveACardWithPeopleGapsAndSources(RuleId rule) {
        List<Card> cards = RULES.cards().stream().filter(card -> card.rules().contains(rule)).toList();
        assertThat(cards).singleElement().satisfies(card -> {
            assertThat(card.people()).isNotBlank();
            assertThat(card.gaps()).isNotEmpty();
            assertThat(card.not()).isNotEmpty();
            assertThat(card.references()).isNotEmpty();
        });
        assertThat(RULES.of(rule).source()).isNotBlank();
    }

    /** A published figure without its size or year cannot be weighed. */
    @Test
    void shouldGiveANumberForEveryPublishedFigure() {
        assertThat(RULES.cards()).flatExtracting(Card::performance).isNotEmpty().allSatisfy(figure -> assertThat(figure).containsPattern("[0-9]"));
    }

    @Test
    void shouldSayWhichRuleSetDecided() {
        assertThat(RULES.version()).matches("\\d{4}\\.\\d{1,2}(\\.\\d+)?");
        assertThat(Life.of("ann", Life.SENSOR).send("sensor", Life.glucose(0, 50)).live().alerts())
                .isNotEmpty().allSatisfy(alert -> assertThat(alert.getRuleSetVersion()).isEqualTo(RULES.version()));
    }
}
