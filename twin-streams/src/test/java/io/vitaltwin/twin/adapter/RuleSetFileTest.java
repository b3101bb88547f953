package io.vitaltwin.twin.adapter;

import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.rules.RuleSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RuleSetFileTest {

    @TempDir
    private Path folder;

    private static String bundled() throws IOException {
        try (InputStream in = RuleSetFile.class.getResourceAsStream("/io/vitaltwin/twin/rules.yaml")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private RuleSet read(String yaml) throws IOException {
        Path file = folder.resolve("own.yaml");
        Files.writeString(file, yaml);
        return RuleSetFile.read(file);
    }

    private void assertRefused(String yaml, String at, String... words) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(RuleSetProblem.class).hasMessageStartingWith(at).hasMessageContainingAll(words)
                .message().doesNotContain("\n");
    }

    /** The bundled file with one text in place of another, and the number of the line where that stands. */
    private record Changed(String yaml, int line) {
        static Changed of(String text, String by) throws IOException {
            String whole = bundled();
            int at = whole.indexOf(text);
            assertThat(at).as("the bundled rules contain %s", text).isNotNegative();
            return new Changed(whole.substring(0, at) + by + whole.substring(at + text.length()), (int) whole.substring(0, at).lines().count());
        }
    }

    @Test
    void shouldReadWhatComesWithTheProgram() throws IOException {
        RuleSet rules = RuleSetFile.bundled();
        assertThat(rules.rules()).containsOnlyKeys(RuleId.values());
        assertThat(rules.version()).isNotBlank();
        assertThat(read(bundled())).isEqualTo(rules);
    }

    @Test
    void shouldReadNumbersExactly() throws IOException {
        RuleSet rules = read(Changed.of("gate: 91.5", "gate: 91.525").yaml());
        assertThat(rules.milli(RuleId.SPO2_CRIT, "gate")).isEqualTo(91_525);
        assertThat(rules.milli(RuleId.CGM_URGENT_LOW_SOON, "slope")).isEqualTo(-1_000);
        assertThat(rules.of(RuleId.CGM_URGENT_LOW_SOON).predictive()).isTrue();
        assertThat(rules.of(RuleId.SPO2_LOW).predictive()).isFalse();
        assertThat(rules.of(RuleId.SPO2_LOW).priority()).isEqualTo(Priority.MEDIUM);
    }

    @Test
    void shouldRefuseAnUnknownRule() throws IOException {
        Changed changed = Changed.of("SPO2_LOW:", "SPO2_LOWW:");
        assertRefused(changed.yaml(), "own.yaml:" + changed.line() + ": ", "no rule is called SPO2_LOWW", "SPO2_LOW,");
    }

    @Test
    void shouldRefuseAnUnknownParameter() throws IOException {
        Changed changed = Changed.of("{on: 91, onSeconds: 120", "{on: 91, onSecond: 120");
        assertRefused(changed.yaml(), "own.yaml:" + changed.line() + ": ", "rule SPO2_LOW has no parameter onSecond", "onSeconds");
    }

    @Test
    void shouldRefuseAMissingParameter() throws IOException {
        Changed changed = Changed.of("{on: 91, onSeconds: 120, off: 93,", "{on: 91, onSeconds: 120,");
        assertRefused(changed.yaml(), "own.yaml:" + changed.line() + ": ", "rule SPO2_LOW lacks off");
    }

    @Test
    void shouldRefuseAnUnknownKey() throws IOException {
        Changed changed = Changed.of("predictive: true", "predicts: true");
        assertRefused(changed.yaml(), "own.yaml:" + changed.line() + ": ", "unknown key predicts", "predictive");
        assertRefused("versions: 1\nrules: {}\n", "own.yaml:1: ", "unknown key versions", "rules, version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "91,5", "", "NaN", "91.0001", "0x5B", "1e300", "~"})
    void shouldRefuseWhatIsNotANumber(String number) throws IOException {
        Changed changed = Changed.of("{on: 91,", "{on: \"" + number + "\",");
        assertRefused(changed.yaml(), "own.yaml:" + changed.line() + ": ", "a parameter must be a number with at most three decimals, found " + number);
    }

    @Test
    void shouldRefuseAListForANumber() throws IOException {
        Changed changed = Changed.of("{on: 91,", "{on: [91],");
        assertRefused(changed.yaml(), "own.yaml:" + changed.line() + ": ", "a single value is needed here");
    }

    @Test
    void shouldRefuseAnUnknownPriority() throws IOException {
        Changed changed = Changed.of("priority: MEDIUM", "priority: medium");
        assertRefused(changed.yaml(), "own.yaml:" + changed.line() + ": ", "priority must be one of", "found medium");
    }

    @ParameterizedTest
    @ValueSource(strings = {"True", "yes", "1", "tru"})
    void shouldRefuseAnUnclearPredictive(String word) throws IOException {
        Changed changed = Changed.of("predictive: true", "predictive: " + word);
        assertRefused(changed.yaml(), "own.yaml:" + changed.line() + ": ", "predictive must be true or false, found " + word);
    }

    @Test
    void shouldRefuseAMissingRule() throws IOException {
        String yaml = bundled();
        assertRefused(yaml.substring(0, yaml.indexOf("  CONSENT_WITHDRAWN:")), "own.yaml:", "rule CONSENT_WITHDRAWN is missing");
    }

    @Test
    void shouldRefuseARuleThatStandsTwice() throws IOException {
        String yaml = bundled();
        int cards = yaml.indexOf("cards:");
        String one = yaml.substring(yaml.indexOf("  CONSENT_WITHDRAWN:"), yaml.indexOf("  RESP_HIGH:"));
        int line = (int) yaml.substring(0, cards).lines().count() + 1;
        assertRefused(yaml.substring(0, cards) + one + yaml.substring(cards), "own.yaml:" + line + ": ", "rule CONSENT_WITHDRAWN stands twice");
    }

    @Test
    void shouldRefuseAParameterThatStandsTwice() throws IOException {
        Changed changed = Changed.of("{on: 91,", "{on: 91, on: 85,");
        assertRefused(changed.yaml(), "own.yaml:" + changed.line() + ": ", "parameter on of rule SPO2_LOW stands twice");
    }

    @Test
    void shouldRefuseAKeyThatStandsTwice() throws IOException {
        Changed changed = Changed.of("    priority: MEDIUM\n", "    priority: MEDIUM\n    priority: LOW\n");
        assertRefused(changed.yaml(), "own.yaml:" + (changed.line() + 2) + ": ", "the key priority stands twice");
    }

    @ParameterizedTest
    @CsvSource({"priority", "source", "text", "parameters"})
    void shouldRefuseARuleWithoutOneOfItsKeys(String key) throws IOException {
        String yaml = bundled().replaceFirst("(?m)^    " + key + ": .*\\R", "");
        assertRefused(yaml, "own.yaml:", "the key " + key + " is missing");
    }

    @Test
    void shouldRefuseAFileWithoutVersion() throws IOException {
        assertRefused(bundled().replaceFirst("(?m)^version: .*$", ""), "own.yaml:", "the key version is missing");
    }

    @ParameterizedTest
    @CsvSource({"'', is empty", "'# nothing', is empty", "'rules: [', is not YAML", "just words, keys with values are needed here",
        "'[1, 2]', keys with values are needed here"})
    void shouldRefuseWhatIsNoRuleSetAtAll(String yaml, String words) {
        assertRefused(yaml, "own.yaml", words);
    }

    @Test
    void shouldNameAFileThatIsNotThere() {
        Path missing = folder.resolve("missing.yaml");
        assertThatThrownBy(() -> RuleSetFile.read(missing)).isInstanceOf(RuleSetProblem.class)
                .hasMessage("rule set " + missing + " cannot be read: name a file that exists and is readable");
    }
}
