package io.vitaltwin.standalone.cli;

import io.vitaltwin.twin.query.Instance;
import io.vitaltwin.twin.query.QuerySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class QueryOptionsTest {

    @TempDir
    private Path folder;

    private static Optional<QuerySettings> settings(Optional<Path> fromFile, String... args) {
        QueryOptions options = new QueryOptions();
        CommandLine.populateCommand(options, args);
        return options.settings(fromFile);
    }

    @Test
    void shouldBeOffUnlessAskedFor() {
        assertThat(settings(Optional.empty())).isEmpty();
        assertThat(settings(Optional.of(Path.of("t")), "--query-host", "::1")).isEmpty();
    }

    @Test
    void shouldListenOnThisMachineUnlessToldOtherwise() {
        assertThat(settings(Optional.of(Path.of("t")), "--query-port", "8089"))
                .contains(new QuerySettings("127.0.0.1", 8089, new Instance("127.0.0.1", 8089), Path.of("t")));
        assertThat(settings(Optional.of(Path.of("t")), "--query-port", "1", "--query-host", "0.0.0.0", "--query-server", "twin-1:80", "--query-tokens", "own"))
                .contains(new QuerySettings("0.0.0.0", 1, new Instance("twin-1", 80), Path.of("own")));
        assertThat(settings(Optional.of(Path.of("t")), "--query-port", "65535")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"--query-port 0|must be 1 to 65535", "--query-port 65536 |must be 1 to 65535", "--query-port 80 --query-host 0.0.0.0|--query-server",
        "--query-port 80 --query-server twin|HOST:PORT", "--query-port 80 --query-server twin:0|HOST:PORT"})
    void shouldSayWhichOptionCannotBeUsed(String args, String message) {
        assertThatThrownBy(() -> settings(Optional.of(Path.of("t")), args.strip().split(" "))).isInstanceOf(CliException.class).hasMessageContaining(message);
    }

    @Test
    void shouldGiveNobodyAnAnswerWithoutTokens() {
        assertThatThrownBy(() -> settings(Optional.empty(), "--query-port", "80")).isInstanceOf(CliException.class).hasMessageContaining("--query-tokens");
    }

    @Test
    void shouldTakeTheTokensFileFromTheSettings() throws IOException {
        Path file = Files.writeString(folder.resolve("twin.properties"), "twin.query.tokens-file=/etc/tokens.yaml\ntwin.threads=2\n");
        assertThat(TwinSettings.tokens(file)).contains(Path.of("/etc/tokens.yaml"));
        assertThat(TwinSettings.tokens(null)).isEmpty();
        assertThat(TwinSettings.of(new ClusterOptions(), file, null, null, null).threads()).isEqualTo(2);
    }
}
