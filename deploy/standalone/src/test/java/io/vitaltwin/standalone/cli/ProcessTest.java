package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.standalone.EmbeddedStack;
import io.vitaltwin.standalone.StackSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The program as a process: what only a process shows. */
class ProcessTest {

    private static final long SECONDS = 90;

    @TempDir
    static Path folder;

    private static EmbeddedStack stack;

    @BeforeAll
    static void startStack() {
        stack = EmbeddedStack.start(StackSettings.in(folder.resolve("stack")).withoutRegistry());
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @Test
    void shouldPrintNothingButJsonOnStandardOutput() throws Exception {
        // Given
        Path input = Files.writeString(folder.resolve("in.yaml"), "patients: [{id: p1}]");
        // When
        Running program = start("patient", "apply", input.toString(), "--output", "json", "--bootstrap-server", stack.bootstrapServers());
        List<String> out = program.lines();
        // Then
        assertThat(program.exit()).as(program.err()).isZero();
        assertThat(out).hasSize(1);
        assertThat(new ObjectMapper().readTree(out.getFirst()).get("topic").asText()).isEqualTo("vt.patients.v1");
    }

    @Test
    void shouldEndWithOneLineWhenNoBrokerAnswers() throws Exception {
        Running program = start("tail", "alerts", "--bootstrap-server", "127.0.0.1:1");
        assertThat(program.lines()).isEmpty();
        assertThat(program.exit()).isEqualTo(1);
        assertThat(program.err().lines()).singleElement().asString().contains("127.0.0.1:1");
    }

    @Test
    void shouldEndWithTwoOnAnUnknownCommand() throws Exception {
        Running program = start("frobnicate");
        assertThat(program.lines()).isEmpty();
        assertThat(program.exit()).isEqualTo(2);
        assertThat(program.err().lines()).hasSize(1);
    }

    @Test
    void shouldRunTheTwinUntilTerminatedAndFindItsStateAgain() throws Exception {
        for (int life = 0; life < 2; life++) {
            // Given
            Running program = start("run", "twin", "--state-dir", folder.resolve("state").toString(), "--bootstrap-server",
                    stack.bootstrapServers());
            // When
            String first = program.out().readLine();
            // Then
            assertThat(first).as("%s", program.err()).startsWith("twin runs: application vitaltwin-twin");
            assertThat(program.process().isAlive()).isTrue();
            program.process().destroy();
            assertThat(program.exit()).as("ended by SIGTERM").isEqualTo(143);
        }
    }

    private static Running start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), Vitaltwin.class.getName()));
        command.addAll(List.of(args));
        Path errors = Files.createTempFile(folder, "stderr", ".txt");
        return new Running(new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
    }

    private record Running(Process process, Path errors) {

        BufferedReader out() {
            return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        List<String> lines() {
            return out().lines().toList();
        }

        String err() throws IOException {
            return Files.readString(errors);
        }

        int exit() throws InterruptedException {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the process does not end");
            }
            return process.exitValue();
        }
    }
}
