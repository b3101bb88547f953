package io.vitaltwin.testbench.bench.af;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.testbench.bench.BenchCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;

class AfCommandTest {

    private static final Path COPIES = Path.of("src/test/resources/data");
    private static final String HEALTHY = COPIES.resolve("rr-nsr2db").toString();
    private static final String LABELLED = COPIES.resolve("rr-af-features").toString();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String problem = "";

    @TempDir
    private Path folder;

    private int run(String... folders) {
        List<String> arguments = new ArrayList<>(List.of("af", "--json", folder.resolve("af.json").toString()));
        for (String each : folders) {
            arguments.add("--data");
            arguments.add(each);
        }
        return new CommandLine(new BenchCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    if (e instanceof CliException known) {
                        problem = String.valueOf(known.getMessage());
                        return known.exitCode();
                    }
                    throw e;
                }).execute(arguments.toArray(String[]::new));
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("af.json").toFile());
    }

    @Test
    void shouldReportHealthyBeatsLabelledWindowsAndVectors() throws IOException {
        assertThat(run(HEALTHY, LABELLED)).as(err.toString()).isZero();
        // Then: healthy beats
        JsonNode day = json().at("/healthy/0");
        assertThat(day.get("tape").asText()).isEqualTo("nsr001");
        assertThat(day.get("hours").asDouble()).isBetween(0.563, 0.564);
        assertThat(day.at("/marks/N").asInt()).isEqualTo(3_182);
        assertThat(day.at("/marks/V").asInt()).isEqualTo(3);
        assertThat(day.get("disturbed").asInt()).isEqualTo(15);
        assertThat(day.at("/verdicts/ACCEPT").asInt()).isEqualTo(3_170);
        assertThat(day.at("/verdicts/REJECT").asInt()).isEqualTo(15);
        assertThat(day.get("evaluable").asInt()).isBetween(9, 13);
        assertThat(day.get("irregular").asInt()).isZero();
        assertThat(day.get("alerts").asInt()).isZero();
        assertThat(day.get("largestEntropy").asDouble()).isBetween(0.0, 0.639);
        // Then: labelled windows, counted by hand
        JsonNode rmssd = json().at("/labelled/0");
        assertThat(rmssd.get("windows").asInt()).isEqualTo(402);
        assertThat(rmssd.get("fibrillation").asInt()).isEqualTo(174);
        assertThat(rmssd.get("found").asInt()).isEqualTo(171);
        assertThat(rmssd.get("passed").asInt()).isEqualTo(133);
        assertThat(rmssd.at("/sensitivity/value").asDouble()).isEqualTo(0.982759);
        JsonNode cosen = json().at("/labelled/1");
        assertThat(cosen.get("found").asInt()).isEqualTo(147);
        assertThat(cosen.get("passed").asInt()).isEqualTo(196);
        // Then: vectors
        assertThat(json().get("vectors")).hasSize(42).allMatch(check -> check.get("met").asBoolean());
        assertThat(json().get("problems")).isEmpty();
        assertThat(out.toString()).contains("42 of 42 figures as expected", "0.9798", "Every beat is given as at rest",
                "Not printed, Zhou's entropy", "0 of 11");
    }

    @Test
    void shouldSayOnlyWhatTheFolderHolds() throws IOException {
        assertThat(run(LABELLED)).isZero();
        assertThat(json().has("healthy")).isFalse();
        assertThat(json().get("vectors")).hasSize(42);
        assertThat(out.toString()).doesNotContain("healthy beats");
    }

    @Test
    void shouldFindTheSetsInTheFolderAbove() throws IOException {
        assertThat(run(COPIES.toString())).isZero();
        assertThat(json().get("sets")).hasSize(2);
    }

    private String tape(Series series, int minutes) throws IOException {
        StringBuilder text = new StringBuilder("t_s,rr_ms,beat\n");
        long at = 0;
        for (double millis : series.millis(minutes * 200)) {
            at += (long) millis;
            text.append(String.format(Locale.ROOT, "%.4f,%.1f,N%n", at / 1_000.0, millis));
            if (at > minutes * 60_000L) {
                break;
            }
        }
        Files.writeString(folder.resolve("nsr900_rr.csv"), text);
        return folder.toString();
    }

    @Test
    void shouldFailWhenHealthyBeatsRaise() throws IOException {
        // Given: beats that are anything but healthy
        assertThat(run(tape(Series.AF1, 45))).isOne();
        assertThat(json().at("/healthy/0/alerts").asInt()).isOne();
        assertThat(json().at("/healthy/0/longestRow").asInt()).isGreaterThanOrEqualTo(11);
        assertThat(json().at("/problems/0").asText()).startsWith("healthy beats of nsr900 raised").endsWith("more than 0.10");
        assertThat(err.toString()).contains("vitaltwin: healthy beats of nsr900 raised");
    }

    @Test
    void shouldPassWhatOnlyLooksIrregular() throws IOException {
        assertThat(run(tape(Series.PAC, 60))).isZero();
        assertThat(json().at("/healthy/0/irregular").asInt()).isZero();
        assertThat(json().at("/healthy/0/evaluable").asInt()).isGreaterThan(20);
    }

    @Test
    void shouldRefuseAFolderWithoutTheSets() {
        assertThat(run(folder.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(problem).contains("nowhere", "no folder");
        assertThat(run(folder.toString())).isEqualTo(2);
        assertThat(problem).contains("rr-nsr2db, rr-af-features");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', value = {
        "1.0,800,N;1.8,abc,N          | nsr900_rr.csv:3: column \"rr_ms\" needs a decimal number",
        "1.0,800,N;1.8,0,N            | nsr900_rr.csv:3: column \"rr_ms\" needs an interval above 0",
        "1.0,800,N;1.0,800,N          | nsr900_rr.csv:3: column \"t_s\" needs a time after that of the line before",
        "1.0,800,N;1.8,800,Q          | nsr900_rr.csv:3: column \"beat\" needs one of N V A ~",
        "1.0,800                      | nsr900_rr.csv:2: 3 cells are needed, found 2"})
    void shouldNameFileAndLineOfABadBeat(String lines, String expected) throws IOException {
        Files.writeString(folder.resolve("nsr900_rr.csv"), "t_s,rr_ms,beat\n" + lines.strip().replace(';', '\n') + "\n");
        assertThat(run(folder.toString())).isEqualTo(2);
        assertThat(problem).endsWith(expected);
    }

    @Test
    void shouldRefuseATapeWithoutBeats() throws IOException {
        Files.writeString(folder.resolve("nsr900_rr.csv"), "t_s,rr_ms,beat\n1.0,800,~\n");
        assertThat(run(folder.toString())).isEqualTo(2);
        assertThat(problem).endsWith("nsr900_rr.csv: there are no beats");
    }

    private static final String WINDOW = "0.71,0.41,0.96,94.05,0.18,68.97,0.22,0.62,0.38,1.63,-1.31,-1.21,0,20";

    private void windows(String features, String classes) throws IOException {
        Files.writeString(folder.resolve("x_feature.txt"), features);
        if (!classes.isEmpty()) {
            Files.writeString(folder.resolve("x_class.txt"), classes);
        }
        assertThat(run(folder.toString())).isEqualTo(2);
    }

    @Test
    void shouldNameFileAndLineOfABadWindow() throws IOException {
        windows(WINDOW + "\n1,2\n", "1\n0\n");
        assertThat(problem).endsWith("x_feature.txt:2: 14 cells are needed, found 2");
        windows(WINDOW.replace("0.22", "x") + "\n", "1\n");
        assertThat(problem).endsWith("x_feature.txt:1: cell 7 needs a decimal number");
        windows(WINDOW.replace("0.71", "0") + "\n", "1\n");
        assertThat(problem).endsWith("x_feature.txt:1: cell 1 needs a mean interval above 0");
        windows(WINDOW + "\n", "2\n");
        assertThat(problem).endsWith("x_class.txt:1: 1 (atrial fibrillation) or 0 is needed");
        windows(WINDOW + "\n" + WINDOW + "\n", "1\n");
        assertThat(problem).endsWith("x_class.txt:2: a label is missing");
        windows(WINDOW + "\n", "1\n0\n");
        assertThat(problem).endsWith("x_feature.txt:2: a window is missing");
    }

    @Test
    void shouldNeedLabels() throws IOException {
        windows(WINDOW + "\n", "");
        assertThat(problem).endsWith("x_class.txt: the file is missing: each window needs its label");
    }

    @Test
    void shouldMissAVectorThatIsNotAsExpected() {
        assertThat(Vectors.check(0.639)).allMatch(Vectors.Check::met);
        // When: a limit that the narrow fibrillation does not reach
        List<Vectors.Check> missed = Vectors.check(0.81).stream().filter(check -> !check.met()).toList();
        // Then
        assertThat(missed).singleElement().satisfies(check -> {
            assertThat(check.series()).isEqualTo("AF2");
            assertThat(check.computed()).isEqualTo(2);
        });
        assertThat(Vectors.table(Vectors.check(0.81)).toString()).contains("2 (not 3)");
    }

    @ParameterizedTest
    @CsvSource({"0.98245, true", "0.98235, true", "0.98240, true", "0.98246, false", "0.98234, false"})
    void shouldCompareToTheLastDigitGiven(double computed, boolean met) {
        assertThat(Vectors.Check.of(Series.AF1, "ShE16", 4, 0.9824, computed).met()).isEqualTo(met);
    }
}
