package io.vitaltwin.twin.adapter;

import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.CustomRule;
import io.vitaltwin.twin.core.rules.CustomRule.Condition;
import io.vitaltwin.twin.core.rules.CustomSet;
import io.vitaltwin.twin.core.rules.Population;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the section {@code custom} of a rule set: rules of its own, by their ids. */
final class RuleSetCustom {

    private static final Set<String> KEYS =
            Set.of("when", "for", "clear", "clearFor", "priority", "text", "source", "conditions", "population");

    private final RuleSetYaml yaml;
    private Optional<CelConditions> conditions = Optional.empty();

    RuleSetCustom(RuleSetYaml yaml) {
        this.yaml = yaml;
    }

    CustomSet read(Node section) {
        List<CustomRule> rules = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (NodeTuple tuple : yaml.tuples(section)) {
            String id = yaml.text(tuple.getKeyNode());
            if (!CustomRule.isId(id)) {
                yaml.note(tuple.getKeyNode(), "a custom rule cannot be called " + id
                        + ": 3 to 41 capital letters, digits and underscores, and not the name of a built-in rule");
            } else if (!named.add(id)) {
                yaml.note(tuple.getKeyNode(), "custom rule " + id + " stands twice: keep one");
            } else {
                yaml.attempt(() -> rule(id, tuple.getValueNode())).flatMap(found -> found).ifPresent(rules::add);
            }
        }
        return new CustomSet(rules);
    }

    /** Empty when something of it cannot be used, which is noted. */
    private Optional<CustomRule> rule(String id, Node node) {
        Map<String, Node> keys = yaml.mapping(node, KEYS);
        Optional<Condition> when = yaml.attempt(() -> yaml.required(node, keys, "when")).flatMap(this::condition);
        Optional<Long> span = yaml.attempt(() -> span(keys, "for"));
        Optional<Condition> clear = Optional.ofNullable(keys.get("clear")).flatMap(this::condition);
        Optional<Long> clearSpan = yaml.attempt(() -> span(keys, "clearFor"));
        Optional<Priority> priority = yaml.attempt(() -> yaml.priority(yaml.required(node, keys, "priority")));
        Optional<String> source = yaml.attempt(() -> Sources.own(yaml, yaml.required(node, keys, "source")));
        Optional<Set<String>> patients = yaml.attempt(() ->
                keys.containsKey("conditions") ? Set.copyOf(new TreeSet<>(yaml.texts(yaml.required(node, keys, "conditions")))) : Set.of());
        Optional<Population> population = yaml.attempt(() ->
                keys.containsKey("population") ? RuleSetCards.population(yaml, yaml.required(node, keys, "population")) : Population.ANYBODY);
        Optional<String> text = yaml.attempt(() -> text(yaml.required(node, keys, "text"), when));
        if (when.isEmpty() || span.isEmpty() || clear.isEmpty() && keys.containsKey("clear") || clearSpan.isEmpty() || priority.isEmpty()
                || source.isEmpty() || patients.isEmpty() || population.isEmpty() || text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CustomRule(id, when.get(), span.get(), clear, clearSpan.get(), priority.get(), text.get(), source.get(),
                patients.get(), population.get()));
    }

    private long span(Map<String, Node> keys, String key) {
        Node node = keys.get(key);
        return node == null ? 0 : yaml.spanMillis(key, node);
    }

    /** Starting the language takes a second: not for a section that is empty. */
    private CelConditions compiler() {
        CelConditions known = conditions.orElseGet(CelConditions::new);
        conditions = Optional.of(known);
        return known;
    }

    private Optional<Condition> condition(Node node) {
        return yaml.attempt(() -> yaml.sentence(node)).flatMap(expression -> {
            try {
                return Optional.of(compiler().compile(expression));
            } catch (CelConditions.Mistakes e) {
                e.all().forEach(mistake -> yaml.noteInside(node, mistake.line(), mistake.column(), mistake.what()));
                return Optional.empty();
            }
        });
    }

    /** A text whose placeholders are known: the vitals of the condition, {@code held} and {@code device}. */
    private String text(Node node, Optional<Condition> when) {
        String text = Wording.checked(yaml, node);
        if (when.isEmpty()) {
            return text;
        }
        Set<String> known = new TreeSet<>(Set.of("held", "device"));
        when.get().vitals().stream().map(Vital::id).forEach(known::add);
        for (String placeholder : CustomRule.placeholders(text)) {
            if (!known.contains(placeholder)) {
                throw yaml.problem(node, "nothing is known of {" + placeholder + "}: this text may have " + String.join(", ", known));
            }
        }
        return text;
    }
}
