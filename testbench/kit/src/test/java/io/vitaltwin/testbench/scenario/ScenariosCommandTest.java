package io.vitaltwin.testbench.scenario;

import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.standalone.cli.CommandProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How a run is called and what it prints, as far as no scenario must be played for it. */
class ScenariosCommandTest {

    private final StringWriter out = new StringWriter();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldBeFoundByTheProgram() {
        assertThat(ServiceLoader.load(CommandProvider.class)).extracting(CommandProvider::command)
                .hasAtLeastOneElementOfType(ScenariosCommand.class);
    }

    @Test
    void shouldReportABrokenFileAndExitWithOne() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("broken.yaml"), "scenario: broken\ntitel: oh\n");
        // When
        int exit = run(file.toString());
        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(out.toString().lines()).satisfiesExactly(
                first -> assertThat(first).isEqualTo("FAIL broken"),
                second -> assertThat(second).startsWith("    " + file + ":2: unknown key \"titel\""),
                third -> assertThat(third).isEqualTo("0 passed, 1 failed"));
    }

    @Test
    void shouldPrintOnlyJsonWhenAskedTo() throws IOException {
        // Given
        Files.writeString(folder.resolve("broken.yaml"), "scenario: broken\ntitel: oh\n");
        // When
        int exit = run("--output", "json", folder.toString());
        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(out.toString().lines()).satisfiesExactly(
                first -> assertThat(first).startsWith("{\"scenario\":\"broken\",\"passed\":false,\"differences\":[\"")
                        .contains("\"seconds\":"),
                second -> assertThat(second).isEqualTo("{\"passed\":0,\"failed\":1}"));
    }

    @Test
    void shouldRefuseACallWithoutScenarios() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("--engine", "paper", folder.toString())).isEqualTo(2);
        assertThatThrownBy(() -> ScenarioFiles.in(List.of(folder))).isInstanceOf(CliException.class)
                .hasMessage(folder + " holds no scenario; give .yaml files, or a folder with some")
                .satisfies(e -> assertThat(((CliException) e).exitCode()).isEqualTo(2));
        assertThatThrownBy(() -> ScenarioFiles.in(List.of(folder.resolve("missing")))).isInstanceOf(CliException.class)
                .hasMessageStartingWith(folder.resolve("missing") + " does not exist");
    }

    @Test
    void shouldFindScenariosInFoldersByNameAndEachOnce() throws IOException {
        // Given
        Path b = Files.createFile(folder.resolve("b.yaml"));
        Path a = Files.createFile(folder.resolve("a.yml"));
        Path c = Files.createFile(Files.createDirectory(folder.resolve("more")).resolve("c.yaml"));
        Files.createFile(folder.resolve("README.md"));
        // Then
        assertThat(ScenarioFiles.in(List.of(b, folder))).containsExactly(b, a, c);
    }

    private int run(String... args) {
        List<String> all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(args));
        return new CommandLine(new ScenariosCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(new StringWriter()))
                .execute(all.toArray(String[]::new));
    }
}
