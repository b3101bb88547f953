package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Vital;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule that somebody wrote into a rule set. It is an alert family of its own.
 *
 * @param id capital letters, digits and underscores; never the id of a built-in rule
 * @param when what raises
 * @param forMillis how long it must hold, in effective time; 0: at once
 * @param clear what ends; empty: that {@code when} does not hold
 * @param clearForMillis how long that must hold; 0: at once
 * @param priority highest priority that it gives
 * @param text the plain sentence, with placeholders: the id of a vital, {@code {held}}, {@code {device}}
 * @param source where its numbers come from
 * @param conditions only for patients with one of them; empty: for everybody
 */
public record CustomRule(
        String id,
        Condition when,
        long forMillis,
        Optional<Condition> clear,
        long clearForMillis,
        Priority priority,
        String text,
        String source,
        Set<String> conditions,
        Population population) {

    /** What stands in a text for something that is known when the alert is made. */
    public static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z0-9_]+)}");

    private static final Pattern ID = Pattern.compile("[A-Z][A-Z0-9_]{2,40}");

    /** How the asking of a condition ended. UNKNOWN: something that it needs is absent, so it neither holds nor ends anything. */
    public sealed interface Outcome {
        record Known(boolean holds) implements Outcome {
        }

        record Unknown() implements Outcome {
        }

        record Failed(Problem problem) implements Outcome {
        }

        Outcome HOLDS = new Known(true);
        Outcome DOES_NOT_HOLD = new Known(false);
        Outcome UNKNOWN = new Unknown();
    }

    /** Why a condition could not be computed. Never with a value: the words go into alerts and metrics. */
    public enum Problem {
        DIVISION_BY_ZERO("it divides by zero"),
        OVERFLOW("a number becomes too large"),
        TOO_MUCH_WORK("it takes too many steps"),
        BAD_VALUE("it computes with something that has no such value");

        private final String words;

        Problem(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** The compiled form. Same view, same outcome; throws nothing. */
    @FunctionalInterface
    public interface Test {
        Outcome of(TwinView view);
    }

    /**
     * A condition.
     *
     * @param expression as written
     * @param vitals that it looks at
     * @param aged vitals whose age it looks at: it can come true without a reading
     * @param ageMillis the ages with which it compares, in milliseconds
     * @param doubtful it looks at the quality of readings, so a SUSPECT one is its business as well
     * @param predictive it looks at a forecast
     */
    public record Condition(
            String expression, Set<Vital> vitals, Set<Vital> aged, List<Long> ageMillis, boolean doubtful, boolean predictive, Test test) {

        public Condition {
            vitals = Set.copyOf(vitals);
            aged = Set.copyOf(aged);
            ageMillis = List.copyOf(ageMillis);
        }
    }

    public CustomRule {
        conditions = Set.copyOf(conditions);
        if (!isId(id)) {
            throw new IllegalArgumentException("a custom rule cannot be called " + id);
        }
        if (forMillis < 0 || clearForMillis < 0) {
            throw new IllegalArgumentException("custom rule " + id + ": a span of time must not be negative");
        }
    }

    /** Whether a custom rule may have this name. */
    public static boolean isId(String id) {
        if (!ID.matcher(id).matches()) {
            return false;
        }
        for (RuleId builtIn : RuleId.values()) {
            if (builtIn.name().equals(id)) {
                return false;
            }
        }
        return true;
    }

    /** Every vital that the rule rests on, in their order. */
    public Set<Vital> vitals() {
        EnumSet<Vital> all = EnumSet.noneOf(Vital.class);
        all.addAll(when.vitals());
        clear.ifPresent(condition -> all.addAll(condition.vitals()));
        return all;
    }

    /** Whether time alone can change what the rule says. */
    public boolean isAged() {
        return !when.aged().isEmpty() || clear.filter(condition -> !condition.aged().isEmpty()).isPresent();
    }

    /** Whether what it tells is about the future: the information type of its alerts. */
    public boolean isPredictive() {
        return when.predictive();
    }

    boolean isDoubtful() {
        return when.doubtful() || clear.filter(Condition::doubtful).isPresent();
    }

    boolean concerns(Set<String> patientConditions) {
        return conditions.isEmpty() || conditions.stream().anyMatch(patientConditions::contains);
    }

    /** The names in a text's placeholders, in their order. */
    public static List<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(found -> found.group(1)).toList();
    }

    static Matcher placeholdersOf(String text) {
        return PLACEHOLDER.matcher(text);
    }
}
