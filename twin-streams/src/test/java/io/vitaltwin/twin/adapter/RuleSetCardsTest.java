package io.vitaltwin.twin.adapter;

import io.vitaltwin.twin.core.rules.Card;
import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.rules.RuleSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@Tag("ethics")
class RuleSetCardsTest {

    @TempDir
    private Path folder;

    private static String bundled() throws IOException {
        try (InputStream in = RuleSetFile.class.getResourceAsStream("/io/vitaltwin/twin/rules.yaml")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<String> problems(String yaml) throws IOException {
        Path file = folder.resolve("own.yaml");
        Files.writeString(file, yaml);
        RuleSetProblem problem = catchThrowableOfType(RuleSetProblem.class, () -> RuleSetFile.read(file));
        return problem == null ? List.of() : problem.all();
    }

    @Test
    void shouldHaveEachRuleOnOneCard() {
        RuleSet rules = RuleSetFile.bundled();
        assertThat(rules.cards().stream().flatMap(card -> card.rules().stream())).containsExactlyInAnyOrder(RuleId.values());
        for (Card card : rules.cards()) {
            assertThat(card.gaps()).as(card.title()).isNotEmpty();
            assertThat(card.not()).as(card.title()).isNotEmpty();
            assertThat(Wording.blamingWord(card.toString())).as(card.title()).isEmpty();
        }
    }

    @Test
    void shouldHaveNoBlamingWordInAnyText() {
        RuleSet rules = RuleSetFile.bundled();
        for (RuleId id : RuleId.values()) {
            assertThat(Wording.blamingWord(rules.of(id).text())).as("%s", id).isEmpty();
        }
        assertThat(Wording.blamingWord("The patient was Non-Compliant.")).contains("non-compliant");
        assertThat(Wording.blamingWord("Poor adherence is suspected.")).contains("poor adherence");
        assertThat(Wording.blamingWord("Nothing was refuseddd.")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "rules: [SYMPTOM_REPORT]; rules: [SYMPTOM_REPORTT]; no rule is called SYMPTOM_REPORTT",
        "rules: [SYMPTOM_REPORT]; rules: [SYMPTOM_REPORT, SPO2_LOW]; rule SPO2_LOW is on two cards",
        "references: [\"8.4 E9\"]; references: [\"8.4 E99\"]; CLINICAL.md has no section 8.4 E99",
        "title: What the patient reports; titel: What the patient reports; unknown key titel",
        "population: {minAge: 18, guideline: true}; population: {minAge: 18, guideline: yes}; guideline must be true or false",
        "people: \"Everybody.\"; people: \"\"; a text is needed here"})
    void shouldRefuseACardThatIsWrong(String text, String by, String words) throws IOException {
        String yaml = bundled();
        int at = yaml.indexOf(text);
        assertThat(at).isPositive();
        int line = (int) yaml.substring(0, at).lines().count();
        assertThat(problems(yaml.substring(0, at) + by + yaml.substring(at + text.length())))
                .anySatisfy(problem -> assertThat(problem).startsWith("own.yaml:" + line + ": ").contains(words));
    }

    @Test
    void shouldRefuseARuleWithoutCard() throws IOException {
        assertThat(problems(bundled().replace("rules: [SPO2_LOW, SPO2_CRIT]", "rules: [SPO2_LOW]"))).singleElement().asString()
                .contains("rule SPO2_CRIT has no card");
        assertThat(problems(bundled().replaceFirst("(?s)\ncards:.*", "\n"))).singleElement().asString().contains("the key cards is missing");
    }

    @Test
    void shouldRefuseASourceThatNamesNoSection() throws IOException {
        assertThat(problems(bundled().replaceFirst("source: CR 3.0, 3.2, 3.12.2", "source: a book"))).singleElement().asString()
                .contains("a source begins with the section of CLINICAL.md");
        assertThat(problems(bundled().replaceFirst("source: CR 3.0, 3.2, 3.12.2", "source: CR 3.0, 3.99"))).singleElement().asString()
                .contains("CLINICAL.md has no section 3.99");
        assertThat(problems(bundled().replaceFirst("source: CR 3.0, 3.2, 3.12.2", "source: CR 3.0; ward protocol 12.77"))).isEmpty();
    }
}
