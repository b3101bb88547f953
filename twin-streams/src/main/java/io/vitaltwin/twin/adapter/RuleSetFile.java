package io.vitaltwin.twin.adapter;

import io.vitaltwin.twin.core.rules.Card;
import io.vitaltwin.twin.core.rules.CustomSet;
import io.vitaltwin.twin.core.rules.Population;
import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.rules.RuleSet;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads a rule set from YAML. Every rule and every parameter must be there and none else: a typing error must not change an alarm. */
public final class RuleSetFile {

    private static final String BUNDLED = "/io/vitaltwin/twin/rules.yaml";

    private final RuleSetYaml yaml;

    private RuleSetFile(String name, String text) {
        this.yaml = new RuleSetYaml(name, text);
    }

    /** The rule set that comes with the program. */
    public static RuleSet bundled() {
        try (InputStream in = RuleSetFile.class.getResourceAsStream(BUNDLED)) {
            if (in == null) {
                throw new IllegalStateException("the program comes without " + BUNDLED);
            }
            return new RuleSetFile("rules.yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8)).parse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws RuleSetProblem if the file cannot be read or is not a whole rule set; it names everything that is wrong */
    public static RuleSet read(Path file) {
        try {
            return new RuleSetFile(String.valueOf(file.getFileName()), Files.readString(file)).parse();
        } catch (IOException e) {
            throw new RuleSetProblem("rule set " + file + " cannot be read: name a file that exists and is readable", e);
        }
    }

    private RuleSet parse() {
        Node root = yaml.root();
        Map<String, Node> top = yaml.attempt(() -> yaml.mapping(root, Set.of("version", "rules", "custom", "cards"))).orElse(Map.of());
        Optional<Node> rulesNode = yaml.attempt(() -> yaml.required(root, top, "rules"));
        Map<RuleId, RuleSet.Entry> rules = rulesNode.map(node -> rules(root, node)).orElse(Map.of());
        Optional<String> version = yaml.attempt(() -> yaml.sentence(yaml.required(root, top, "version")));
        List<Card> cards = yaml.attempt(() -> new RuleSetCards(yaml).read(yaml.required(root, top, "cards"))).orElse(List.of());
        CustomSet custom = Optional.ofNullable(top.get("custom"))
                .flatMap(node -> yaml.attempt(() -> new RuleSetCustom(yaml).read(node))).orElse(CustomSet.NONE);
        yaml.throwIfAny();
        return new RuleSet(version.orElseThrow(), peopled(rules, cards), custom, cards);
    }

    private Map<RuleId, RuleSet.Entry> rules(Node root, Node node) {
        Map<RuleId, RuleSet.Entry> rules = new EnumMap<>(RuleId.class);
        Set<RuleId> named = new HashSet<>();
        for (NodeTuple tuple : yaml.attempt(() -> yaml.tuples(node)).orElse(List.of())) {
            Optional<RuleId> id = yaml.attempt(() -> ruleId(yaml, tuple.getKeyNode()));
            if (id.isPresent() && !named.add(id.get())) {
                yaml.note(tuple.getKeyNode(), "rule " + id.get() + " stands twice: keep one");
            } else {
                id.flatMap(known -> yaml.attempt(() -> entry(known, tuple.getValueNode())).flatMap(Function.identity()))
                        .ifPresent(entry -> rules.put(id.get(), entry));
            }
        }
        for (RuleId id : RuleId.values()) {
            if (!named.contains(id)) {
                yaml.note(root, "rule " + id + " is missing: every rule must be there");
            }
        }
        return rules;
    }

    /** Empty when something of it cannot be used, which is noted. */
    private Optional<RuleSet.Entry> entry(RuleId id, Node node) {
        Map<String, Node> keys = yaml.mapping(node, Set.of("parameters", "priority", "predictive", "source", "text"));
        Map<String, Long> values = yaml.attempt(() -> parameters(id, yaml.required(node, keys, "parameters"))).orElse(Map.of());
        var priority = yaml.attempt(() -> yaml.priority(yaml.required(node, keys, "priority")));
        Node predictive = keys.get("predictive");
        Optional<Boolean> predicts = yaml.attempt(() -> predictive != null && yaml.flag("predictive", predictive));
        Optional<String> source = yaml.attempt(() -> Sources.builtIn(yaml, yaml.required(node, keys, "source")));
        Optional<String> text = yaml.attempt(() -> Wording.checked(yaml, yaml.required(node, keys, "text")));
        if (priority.isEmpty() || predicts.isEmpty() || source.isEmpty() || text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RuleSet.Entry(values, priority.get(), predicts.get(), source.get(), text.get()));
    }

    private Map<String, Long> parameters(RuleId id, Node parameters) {
        Map<String, Long> values = new HashMap<>();
        for (NodeTuple tuple : yaml.tuples(parameters)) {
            String parameter = yaml.text(tuple.getKeyNode());
            if (!id.parameters().contains(parameter)) {
                yaml.note(tuple.getKeyNode(),
                        "rule " + id + " has no parameter " + parameter + ": it knows " + RuleSetYaml.sorted(id.parameters()));
            } else if (values.put(parameter, yaml.attempt(() -> milli(tuple.getValueNode())).orElse(0L)) != null) {
                yaml.note(tuple.getKeyNode(), "parameter " + parameter + " of rule " + id + " stands twice: keep one");
            }
        }
        Set<String> missing = new HashSet<>(id.parameters());
        missing.removeAll(values.keySet());
        if (!missing.isEmpty()) {
            yaml.note(parameters, "rule " + id + " lacks " + RuleSetYaml.sorted(missing));
        }
        return values;
    }

    /** The rules with the populations of their cards. */
    private static Map<RuleId, RuleSet.Entry> peopled(Map<RuleId, RuleSet.Entry> rules, List<Card> cards) {
        Map<RuleId, RuleSet.Entry> peopled = new EnumMap<>(rules);
        for (Card card : cards) {
            Population population = card.population();
            card.rules().forEach(id -> peopled.computeIfPresent(id, (same, entry) -> new RuleSet.Entry(entry.parameters(), entry.priority(),
                    entry.predictive(), entry.source(), entry.text(), population)));
        }
        return peopled;
    }

    static RuleId ruleId(RuleSetYaml yaml, Node node) {
        String found = yaml.text(node);
        return Arrays.stream(RuleId.values()).filter(id -> id.name().equals(found)).findFirst()
                .orElseThrow(() -> yaml.problem(node, "no rule is called " + found + ": this version knows " + Arrays.toString(RuleId.values())));
    }

    private long milli(Node node) {
        String found = yaml.text(node);
        try {
            return new BigDecimal(found).movePointRight(3).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new RuleSetProblem(yaml.at(node) + "a parameter must be a number with at most three decimals, found " + found, e);
        }
    }
}
