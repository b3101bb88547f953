package io.vitaltwin.testbench.bench.ward;

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

class WardCommandTest {

    private final BenchOnData bench = new BenchOnData();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldPrintTablesAndWriteTheFile() throws IOException {
        Path file = folder.resolve("ward.json");

        int exit = bench.run("ward", "--data", SmallCopies.all().toString(), "--json", file.toString());

        assertThat(exit).isZero();
        assertThat(bench.err()).isEmpty();
        assertThat(bench.out()).contains("icu-mimic3-demo-vitals: 3 stays", "icu-physionet2012: 3 stays", "alarms per patient-day at the same limits",
                "Not printed, alerts per patient-day: 8 minutes of a person are no day", "s25047");
        JsonNode json = new ObjectMapper().readTree(Files.readString(file));
        assertThat(json.get("sets")).hasSize(4);
        assertThat(json.at("/sets/0/citation").asText()).isNotEmpty();
        assertThat(json.at("/icu-mimic3-demo-vitals.size/stays").asInt()).isEqualTo(3);
        assertThat(json.get("icu-mimic3-demo-vitals.limits")).hasSize(Limit.values().length);
        // 481 seconds less 13 without a pulse
        assertThat(json.at("/icu-bidmc-1hz.pulses/n").asInt()).isEqualTo(468);
    }

    @Test
    void shouldPrintOneLineOfJsonWhenAskedTo() throws IOException {
        int exit = bench.run("ward", "--data", SmallCopies.all().resolve("icu-mimic-wdb-1min").toString(), "--output", "json");

        assertThat(exit).isZero();
        assertThat(bench.out().lines()).hasSize(1);
        assertThat(new ObjectMapper().readTree(bench.out()).get("benchmark").asText()).isEqualTo("ward");
    }

    @Test
    void shouldPrintTheSameAgain() {
        BenchOnData again = new BenchOnData();
        bench.run("ward", "--data", SmallCopies.all().toString());
        again.run("ward", "--data", SmallCopies.all().toString());

        assertThat(bench.out()).isNotEmpty().isEqualTo(again.out());
    }

    @Test
    void shouldRefuseAFolderWithoutAWard() {
        assertThat(bench.run("ward", "--data", SmallCopies.all().resolve("wearable-vs-ecg-hrv").toString())).isEqualTo(2);
        assertThat(bench.problem()).contains("holds none of the sets");
    }

    @Test
    void shouldNameTheDamagedLineAndFail() throws IOException {
        Files.writeString(folder.resolve("s1_numerics_1min.csv"),
                "minute,time_of_day,HR_bpm,PULSE_bpm,RESP_pm,SpO2_%,NBPSys_mmHg,NBPDias_mmHg,NBPMean_mmHg\n0,d0,eighty,0,16,97,,,\n");

        assertThat(bench.run("ward", "--data", folder.toString())).isEqualTo(1);
        assertThat(bench.problem()).isEqualTo(folder.resolve("s1_numerics_1min.csv") + ":2: column \"HR_bpm\" needs a decimal number");
    }
}
