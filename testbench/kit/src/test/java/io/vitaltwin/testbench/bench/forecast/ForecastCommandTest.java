package io.vitaltwin.testbench.bench.forecast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.testbench.bench.BenchCommand;
import io.vitaltwin.twin.adapter.RuleSetFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Five days of one person, played through the core. */
class ForecastCommandTest {

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private static Path data() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ForecastCommandTest.class.getResource("/cgm/cgm-big-ideas")).toURI());
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("forecast"));
        all.addAll(List.of(arguments));
        return new CommandLine(new BenchCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((e, line, parsed) -> e instanceof CliException known ? known.exitCode() : 99)
                .execute(all.toArray(String[]::new));
    }

    @Test
    void shouldPrintTablesAndWriteJson() throws IOException, URISyntaxException {
        // When
        Path file = folder.resolve("report.json");
        int code = run("--data", data().toString(), "--json", file.toString());
        // Then
        JsonNode json = new ObjectMapper().readTree(Files.readString(file));
        assertThat(json.path("benchmark").asText()).isEqualTo("forecast");
        assertThat(json.path("machine").path("cores").asInt()).isPositive();
        JsonNode pooled = json.path("pooled");
        assertThat(pooled.path("forecasts").asInt()).isGreaterThan(1_200).isEqualTo(json.path("sets").path(0).path("forecasts").asInt());
        assertThat(pooled.path("errors")).hasSize(10);
        assertThat(json.path("subjects").path(0).path("subject").asText()).isEqualTo("004");
        assertThat(json.path("subjects").path(0).path("readings").asInt()).isEqualTo(1_440);
        assertThat(json.path("urgentLowSoon")).hasSize(4);
        assertThat(json.path("largestStateBytes").asInt()).isBetween(80, 110);
        assertThat(code).isEqualTo(json.path("broken").isEmpty() ? 0 : 1);
        json.path("broken").forEach(goal -> assertThat(err.toString()).contains("vitaltwin: " + goal.asText()));
        assertThat(out.toString()).contains("linear of 4", "AR2", "level+slope", "ours", "CGM_URGENT_LOW_SOON", "event: a reading <= 55");
    }

    /** The same error of persistence by another way: straight from the file, whose readings come every five minutes but for a gap. */
    @Test
    void shouldGiveTheErrorOfPersistenceThatTheFileGives() throws IOException, URISyntaxException {
        CgmSet.Subject subject = CgmSet.read(data()).subjects().getFirst();
        List<CgmSet.Sugar> readings = subject.readings();
        double squares = 0;
        int n = 0;
        for (int i = 39; i + 12 < readings.size(); i++) {
            long now = readings.get(i).millis();
            if (readings.get(i + 12).millis() - now <= 3_700_000 && now - readings.get(i - 3).millis() <= 1_000_000) {
                double change = (readings.get(i + 6).value().milli() - readings.get(i).value().milli()) / 1_000.0;
                squares += change * change;
                n++;
            }
        }
        Scores scores = Scores.of("x", Replay.of(subject, RuleSetFile.bundled()).moments());
        assertThat((double) scores.forecasts()).isCloseTo(n, within(0.03 * n));
        assertThat(scores.rmse(Method.PERSISTENCE, 30)).isCloseTo(Math.sqrt(squares / n), within(0.4));
    }

    /** What comes later changes no forecast that was made before. */
    @Test
    void shouldTakeNothingFromTheFuture() throws IOException, URISyntaxException {
        CgmSet.Subject whole = CgmSet.read(data()).subjects().getFirst();
        CgmSet.Subject part = new CgmSet.Subject("part", whole.readings().subList(0, 700));
        List<Moment> all = Replay.of(whole, RuleSetFile.bundled()).moments();
        List<Moment> early = Replay.of(part, RuleSetFile.bundled()).moments();
        assertThat(early).hasSizeGreaterThan(500);
        for (int i = 0; i < early.size(); i++) {
            assertThat(early.get(i)).usingRecursiveComparison().isEqualTo(all.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--expected=0", "--expected=-3", "--expected=x"})
    void shouldRefuseAWrongCall(String argument) throws URISyntaxException {
        assertThat(run("--data", data().toString(), argument)).isEqualTo(2);
    }

    @Test
    void shouldSayWhenATraceIsTooShort() throws IOException {
        Files.writeString(folder.resolve("a.csv"), "timestamp,glucose_value_mg_dl\n2024-01-01 00:00:00,100\n2024-01-01 00:05:00,100\n");
        assertThat(run("--data", folder.toString())).isEqualTo(1);
        assertThat(run("--data", folder.resolve("nowhere").toString())).isEqualTo(2);
    }
}
