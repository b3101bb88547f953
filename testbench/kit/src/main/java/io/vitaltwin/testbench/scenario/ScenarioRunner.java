package io.vitaltwin.testbench.scenario;

import io.vitaltwin.testbench.scenario.Engine.EngineProblem;
import io.vitaltwin.testbench.scenario.Engine.Played;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Plays scenario files and compares. One engine serves for all; a scenario that fails, for whatever reason, stops no other. */
final class ScenarioRunner {

    private final Engine engine;
    /** What {@code sameAlertsAs} compares with, by file: two scenarios often name the same third. */
    private final Map<Path, List<String>> signatures = new HashMap<>();

    ScenarioRunner(Engine engine) {
        this.engine = engine;
    }

    ScenarioResult run(Path file) {
        long began = System.nanoTime();
        String name = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
        List<String> differences = new ArrayList<>();
        try {
            ScenarioPlan plan = ScenarioPlan.of(ScenarioFile.read(file));
            differences.addAll(differences(plan, play(plan)));
        } catch (ScenarioProblem | EngineProblem e) {
            differences.add(oneLine(e));
        } catch (IOException e) {
            differences.add(file + ": cannot be read (" + oneLine(e) + ")");
        }
        return new ScenarioResult(name, differences, Duration.ofNanos(System.nanoTime() - began));
    }

    private Played play(ScenarioPlan plan) {
        Played played = withSinks(plan, engine.play(plan));
        signatures.put(plan.scenario().file().toAbsolutePath().normalize(), Comparison.signature(plan, played.observed()));
        return played;
    }

    private static Played withSinks(ScenarioPlan plan, Played played) {
        return new Played(played.readingsTopic(), Sinks.ask(plan, played.observed()),
                played.replayed().map(again -> Sinks.ask(plan, again)));
    }

    private List<String> differences(ScenarioPlan plan, Played played) throws IOException {
        List<String> differences = new ArrayList<>(Comparison.differences(plan, played.observed(), played.readingsTopic()));
        played.replayed().ifPresent(again -> differences.addAll(Comparison.replay(plan, played.observed(), again)));
        if (plan.scenario().expect().sameAlertsAs().isPresent()) {
            String other = plan.scenario().expect().sameAlertsAs().get();
            differences.addAll(sameAlerts(plan, played, other));
        }
        return differences;
    }

    private List<String> sameAlerts(ScenarioPlan plan, Played played, String other) throws IOException {
        Path file = plan.scenario().file().toAbsolutePath().normalize().resolveSibling(other + ".yaml");
        if (!signatures.containsKey(file)) {
            if (!Files.isRegularFile(file)) {
                return List.of("alerts as in " + other + ": there is no " + file);
            }
            play(ScenarioPlan.of(ScenarioFile.read(file)));
        }
        return Comparison.sameAlerts(other, signatures.get(file), Comparison.signature(plan, played.observed()));
    }

    private static String oneLine(Exception problem) {
        String message = problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
        return message.replaceAll("\\s*\\R\\s*", " ");
    }
}
