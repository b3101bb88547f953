package io.vitaltwin.standalone.cli;

import io.vitaltwin.twin.TwinConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What {@code run twin} takes: default, then the file, then the command line. */
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

    @Test
    void shouldSealUnderTheKeysThatTheFileNames() throws IOException {
        Path file = Files.writeString(folder.resolve("twin.properties"), """
                privacy.encryption = on
                privacy.keys = /srv/keys
                privacy.master-key-file = /run/secrets/master
                """);
        TwinConfig config = TwinSettings.of(new ClusterOptions(), file, null, null, null);
        assertThat(config.kafka()).containsEntry("default.client.supplier", "io.vitaltwin.schemas.streams.SealedClients")
                .containsValue("/srv/keys").containsValue("/run/secrets/master");
        assertThat(TwinSettings.of(new ClusterOptions(), null, null, null, null).kafka()).doesNotContainKey("default.client.supplier");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "privacy.encryption = on | needs privacy.keys", "privacy.keys = /srv/keys | encryption is off", "privacy.encryption = yes | must be on or off"})
    void shouldRefuseHalfOfTheSettingsOfEncryption(String line, String problem) throws IOException {
        Path file = Files.writeString(folder.resolve("twin.properties"), line);
        assertThatThrownBy(() -> TwinSettings.of(new ClusterOptions(), file, null, null, null)).isInstanceOf(CliException.class)
                .hasMessageContaining(problem);
    }
}
