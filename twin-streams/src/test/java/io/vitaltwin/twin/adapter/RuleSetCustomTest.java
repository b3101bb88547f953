package io.vitaltwin.twin.adapter;

import io.vitaltwin.twin.core.rules.CustomSet;
import org.junit.jupiter.api.BeforeAll;
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

/** What is wrong with a custom rule is found when the file is read, with its place. */
class RuleSetCustomTest {

    private static String bundled;
    private static int lines;

    @TempDir
    private Path folder;

    @BeforeAll
    static void readBundled() throws IOException {
        try (InputStream in = RuleSetFile.class.getResourceAsStream("/io/vitaltwin/twin/rules.yaml")) {
            assertThat(in).isNotNull();
            bundled = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            lines = (int) bundled.lines().count();
        }
    }

    /** The problems of the bundled file with this at its end; the first line of the text is line 1. */
    private List<String> problems(String custom) throws IOException {
        Path file = folder.resolve("own.yaml");
        Files.writeString(file, bundled + custom);
        RuleSetProblem problem = catchThrowableOfType(RuleSetProblem.class, () -> RuleSetFile.read(file));
        return problem == null ? List.of() : problem.all().stream().map(RuleSetCustomTest::counted).toList();
    }

    private static String counted(String problem) {
        String[] parts = problem.split(":", 3);
        return (Integer.parseInt(parts[1]) - lines) + ":" + parts[2];
    }

    private static String rule(String when) {
        return "custom:\n  MY_RULE:\n    when: " + when + "\n    priority: LOW\n    source: house rule\n    text: It holds.\n";
    }

