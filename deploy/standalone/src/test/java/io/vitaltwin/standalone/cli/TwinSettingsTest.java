package io.vitaltwin.standalone.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Which rule set {@code run twin} takes: default, then the file, then the command line. */
class TwinSettingsTest {

    @TempDir
    private Path folder;

    @Test
    void shouldTakeTheRuleSetFromTheFileUnlessTheCommandLineNamesOne() throws IOException {
        Path file = Files.writeString(folder.resolve("twin.properties"), "twin.rule-set = from-file.yaml\n");
        ClusterOptions cluster = new ClusterOptions();

        assertThat(TwinSettings.of(cluster, null, null, null, null).ruleSet()).isEmpty();
        assertThat(TwinSettings.of(cluster, file, null, null, null).ruleSet()).contains(Path.of("from-file.yaml"));
        assertThat(TwinSettings.of(cluster, file, null, null, Path.of("mine.yaml")).ruleSet()).contains(Path.of("mine.yaml"));
        assertThat(TwinSettings.of(cluster, null, null, null, Path.of("mine.yaml")).ruleSet()).contains(Path.of("mine.yaml"));
    }
}
