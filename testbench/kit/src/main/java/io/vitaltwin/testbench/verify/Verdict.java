package io.vitaltwin.testbench.verify;

import java.util.List;

/**
 * What came of a verification.
 *
 * @param events alert events that were looked at
 * @param matched derived again, equal in every field, with all evidence in its place
 * @param gone the log no longer reaches back to what they rest on
 * @param mismatches one line each, with coordinates and names of fields, never a measured value
 */
record Verdict(int events, int matched, int gone, List<String> mismatches) {

    Verdict {
        mismatches = List.copyOf(mismatches);
    }

    Verdict plus(Verdict other) {
        List<String> all = new java.util.ArrayList<>(mismatches);
        all.addAll(other.mismatches);
        return new Verdict(events + other.events, matched + other.matched, gone + other.gone, all);
    }
}
