package io.vitaltwin.testbench.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ThroughputReportTest {

    private static ThroughputReport report(int maxState, int twins) {
        var settings = new ThroughputReport.Settings(100, Cohort.VITALS, 1000, 1, 4, 1, "exactly_once_v2", 100, "lz4", "off", "same JVM");
        var result = ThroughputReport.Result.of(10, 100, 250.04, new ThroughputReport.Rates(2, 0.5, 1),
                new ThroughputReport.Rates(1.5, 0.3, 0.6));
        return new ThroughputReport("throughput", "0.1.0", new ThroughputReport.Machine(2, 1, 1, "Linux", "JDK"), Map.of("kafka", "4.3.1"),
                settings, List.of(result), new ThroughputReport.StateBytes(maxState, 500, 600, twins, 5, new ThroughputReport.Settled(100, 120, 400, 390)));
    }

    @Test
    void shouldCountReadingsNotRecordsAndCompareTheFloors() throws Exception {
        JsonNode json = new ObjectMapper().readTree(report(600, 100).toJson());
        assertThat(json.at("/results/0/readings").asLong()).isEqualTo(1000);
        assertThat(json.at("/results/0/records").asLong()).isEqualTo(100);
        assertThat(json.at("/results/0/recordBytes").asDouble()).isEqualTo(250.0);
        assertThat(json.at("/results/0/readingsPerSecond/full").asDouble()).isEqualTo(500);
        assertThat(json.at("/results/0/readingsPerSecond/passThrough").asDouble()).isEqualTo(2000);
        assertThat(json.at("/results/0/readingsPerSecond/getAndPut").asDouble()).isEqualTo(1000);
        assertThat(json.at("/results/0/ratios/fullByPassThrough").asDouble()).isEqualTo(0.25);
        assertThat(json.at("/results/0/ratios/fullByGetAndPut").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/results/0/cpuRatios/fullByPassThrough").asDouble()).isEqualTo(0.2);
        assertThat(json.at("/results/0/cpuRatios/fullByGetAndPut").asDouble()).isEqualTo(0.4);
        assertThat(json.at("/stateBytes/max").asInt()).isEqualTo(600);
        assertThat(json.at("/machine/cores").asInt()).isEqualTo(2);
        assertThat(json.at("/settings/seed").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"600, 100, 0", "601, 100, 1", "600, 99, 1", "601, 99, 2"})
    void shouldFailWhenATwinIsTooLargeOrMissing(int maxState, int twins, int problems) {
        assertThat(report(maxState, twins).problems()).hasSize(problems);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--patients=0", "--readings=9", "--readings=x", "--threads"})
    void shouldRefuseAWrongCall(String argument) {
        StringWriter err = new StringWriter();
        int code = new CommandLine(new BenchCommand()).setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((e, line, parsed) -> e instanceof io.vitaltwin.standalone.cli.CliException known ? known.exitCode() : 99)
                .execute("throughput", "--quick", argument);
        assertThat(code).isEqualTo(2);
    }

    @Test
    void shouldNameTheMachineAndTheVersions() {
        assertThat(Machine.here().cores()).isPositive();
        assertThat(Machine.here().memoryBytes()).isPositive();
        assertThat(Machine.versions()).containsEntry("kafka", "4.3.1").containsKeys("rocksdb", "avro");
    }
}
