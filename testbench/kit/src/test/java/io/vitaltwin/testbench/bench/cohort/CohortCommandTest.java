package io.vitaltwin.testbench.bench.cohort;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.testbench.bench.BenchCommand;
import io.vitaltwin.twin.adapter.RuleSetFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

class CohortCommandTest {

    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldGiveTheSameForOneThreadAndForTwo() throws InterruptedException {
        CohortRun run = new CohortRun(5, 12, 4, START, RuleSetFile.bundled(), true);
        List<PatientResult> one = run.run(1, patient -> { });
        assertThat(run.run(2, patient -> { })).isEqualTo(one);
        assertThat(one).extracting(result -> result.person().number()).isSorted().hasSize(12);
        assertThat(one).extracting(PatientResult::streamHash).doesNotHaveDuplicates();
    }

    @Test
    void shouldSendOtherReadingsForAnotherSeed() {
        PatientResult one = new CohortRun(5, 10, 3, START, RuleSetFile.bundled(), true).watch(0);
        assertThat(new CohortRun(5, 10, 3, START, RuleSetFile.bundled(), true).watch(0)).isEqualTo(one);
        assertThat(new CohortRun(6, 10, 3, START, RuleSetFile.bundled(), true).watch(0).streamHash()).isNotEqualTo(one.streamHash());
    }

    /** A limit of saturation at which everybody alarms: the budget breaks, and the exit says so. */
    @Test
    void shouldEndWithOneAndNameTheLimitWhenOneIsBroken() throws IOException {
        // Given
        Path rules = Files.writeString(folder.resolve("rules.yaml"), bundled().replace("parameters: {on: 91,", "parameters: {on: 99,"));
        Path json = folder.resolve("report.json");
        // When
        int exit = run("cohort", "--patients", "10", "--days", "3", "--seed", "2", "--limits", "rules", "--rules", rules.toString(), "--json", json.toString());
        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("vitaltwin: limit broken: alerts per patient-month");
        assertThat(out.toString()).contains("10 simulated patients, 3 days, seed 2")
                .containsPattern("alerts per patient-month +[0-9.]+ +<= 3.0  BROKEN");
        assertThat(new ObjectMapper().readTree(json.toFile()).at("/settings/patients").asInt()).isEqualTo(10);
    }

    @Test
    void shouldPrintOneObjectWhenAskedForJson() throws IOException {
        run("cohort", "--patients", "10", "--days", "3", "--output", "json");
        assertThat(out.toString().lines()).singleElement().satisfies(line ->
                assertThat(new ObjectMapper().readTree(line).at("/settings/days").asInt()).isEqualTo(3));
    }

    @ParameterizedTest
    @CsvSource({"--patients, 9", "--days, 2", "--threads, -1"})
    void shouldRefuseTooSmallACohort(String option, String value) {
        assertThat(run("cohort", option, value)).isEqualTo(2);
    }

    private int run(String... arguments) {
        CommandLine commands = new CommandLine(new BenchCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        commands.setExecutionExceptionHandler((problem, command, parsed) -> problem instanceof CliException known ? known.exitCode() : 99);
        int exit = commands.execute(arguments);
        commands.getOut().flush();
        commands.getErr().flush();
        return exit;
    }

    private static String bundled() throws IOException {
        try (InputStream in = RuleSetFile.class.getResourceAsStream("/io/vitaltwin/twin/rules.yaml")) {
            assertThat(in).isNotNull();
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
