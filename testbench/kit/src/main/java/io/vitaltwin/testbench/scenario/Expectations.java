package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.Verdict;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.schemas.ViolationStage;
import io.vitaltwin.schemas.WorkflowState;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must and must not come out of a scenario.
 *
 * @param alerts the episodes that must come; empty (not an empty list): the file says nothing about single episodes
 * @param otherAlerts the highest priority that an episode may have that {@code alerts} does not list; empty: the file does not say
 */
record Expectations(
        Optional<List<Alert>> alerts,
        Optional<String> sameAlertsAs,
        Optional<OtherAlerts> otherAlerts,
        List<Quality> quality,
        List<Violations> violations,
        Map<String, Range> disclosed,
        List<Clock> clock,
        Map<Fate, Range> fates,
        List<News2> news2,
        List<Baseline> baseline) {

    static final Expectations NOTHING = new Expectations(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of(),
            Map.of(), List.of(), Map.of(), List.of(), List.of());

    Expectations {
        alerts = alerts.map(List::copyOf);
        quality = List.copyOf(quality);
        violations = List.copyOf(violations);
        disclosed = new LinkedHashMap<>(disclosed);
        clock = List.copyOf(clock);
        fates = fates.isEmpty() ? Map.of() : new EnumMap<>(fates);
        news2 = List.copyOf(news2);
        baseline = List.copyOf(baseline);
    }

    enum OtherAlerts { NONE, INFO, LOW }

    enum Fate { APPLIED, DUPLICATE, LATE, REFUSED, DEAD }

    /**
     * One episode.
     *
     * @param name a rule or a family
     * @param line where the file says so, from 1
     */
    record Alert(
            String name,
            String patient,
            Optional<Priority> priority,
            Optional<Span> raised,
            Map<Priority, Span> reaches,
            Cleared cleared,
            List<String> tags,
            List<String> text,
            List<String> noText,
            Optional<WorkflowState> state,
            Optional<Range> notifications,
            boolean optional,
            int line) {

        Alert {
            reaches = reaches.isEmpty() ? Map.of() : new EnumMap<>(reaches);
            tags = List.copyOf(tags);
            text = List.copyOf(text);
            noText = List.copyOf(noText);
        }
    }

    /** When the condition of an episode ends. */
    sealed interface Cleared {

        record Within(Span span) implements Cleared {}

        /** NEVER: still active at the end. ANY: the file does not say. */
        enum Whenever implements Cleared { NEVER, ANY }
    }

    /**
     * Final verdicts of one device and vital. A bound that is empty is open; the first is included, the second is not, unless both are
     * the same instant.
     */
    record Quality(
            String device,
            String vital,
            Optional<Duration> from,
            Optional<Duration> to,
            Optional<Verdict> verdict,
            Optional<String> reason,
            Optional<Range> share,
            Optional<Range> count,
            int line) {
    }

    /** @param stage empty: COLLECT or USE */
    record Violations(
            ViolationReason reason, Optional<String> vital, Optional<String> patient, Optional<ViolationStage> stage, Range count,
            int line) {
    }

    /** How far the device's clock was found ahead at the end, and what it gains a day; in seconds. */
    record Clock(String device, Optional<Range> offset, Optional<Range> driftPerDay, int line) {
    }

    record News2(
            Duration at, String patient, Optional<Range> total, Optional<Range> knownSum, Optional<Range> maxPossible,
            Optional<Boolean> complete, int line) {
    }

    record Baseline(String patient, String vital, ActivityContext context, Range median, int line) {
    }
}