    @Test
    void shouldTakeARuleWithoutMistakes() throws IOException {
        assertThat(problems(rule("latest.heart_rate.value > 100.0"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "latest.heart_rat.value > 3.0; 3:17: ; undefined field 'heart_rat'; column 7",
        "latest.heart_rate.valu > 3.0; 3:28: ; undefined field 'valu'; column 18",
        "latest.heart_rate.value - 3 > 2.0; 3:35: ; no matching overload for '_-_'; decimal point, such as 90.0",
        "latest.heart_rate.value; 3:28: ; expected type 'bool' but found 'double'; column 18",
        "latest.consciousness.value > 2.0; 3:38: ; no matching overload; column 28",
        "pulse > 3.0; 3:11: ; undeclared reference to 'pulse'; column 1",
        "latest.heart_rate.value >; 3:36: ; mismatched input; column 26",
        "'\"latest.heart_rat.value > 3.0\"'; 3:; ; ",
        "baseline.heart_rate.asleep.median > 3.0; 3:30: ; undefined field 'asleep'; column 20",
        "age.heart_rate > duration('10x'); 3:37: ; this is no span of time; column 27",
        "age.heart_rate > duration(context); 3:36: ; must be written out; column 26",
        "age.heart_rate > age.spo2; 3:11: ; an age must be compared with a span of time; column 1",
        "context == 'REST'; 3:11: ; looks at no vital; column 1",
        "trend.consciousness.level > 1.0; 3:16: ; undefined field 'consciousness'; column 6",
        "forecast.heart_rate.in30.value > 1.0; 3:19: ; undefined field 'heart_rate'; column 9",
        "latest == latest; 3:11: ; latest alone says nothing; column 1",
        "latest.heart_rate.value > 1e400; 3:37: ; the number is too large; column 27",
        "now > timestamp('2026-01-01T00:00:00Z'); 3:11: ; undeclared reference to 'now'; column 1"})
    void shouldNameThePlaceOfAMistake(String when, String place, String what, String hint) throws IOException {
        List<String> found = problems(rule(when));
        assertThat(found).isNotEmpty();
        assertThat(found.getFirst()).startsWith(place).contains(what == null ? "" : what).contains(hint == null ? "" : hint)
                .doesNotContain("\n");
    }

    @Test
    void shouldNameThePlaceInABlockAndInQuotes() throws IOException {
        assertThat(problems("custom:\n  MY_RULE:\n    when: |\n      latest.heart_rate.value > 100.0\n        && latest.spo.value < 90.0\n"
                + "    priority: LOW\n    source: house rule\n    text: It holds.\n")).singleElement().asString()
                .startsWith("5:18: ").contains("undefined field 'spo'", "line 2, column 12");
        assertThat(problems(rule("\"latest.spo.value < 90.0\""))).singleElement().asString().startsWith("3:18: ").contains("undefined field 'spo'");
        assertThat(problems("custom:\n  MY_RULE:\n    when: >\n      latest.heart_rate.value > 100.0\n      && latest.spo.value < 90.0\n"
                + "    priority: LOW\n    source: house rule\n    text: It holds.\n")).singleElement().asString()
                .as("folded text has no place of its own in the file").startsWith("3: ").contains("undefined field 'spo'", "line 1, column 42");
    }

    @Test
    void shouldFindEverythingAtOnce() throws IOException {
        List<String> found = problems("""
                custom:
                  my_rule:
                    when: true
                  SPO2_LOW:
                    when: true
                  FIRST_ONE:
                    when: latest.spo.value < 90.0 || latest.hr.value > 1.0
                    for: 10m
                    clear: latest.x.value
                    clearFor: PT-5M
                    priority: URGENT
                    text: "{pulse}"
                    source: " "
                    prio: HIGH
                  SECOND_ONE: {}
                  SECOND_ONE: {}
                """);
        assertThat(found).anySatisfy(line -> assertThat(line).startsWith("2: a custom rule cannot be called my_rule"))
                .anySatisfy(line -> assertThat(line).startsWith("4: a custom rule cannot be called SPO2_LOW"))
                .anySatisfy(line -> assertThat(line).startsWith("7:17: ").contains("undefined field 'spo'"))
                .anySatisfy(line -> assertThat(line).startsWith("7:44: ").contains("undefined field 'hr'"))
                .anySatisfy(line -> assertThat(line).startsWith("8: for must be a span of time such as PT10M, found 10m"))
                .anySatisfy(line -> assertThat(line).startsWith("9:18: ").contains("undefined field 'x'"))
                .anySatisfy(line -> assertThat(line).startsWith("10: clearFor must be between PT0S and P366D"))
                .anySatisfy(line -> assertThat(line).startsWith("11: priority must be one of"))
                .anySatisfy(line -> assertThat(line).startsWith("13: a text is needed here"))
                .anySatisfy(line -> assertThat(line).startsWith("14: unknown key prio"))
                .anySatisfy(line -> assertThat(line).startsWith("15: the key when is missing"))
                .anySatisfy(line -> assertThat(line).startsWith("16: custom rule SECOND_ONE stands twice"));
    }

    @Test
    void shouldTellOfAllMistakesInOneSentence() throws IOException {
        Path file = folder.resolve("own.yaml");
        Files.writeString(file, bundled + rule("latest.spo.value < 90.0 || latest.hr.value > 1.0"));
        assertThat(catchThrowableOfType(RuleSetProblem.class, () -> RuleSetFile.read(file)))
                .hasMessageStartingWith("own.yaml:").hasMessageEndingWith("(and 1 more; 'rules check' names them all)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "text: It holds.; text: Pulse {spo2}.; nothing is known of {spo2}: this text may have device, heart_rate, held",
        "text: It holds.; text: The patient failed to rest.; a text must not blame the patient: say it without 'failed'",
        "source: house rule; source: CR 99.1; CLINICAL.md has no section 99.1",
        "priority: LOW; priority: LOW\\n    conditions: copd; a list is needed here",
        "priority: LOW; priority: LOW\\n    population: {minAge: 60, maxAge: 50}; maxAge must not be below minAge",
        "priority: LOW; priority: LOW\\n    population: {minAge: many}; minAge must be a whole number, found many"})
    void shouldRefuseWhatItCannotKeep(String text, String by, String words) throws IOException {
        String yaml = rule("latest.heart_rate.value > 100.0").replace(text, by.replace("\\n", "\n"));
        assertThat(problems(yaml)).singleElement().asString().contains(words);
    }

    @Test
    void shouldRefuseAnExpressionThatIsTooLong() throws IOException {
        assertThat(problems(rule("latest.heart_rate.value > 100.0" + " || latest.heart_rate.value > 100.0".repeat(80)))).singleElement()
                .asString().contains("exceeds limit");
    }

    @Test
    void shouldTakeAnEmptySectionAsNone() throws IOException {
        Path file = folder.resolve("own.yaml");
        Files.writeString(file, bundled + "custom: {}\n");
        assertThat(RuleSetFile.read(file).custom().isEmpty()).isTrue();
        assertThat(RuleSetFile.bundled().custom()).isSameAs(CustomSet.NONE);
    }

    /** The document for authors of rules: its example can be used, and it names everything that there is. */
    @Test
    void shouldUnderstandWhatTheDocumentShows() throws IOException {
        String document = Files.readString(Path.of("CUSTOM-RULES.md"));
        String example = document.substring(document.indexOf("```yaml\n") + 8, document.indexOf("```\n", document.indexOf("```yaml") + 8));
        assertThat(problems(example)).isEmpty();
        assertThat(CelTypes.all().keySet()).allSatisfy(variable -> assertThat(document).containsPattern("`" + variable + "[.`]"));
        assertThat(List.of("value", "sent", "unit", "grade", "context", "median", "mad", "days", "level", "level_sigma", "slope", "slope_sigma",
                "in60", "low", "high", "verdict", "reasons", "sigma"))
                .allSatisfy(field -> assertThat(document).contains("." + field + "`"));
    }
}
