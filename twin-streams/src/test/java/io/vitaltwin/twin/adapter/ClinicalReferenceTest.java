package io.vitaltwin.twin.adapter;

import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.rules.RuleSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What rules and code cite is there. */
class ClinicalReferenceTest {

    private static final Pattern CHECK = Pattern.compile("\\bDQ-\\d+");
    private static final Pattern CITED = Pattern.compile("@see \"[^\"]*?CLINICAL\\.md,? sections? ([^\"]+)\"");

    private final ClinicalReference reference = ClinicalReference.bundled();

    @ParameterizedTest
    @ValueSource(strings = {"0", "1.1", "2.3.5", "3.0", "3.6", "3.7", "3.8", "3.11.2", "3.12.18", "4.4", "5.2", "5.2 DQ-22", "6.4", "8.3.6", "8.4 E7", "9", "11"})
    void shouldKnowItsSections(String section) {
        assertThat(reference.has(section)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.13", "3.12.19", "2.9", "8.4 E11", "12", "2018", "3.0.1"})
    void shouldNotKnowOthers(String section) {
        assertThat(reference.has(section)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"3.0, 3.12.2; 3.0|3.12.2", "3.0, 8.4 E9; 3.0|8.4 E9", "3.0, 3.2 (target 88 to 92 %); 3.0|3.2",
        "2.2, 2.3 and 3.12.1; 2.2|2.3|3.12.1", "no number at all; "})
    void shouldFindWhatASourceNames(String source, String named) {
        assertThat(String.join("|", ClinicalReference.named(source))).isEqualTo(named == null ? "" : named);
    }

    @Test
    void shouldHaveEverySectionThatARuleNames() {
        RuleSet rules = RuleSetFile.bundled();
        for (RuleId id : RuleId.values()) {
            assertThat(rules.of(id).source()).startsWith("CR ");
            assertThat(ClinicalReference.named(rules.of(id).source())).as("%s", id).isNotEmpty().allMatch(reference::has);
        }
    }

    @Test
    void shouldHaveEverySectionThatTheCodeCites() {
        List<String> missing = new ArrayList<>();
        int cited = 0;
        for (Path file : sources()) {
            Matcher matcher = CITED.matcher(read(file));
            while (matcher.find()) {
                cited++;
                CHECK.matcher(matcher.group(1)).results().map(check -> "5.2 " + check.group()).filter(check -> !reference.has(check))
                        .forEach(check -> missing.add(file.getFileName() + ": " + check));
                for (String section : ClinicalReference.named(matcher.group(1).replaceAll("\\bE\\d+\\b", ""))) {
                    if (!reference.has(section)) {
                        missing.add(file.getFileName() + ": " + section);
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(cited).as("citations found").isGreaterThan(50);
    }

    private static List<Path> sources() {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
