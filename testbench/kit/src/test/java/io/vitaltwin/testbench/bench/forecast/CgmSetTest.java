package io.vitaltwin.testbench.bench.forecast;

import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CgmSetTest {

    private static final String HEADER = "timestamp,glucose_value_mg_dl\n";

    @TempDir
    private Path folder;

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void shouldReadTracesInOrderAndLeaveOtherFilesAlone() throws IOException {
        // Given
        file("b.csv", HEADER + "2024-01-01 00:05:00,101\n2024-01-01 00:00:00,Low\n\n2024-01-01 00:10:00,High\n");
        file("a.csv", HEADER + "2024-01-01 00:00:00,100\n2024-01-01 00:15:00,99.5\n");
        file("metadata.csv", "person_id,age\n1,20\n");
        file("README.md", HEADER);
        // When
        CgmSet set = CgmSet.read(folder);
        // Then
        assertThat(set.name()).isEqualTo(folder.getFileName().toString());
        assertThat(set.subjects()).extracting(CgmSet.Subject::name).containsExactly("a", "b");
        assertThat(set.subjects().get(0).intervalMillis()).isEqualTo(15 * 60_000);
        long start = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
        assertThat(set.subjects().get(1).readings()).containsExactly(
                new CgmSet.Sugar(start, new Value(Value.Kind.AT_MOST, 40_000, Unit.MG_PER_DL)),
                new CgmSet.Sugar(start + 300_000, Value.measured(101_000, Unit.MG_PER_DL)),
                new CgmSet.Sugar(start + 600_000, new Value(Value.Kind.AT_LEAST, 400_000, Unit.MG_PER_DL)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"yesterday,100|a.csv:3:1: ", "2024-01-01 00:10:00,many|a.csv:3:21: ", "2024-01-01 00:10:00|a.csv:3:20: "})
    void shouldNameFileAndLineOfWhatIsNoReading(String line, String beginning) throws IOException {
        file("a.csv", HEADER + "2024-01-01 00:00:00,100\n" + line + "\n");
        assertThatThrownBy(() -> CgmSet.read(folder)).isInstanceOfSatisfying(CliException.class, e -> assertThat(e.exitCode()).isEqualTo(1))
                .message().startsWith(beginning).doesNotContain("many").doesNotContain("yesterday");
    }

    @Test
    void shouldRefuseAFolderWithoutTraces() throws IOException {
        file("a.csv", "time,value\n1,2\n");
        assertThatThrownBy(() -> CgmSet.read(folder)).isInstanceOfSatisfying(CliException.class, e -> assertThat(e.exitCode()).isEqualTo(2));
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> CgmSet.read(missing)).isInstanceOfSatisfying(CliException.class, e -> assertThat(e.exitCode()).isEqualTo(2));
    }

    @Test
    void shouldRefuseATraceOfOneReading() throws IOException {
        file("a.csv", HEADER + "2024-01-01 00:00:00,100\n");
        assertThatThrownBy(() -> CgmSet.read(folder)).isInstanceOf(CliException.class).hasMessageStartingWith("a.csv: ");
    }
}
