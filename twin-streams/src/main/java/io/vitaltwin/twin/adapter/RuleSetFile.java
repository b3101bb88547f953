package io.vitaltwin.twin.adapter;

import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.rules.RuleSet;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads a rule set from YAML. Every rule and every parameter must be there and none else: a typing error must not change an alarm. */
public final class RuleSetFile {

    private static final String BUNDLED = "/io/vitaltwin/twin/rules.yaml";

    private final String name;

    private RuleSetFile(String name) {
        this.name = name;
    }

    /** The rule set that comes with the program. */
    public static RuleSet bundled() {
        try (InputStream in = RuleSetFile.class.getResourceAsStream(BUNDLED)) {
            if (in == null) {
                throw new IllegalStateException("the program comes without " + BUNDLED);
            }
            return new RuleSetFile("rules.yaml").parse(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws RuleSetProblem if the file cannot be read or is not a whole rule set */
    public static RuleSet read(Path file) {
        try {
            return new RuleSetFile(file.getFileName().toString()).parse(Files.readString(file));
        } catch (IOException e) {
            throw new RuleSetProblem("rule set " + file + " cannot be read: name a file that exists and is readable", e);
        }
    }

    RuleSet parse(String yaml) {
        Node root;
        try {
            root = new Compose(LoadSettings.builder().setLabel(name).build()).composeString(yaml)
                    .orElseThrow(() -> new RuleSetProblem(name + " is empty: a rule set needs a version and rules"));
        } catch (YamlEngineException e) {
            throw new RuleSetProblem(name + " is not YAML: " + e.getMessage().replaceAll("\\s+", " "), e);
        }
        Map<String, Node> top = mapping(root, Set.of("version", "rules"));
        Map<RuleId, RuleSet.Entry> rules = new EnumMap<>(RuleId.class);
        for (NodeTuple tuple : tuples(required(root, top, "rules"))) {
            RuleId id = ruleId(tuple.getKeyNode());
            if (rules.put(id, entry(id, tuple.getValueNode())) != null) {
                throw problem(tuple.getKeyNode(), "rule " + id + " stands twice: keep one");
            }
        }
        for (RuleId id : RuleId.values()) {
            if (!rules.containsKey(id)) {
                throw problem(root, "rule " + id + " is missing: every rule must be there");
            }
        }
        return new RuleSet(text(required(root, top, "version")), rules);
    }

    private RuleSet.Entry entry(RuleId id, Node node) {
        Map<String, Node> keys = mapping(node, Set.of("parameters", "priority", "predictive", "source", "text"));
        Node parameters = required(node, keys, "parameters");
        Map<String, Long> values = new HashMap<>();
        for (NodeTuple tuple : tuples(parameters)) {
            String parameter = text(tuple.getKeyNode());
            if (!id.parameters().contains(parameter)) {
                throw problem(tuple.getKeyNode(), "rule " + id + " has no parameter " + parameter + ": it knows " + sorted(id.parameters()));
            }
            if (values.put(parameter, milli(tuple.getValueNode())) != null) {
                throw problem(tuple.getKeyNode(), "parameter " + parameter + " of rule " + id + " stands twice: keep one");
            }
        }
        Set<String> missing = new HashSet<>(id.parameters());
        missing.removeAll(values.keySet());
        if (!missing.isEmpty()) {
            throw problem(parameters, "rule " + id + " lacks " + sorted(missing));
        }
        Node predictive = keys.get("predictive");
        return new RuleSet.Entry(values, priority(required(node, keys, "priority")), predictive != null && flag("predictive", predictive),
                text(required(node, keys, "source")), text(required(node, keys, "text")));
    }

    private RuleId ruleId(Node node) {
        String found = text(node);
        return Arrays.stream(RuleId.values()).filter(id -> id.name().equals(found)).findFirst()
                .orElseThrow(() -> problem(node, "no rule is called " + found + ": this version knows " + Arrays.toString(RuleId.values())));
    }

    private Priority priority(Node node) {
        String found = text(node);
        return Arrays.stream(Priority.values()).filter(priority -> priority.name().equals(found)).findFirst()
                .orElseThrow(() -> problem(node, "priority must be one of " + Arrays.toString(Priority.values()) + ", found " + found));
    }

    private boolean flag(String key, Node node) {
        String found = text(node);
        return switch (found) {
            case "true" -> true;
            case "false" -> false;
            default -> throw problem(node, key + " must be true or false, found " + found);
        };
    }

    private long milli(Node node) {
        String found = text(node);
        try {
            return new BigDecimal(found).movePointRight(3).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new RuleSetProblem(at(node) + "a parameter must be a number with at most three decimals, found " + found, e);
        }
    }

    private Map<String, Node> mapping(Node node, Set<String> allowed) {
        Map<String, Node> found = new HashMap<>();
        for (NodeTuple tuple : tuples(node)) {
            String key = text(tuple.getKeyNode());
            if (!allowed.contains(key)) {
                throw problem(tuple.getKeyNode(), "unknown key " + key + ": here only " + sorted(allowed));
            }
            if (found.put(key, tuple.getValueNode()) != null) {
                throw problem(tuple.getKeyNode(), "the key " + key + " stands twice: keep one");
            }
        }
        return found;
    }

    private Iterable<NodeTuple> tuples(Node node) {
        if (node instanceof MappingNode mapping) {
            return mapping.getValue();
        }
        throw problem(node, "keys with values are needed here");
    }

    private Node required(Node parent, Map<String, Node> keys, String key) {
        Node node = keys.get(key);
        if (node == null) {
            throw problem(parent, "the key " + key + " is missing");
        }
        return node;
    }

    private String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw problem(node, "a single value is needed here");
    }

    private RuleSetProblem problem(Node node, String what) {
        return new RuleSetProblem(at(node) + what);
    }

    private String at(Node node) {
        return name + ":" + node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0) + ": ";
    }

    private static String sorted(Set<String> names) {
        return String.join(", ", names.stream().sorted().toList());
    }
}
