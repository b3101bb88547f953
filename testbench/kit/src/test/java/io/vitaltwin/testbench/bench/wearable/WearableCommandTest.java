package io.vitaltwin.testbench.bench.wearable;

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

class WearableCommandTest {

    private final BenchOnData bench = new BenchOnData();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldPrintTablesAndWriteTheFile() throws IOException {
        Path file = folder.resolve("wearable.json");

        int exit = bench.run("wearable", "--data", SmallCopies.all().toString(), "--json", file.toString());

        assertThat(exit).isZero();
        assertThat(bench.out()).contains("what follows for the table of sigma", "fewer than 8: no verdict", "person 1: reasons",
                "its steps do not tell running from lying");
        JsonNode json = new ObjectMapper().readTree(Files.readString(file));
        assertThat(json.get("wearable-vs-ecg-hrv.cells")).isNotEmpty();
        assertThat(json.get("outside")).isNotNull();
        assertThat(json.at("/wearable-aw-fitbit-activity.contexts").isEmpty()).isTrue();
    }

    @Test
    void shouldRefuseAFolderWithoutWearables() {
        assertThat(bench.run("wearable", "--data", SmallCopies.all().resolve("icu-bidmc-1hz").toString())).isEqualTo(2);
        assertThat(bench.run("wearable")).isEqualTo(2);
    }

    @Test
    void shouldNameTheDamagedLineAndFail() throws IOException {
        Files.writeString(folder.resolve("minute_hr_steps_1.csv"), "id,timestamp,heart_rate_bpm,intensity,steps\n1,2016-04-01,67,0,0\n");

        assertThat(bench.run("wearable", "--data", folder.toString())).isEqualTo(1);
        assertThat(bench.problem()).contains("minute_hr_steps_1.csv:2: column \"timestamp\" needs a time");
    }
}
