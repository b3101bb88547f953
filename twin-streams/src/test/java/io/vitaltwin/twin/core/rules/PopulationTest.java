package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.PatientFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a rule says of somebody for whom it was not made: CR 8.4 E7. */
@org.junit.jupiter.api.Tag("ethics")
class PopulationTest {

    private static final Duration EACH = Duration.ofSeconds(30);
    private final RuleBench bench = RuleBench.adult();

    private static PatientFacts born(String date) {
        return PatientFacts.of(Optional.of(LocalDate.parse(date)), List.of(), Map.of());
    }

    /** 86 % for three minutes: SPO2_CRIT, HIGH in an adult. */
    private AlertChange highest() {
        bench.feed(Vital.SPO2, Grade.CLINICAL, EACH).hold(0, 180, 80);
        return bench.alerts().stream().filter(change -> change.rule() == RuleId.SPO2_CRIT).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"2010-03-02, HIGH, false", "2010-03-03, MEDIUM, true", "1950-01-01, HIGH, false"})
    void shouldCapAndTagBelowTheAgeOfTheCard(String birthDate, Priority expected, boolean extrapolated) {
        bench.is(born(birthDate));
        AlertChange alert = highest();

        assertThat(alert.priority()).isEqualTo(expected);
        assertThat(Tag.of(alert.tags()).contains(Tag.EXTRAPOLATED)).isEqualTo(extrapolated);
        assertThat(alert.text().contains("not made for people like this patient")).isEqualTo(extrapolated);
    }

    @Test
    void shouldTakeAnUnknownAgeAsInside() {
        AlertChange alert = highest();
        assertThat(alert.priority()).isEqualTo(Priority.HIGH);
        assertThat(Tag.of(alert.tags())).doesNotContain(Tag.EXTRAPOLATED);
    }

    @Test
    void shouldCapAndTagForAnExcludedCondition() {
        bench.has("pregnancy");
        AlertChange alert = highest();
        assertThat(alert.priority()).isEqualTo(Priority.MEDIUM);
        assertThat(Tag.of(alert.tags())).contains(Tag.EXTRAPOLATED);
    }

    @Test
    void shouldTellOnceAlthoughTheRuleWouldGoHigher() {
        bench.has("pregnancy");
        bench.feed(Vital.SPO2, Grade.CLINICAL, EACH).hold(0, 600, 80);
        assertThat(bench.told()).hasSize(1);
    }

    @Test
    void shouldTagAGuidelineRuleWithoutLoweringIt() {
        bench.is(born("2015-01-01"));
        bench.feed(Vital.GLUCOSE_INTERSTITIAL, Grade.MEDICAL_HOME, Duration.ofMinutes(5)).at(0, 50);
        assertThat(bench.alert(0).priority()).as("lows have no age").isEqualTo(Priority.HIGH);
        assertThat(Tag.of(bench.alert(0).tags())).doesNotContain(Tag.EXTRAPOLATED);

        RuleBench pregnant = RuleBench.adult().has("pregnancy");
        pregnant.feed(Vital.GLUCOSE_INTERSTITIAL, Grade.MEDICAL_HOME, Duration.ofMinutes(5)).at(0, 50);
        assertThat(pregnant.alert(0).priority()).isEqualTo(Priority.HIGH);
        assertThat(Tag.of(pregnant.alert(0).tags())).contains(Tag.EXTRAPOLATED);
    }

    @ParameterizedTest
    @CsvSource({"17, 18, 65, true", "18, 18, 65, false", "65, 18, 65, false", "66, 18, 65, true", "-1, 18, 65, false", "5, 0, 65, false"})
    void shouldKnowBothEndsOfAnAge(int age, int min, int max, boolean outside) {
        assertThat(new Population(min, max, Set.of(), false).isOutside(age, Set.of())).isEqualTo(outside);
    }

    @Test
    void shouldRefuseAnImpossiblePopulation() {
        assertThatThrownBy(() -> new Population(18, 17, Set.of(), false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Population(-1, 17, Set.of(), false)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldGiveEveryBundledRuleThePopulationOfItsCard() {
        RuleSet rules = RuleSetFile.bundled();
        assertThat(rules.of(RuleId.NEWS2_HIGH).population()).isEqualTo(new Population(16, Population.NO_LIMIT, Set.of("pregnancy"), true));
        assertThat(rules.of(RuleId.SYMPTOM_REPORT).population()).isEqualTo(Population.ANYBODY);
        for (Card card : rules.cards()) {
            card.rules().forEach(id -> assertThat(rules.of(id).population()).as("%s", id).isEqualTo(card.population()));
        }
    }
}
