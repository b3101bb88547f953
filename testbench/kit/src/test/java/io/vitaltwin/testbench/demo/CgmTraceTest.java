package io.vitaltwin.testbench.demo;

import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.testbench.sim.SimPatient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CgmTraceTest {

    private final List<String> refused = new ArrayList<>();

    private CgmTrace read(String text) throws IOException {
        return CgmTrace.read(new BufferedReader(new StringReader(text)), "a.csv", refused::add);
    }

    @Test
    void shouldReadTimesSinceTheFirstReadingAndTheWordsOfTheSensor() throws IOException {
        // When
        CgmTrace trace = read("""
                timestamp,glucose_value_mg_dl
                2024-01-01 23:58:22,120
                2024-01-02 00:03:22,Low
                2024-01-02 00:08:23,High
                2024-01-02 00:13:22,99.5
                """);
        // Then
        assertThat(trace.samples()).containsExactly(
                new CgmTrace.Sample(Duration.ZERO, 120.0),
                new CgmTrace.Sample(Duration.ofMinutes(5), "LO"),
                new CgmTrace.Sample(Duration.ofSeconds(601), "HI"),
                new CgmTrace.Sample(Duration.ofMinutes(15), 99.5));
        assertThat(trace.interval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(refused).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2024-01-01 00:10:00|a.csv:3:20: SCHEMA_INVALID: ",
        "2024-01-01 00:10:00,1,2|a.csv:3:23: SCHEMA_INVALID: ",
        "yesterday,100|a.csv:3:1: SCHEMA_INVALID: ",
        "2024-01-01 00:10:00,many|a.csv:3:21: SCHEMA_INVALID: ",
        "2024-01-01 00:10:00,NaN|a.csv:3:21: SCHEMA_INVALID: ",
    })
    void shouldNameALineThatIsNoReadingAndReadTheRest(String line, String beginning) throws IOException {
        CgmTrace trace = read("timestamp,glucose_value_mg_dl\n2024-01-01 00:00:00,100\n" + line + "\n2024-01-01 00:05:00,101\n");
        assertThat(refused).singleElement().asString().startsWith(beginning).doesNotContain("many");
        assertThat(trace.samples()).hasSize(2);
    }

    @Test
    void shouldRefuseAnotherHeaderAndAnEmptyFile() {
        assertThatThrownBy(() -> read("time,value\n")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("a.csv");
        assertThatThrownBy(() -> read("")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("first line");
        assertThatThrownBy(() -> read("timestamp,glucose_value_mg_dl\n2024-01-01 00:00:00,1\n"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("fewer than two");
    }

    @Test
    void shouldCarryRealTracesWithLowsAndHighs() {
        // When
        List<SimPatient> patients = CgmPatients.bundled();
        // Then
        assertThat(patients).hasSize(7).extracting(SimPatient::id).doesNotHaveDuplicates();
        assertThat(patients).allSatisfy(patient -> {
            assertThat(patient.plan().getDevices()).singleElement()
                    .satisfies(device -> assertThat(device.getIntervalMillis()).isEqualTo(300_000L));
            assertThat(patient.period()).isBetween(Duration.ofHours(25), Duration.ofHours(27));
        });
    }

    @Test
    void shouldFindGlucoseFilesInAFolderAndLeaveOthersAlone(@TempDir Path folder) throws IOException {
        // Given
        Files.createDirectory(folder.resolve("set"));
        String file = "timestamp,glucose_value_mg_dl\n2024-01-01 00:00:00,100\n2024-01-01 00:05:00,101\n";
        Files.writeString(folder.resolve("set/Subject_1.csv"), file);
        Files.writeString(folder.resolve("set/Subject-1.csv"), file);
        Files.writeString(folder.resolve("metadata.csv"), "person_id,age\n1,50\n");
        // When
        List<SimPatient> patients = CgmPatients.in(folder, refused::add);
        // Then
        assertThat(patients).extracting(SimPatient::id).containsExactlyInAnyOrder("data-set-subject-1", "data-set-subject-1-2");
    }

    @Test
    void shouldSayWhatIsWrongWithAFolder(@TempDir Path folder) {
        assertThatThrownBy(() -> CgmPatients.in(folder, refused::add)).isInstanceOf(CliException.class)
                .hasMessageContaining("holds no .csv file");
        assertThatThrownBy(() -> CgmPatients.in(folder.resolve("absent"), refused::add)).isInstanceOf(CliException.class)
                .hasMessageContaining("cannot be read");
    }
}
