package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.CustomRule.Condition;
import io.vitaltwin.twin.core.rules.CustomRule.Outcome;
import io.vitaltwin.twin.core.rules.CustomRule.Problem;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The custom rules of a rule set, in the order of the file. Immutable; shared by all patients. */
public final class CustomSet {

    public static final CustomSet NONE = new CustomSet(List.of());

    private final Map<String, CustomRule> byId = new LinkedHashMap<>();
    private final Map<Vital, List<CustomRule>> byVital = new EnumMap<>(Vital.class);
    private final List<CustomRule> aged = new ArrayList<>();

    /** @throws IllegalArgumentException if two rules have one id */
    public CustomSet(List<CustomRule> rules) {
        for (CustomRule rule : rules) {
            if (byId.put(rule.id(), rule) != null) {
                throw new IllegalArgumentException("custom rule " + rule.id() + " stands twice");
            }
            rule.vitals().forEach(vital -> byVital.computeIfAbsent(vital, any -> new ArrayList<>(1)).add(rule));
            if (rule.isAged()) {
                aged.add(rule);
            }
        }
    }

    public boolean isEmpty() {
        return byId.isEmpty();
    }

    public List<CustomRule> all() {
        return List.copyOf(byId.values());
    }

    public Optional<CustomRule> of(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Those that look at this vital. */
    List<CustomRule> on(Vital vital) {
        return byVital.getOrDefault(vital, List.of());
    }

    /** Those that time alone can change. */
    List<CustomRule> aged() {
        return aged;
    }

    /** The same rules; each time that one cannot be computed, the watcher is told its id and why. */
    public CustomSet watched(BiConsumer<String, Problem> watcher) {
        return isEmpty() ? this : new CustomSet(byId.values().stream().map(rule -> new CustomRule(rule.id(),
                watched(rule.when(), rule.id(), watcher), rule.forMillis(), rule.clear().map(clear -> watched(clear, rule.id(), watcher)),
                rule.clearForMillis(), rule.priority(), rule.text(), rule.source(), rule.conditions(), rule.population())).toList());
    }

    private static Condition watched(Condition condition, String id, BiConsumer<String, Problem> watcher) {
        return new Condition(condition.expression(), condition.vitals(), condition.aged(), condition.ageMillis(), condition.doubtful(), condition.predictive(), view -> {
            Outcome outcome = condition.test().of(view);
            if (outcome instanceof Outcome.Failed failed) {
                watcher.accept(id, failed.problem());
            }
            return outcome;
        });
    }
}
