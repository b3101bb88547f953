package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Priority;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The rules as data: version, and for each rule its parameters, priority, source and text. Immutable.
 *
 * @param version goes onto every alert event
 * @param custom what the rule set adds of its own
 * @param cards what to know of the rules, in the order of the file
 */
public record RuleSet(String version, Map<RuleId, Entry> rules, CustomSet custom, List<Card> cards) {

    /**
     * One rule.
     *
     * @param parameters by name, in thousandths: 91 is 91000; a name ending in {@code Seconds} is a span of time
     * @param priority highest priority that the rule gives
     * @param text the plain sentence, with {@code {placeholders}}
     * @param population for whom the rule was made
     */
    public record Entry(Map<String, Long> parameters, Priority priority, boolean predictive, String source, String text, Population population) {
        public Entry {
            parameters = Parameters.copyOf(parameters);
        }

        /** A rule for everybody. */
        public Entry(Map<String, Long> parameters, Priority priority, boolean predictive, String source, String text) {
            this(parameters, priority, predictive, source, text, Population.ANYBODY);
        }
    }

    /** Built-in rules only. */
    public RuleSet(String version, Map<RuleId, Entry> rules) {
        this(version, rules, CustomSet.NONE, List.of());
    }

    /** No limit or span of time is larger; what is, or is no number, is left out like an unknown parameter. */
    private static final double LARGEST = 1e9;

    public RuleSet {
        rules = new EnumMap<>(rules);
        for (RuleId id : RuleId.values()) {
            Entry entry = rules.get(id);
            if (entry == null) {
                throw new IllegalArgumentException("rule set " + version + ": rule " + id + " is missing");
            }
            if (!entry.parameters().keySet().equals(id.parameters())) {
                throw new IllegalArgumentException("rule set " + version + ": rule " + id + " needs the parameters " + id.parameters()
                        + ", found " + entry.parameters().keySet());
            }
        }
        rules = Collections.unmodifiableMap(rules);    // an EnumMap: asked several times for each reading
        cards = List.copyOf(cards);
    }

    /** The same rules; each time that a custom one cannot be computed, the watcher is told its id and why. */
    public RuleSet watched(BiConsumer<String, CustomRule.Problem> watcher) {
        return new RuleSet(version, rules, custom.watched(watcher), cards);
    }

    public Entry of(RuleId id) {
        Entry entry = rules.get(id);
        if (entry == null) {
            throw new IllegalStateException("rule " + id + " is missing");
        }
        return entry;
    }

    /** A parameter in thousandths. */
    public long milli(RuleId id, String parameter) {
        Long value = of(id).parameters().get(parameter);
        if (value == null) {
            throw new IllegalStateException("rule " + id + " has no parameter " + parameter);
        }
        return value;
    }

    /** A whole number parameter. */
    public int count(RuleId id, String parameter) {
        return Math.toIntExact(milli(id, parameter) / 1000);
    }

    /**
     * This rule set with what differs for one patient.
     *
     * @param overrides rule id, parameter, value; a rule or parameter that is not known is left out: a care plan must not stop the stream.
     *     The command line and the registry of care plans refuse it at the door.
     */
    public RuleSet with(Map<String, Map<String, Double>> overrides) {
        if (overrides.isEmpty()) {
            return this;
        }
        Map<RuleId, Entry> changed = new EnumMap<>(rules);
        for (RuleId id : RuleId.values()) {
            Map<String, Double> mine = overrides.get(id.name());
            if (mine != null) {
                changed.put(id, changedEntry(id, of(id), mine));
            }
        }
        return new RuleSet(version, changed, custom, cards);
    }

    private static Entry changedEntry(RuleId id, Entry entry, Map<String, Double> mine) {
        Map<String, Long> parameters = new java.util.HashMap<>(entry.parameters());
        for (String name : id.parameters()) {
            Double value = mine.get(name);
            if (value != null && Math.abs(value) <= LARGEST) {
                parameters.put(name, Math.round(value * 1000));
            }
        }
        return new Entry(parameters, entry.priority(), entry.predictive(), entry.source(), entry.text(), entry.population());
    }
}
