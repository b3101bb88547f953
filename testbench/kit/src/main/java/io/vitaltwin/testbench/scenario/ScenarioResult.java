package io.vitaltwin.testbench.scenario;

import java.time.Duration;
import java.util.List;

/**
 * How one scenario went.
 *
 * @param differences one line each; none: it passed
 */
record ScenarioResult(String name, List<String> differences, Duration took) {

    ScenarioResult {
        differences = List.copyOf(differences);
    }

    boolean passed() {
        return differences.isEmpty();
    }
}
