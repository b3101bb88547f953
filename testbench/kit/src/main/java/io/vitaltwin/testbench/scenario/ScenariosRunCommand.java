package io.vitaltwin.testbench.scenario;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.vitaltwin.standalone.cli.ExitCodes;
import io.vitaltwin.standalone.cli.OutputOptions;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Plays scenarios; exit 1 when any of them fails. */
@Command(name = "run", description = "Plays scenario files and says what came out other than expected.", mixinStandardHelpOptions = true)
final class ScenariosRunCommand implements Callable<Integer> {

    /** What plays the records. */
    enum EngineChoice { memory, kafka }

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--engine", paramLabel = "ENGINE", defaultValue = "memory",
            description = "memory: the topology alone; kafka: with a real broker, embedded. Default: ${DEFAULT-VALUE}.")
    private EngineChoice engine = EngineChoice.memory;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Scenario files, or folders with some.")
    private List<Path> paths = List.of();

    @Override
    public Integer call() {
        List<Path> files = ScenarioFiles.in(paths);
        quieten();
        int failed = 0;
        try (Engine chosen = engine()) {
            ScenarioRunner runner = new ScenarioRunner(chosen);
            for (Path file : files) {
                ScenarioResult result = runner.run(file);
                failed += result.passed() ? 0 : 1;
                print(result);
            }
        }
        summarize(files.size() - failed, failed);
        return failed == 0 ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    /** Kafka warns of folders and topics that are meant to live for one scenario only; with --debug that can be seen. */
    private void quieten() {
        if (!output.debug() && LoggerFactory.getLogger("org.apache.kafka") instanceof Logger kafka) {
            kafka.setLevel(Level.ERROR);
        }
    }

    private Engine engine() {
        return switch (engine) {
            case memory -> new MemoryEngine();
            case kafka -> new KafkaEngine();
        };
    }

    private void print(ScenarioResult result) {
        if (output.json()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("scenario", result.name());
            line.put("passed", result.passed());
            line.put("differences", result.differences());
            line.put("seconds", result.took().toMillis() / 1000.0);
            output.printJson(line);
        } else {
            output.out().println((result.passed() ? "ok " : "FAIL ") + result.name());
            result.differences().forEach(difference -> output.out().println("    " + difference));
        }
        output.out().flush();
    }

    private void summarize(int passed, int failed) {
        if (output.json()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("passed", passed);
            line.put("failed", failed);
            output.printJson(line);
        } else {
            output.out().println(passed + " passed, " + failed + " failed");
        }
    }
}
