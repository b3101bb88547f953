package io.vitaltwin.testbench.scenario;

import java.time.Duration;
import java.util.List;

/**
 * How one scenario went.
 *
 * @param differences one line each; none: it passed
 * @param skipped expectations that this version has no part for
 */
record ScenarioResult(String name, List<String> differences, List<String> skipped, Duration took) {

    ScenarioResult {
        differences = List.copyOf(differences);
        skipped = List.copyOf(skipped);
    }

    boolean passed() {
        return differences.isEmpty();
    }
}
