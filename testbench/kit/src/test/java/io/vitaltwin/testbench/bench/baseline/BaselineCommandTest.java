package io.vitaltwin.testbench.bench.baseline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.testbench.bench.BenchOnData;
import io.vitaltwin.testbench.data.SmallCopies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class BaselineCommandTest {

    private final BenchOnData bench = new BenchOnData();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldPrintTablesAndWriteTheFile() throws IOException {
        Path file = folder.resolve("baseline.json");

        int exit = bench.run("baseline", "--data", SmallCopies.all().toString(), "--json", file.toString());

        assertThat(exit).isZero();
        assertThat(bench.out()).contains("3 people", "1 of them a day that cannot be", "far from the first symptoms", "67 of 84");
        JsonNode json = new ObjectMapper().readTree(Files.readString(file));
        assertThat(json.get("methods")).hasSize(DailyDetector.Method.values().length);
        assertThat(json.at("/methods/0/windows")).hasSize(4);
    }

    @Test
    void shouldRefuseAFolderWithoutTheSet() {
        assertThat(bench.run("baseline", "--data", folder.toString())).isEqualTo(2);
        assertThat(bench.problem()).contains("wearable-welltory-covid19");
    }

    @Test
    void shouldNameTheDamagedLineAndFail() throws IOException {
        Files.writeString(folder.resolve("participants.csv"), "user_code,symptoms_onset\na,soon\n");
        Files.writeString(folder.resolve("wearables.csv"), "user_code,day,resting_pulse\n");

        assertThat(bench.run("baseline", "--data", folder.toString())).isEqualTo(1);
        assertThat(bench.problem()).contains("participants.csv:2: column \"symptoms_onset\" needs a date");
    }
}
