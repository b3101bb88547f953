package io.vitaltwin.twin.adapter;

import io.vitaltwin.twin.core.Priority;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A rule set file as a tree, and what was found wrong with it. What cannot be read is noted with its line, and reading goes on, so that one look
 * at the file finds everything.
 */
final class RuleSetYaml {

    private final String name;
    private final String yaml;
    private final List<String> problems = new ArrayList<>();

    RuleSetYaml(String name, String yaml) {
        this.name = name;
        this.yaml = yaml;
    }

    /** @throws RuleSetProblem if the file is no YAML or empty */
    Node root() {
        try {
            return new Compose(LoadSettings.builder().setLabel(name).build()).composeString(yaml)
                    .orElseThrow(() -> new RuleSetProblem(name + " is empty: a rule set needs a version and rules"));
        } catch (YamlEngineException e) {
            throw new RuleSetProblem(name + " is not YAML: " + e.getMessage().replaceAll("\\s+", " "), e);
        }
    }

    /** @throws RuleSetProblem if anything was noted */
    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new RuleSetProblem(problems);
        }
    }

    /** What the reader makes; empty, and a note, where it cannot. */
    <T> Optional<T> attempt(Supplier<T> reader) {
        try {
            return Optional.of(reader.get());
        } catch (RuleSetProblem e) {
            problems.addAll(e.all());
            return Optional.empty();
        }
    }

    void note(Node node, String what) {
        problems.add(at(node) + what);
    }

    /** Notes a problem inside a text: at its place in the file where it stands there as it is, else at its line. */
    void noteInside(Node node, int line, int column, String what) {
        problems.add(place(node, line, column) + what + " (line " + line + ", column " + column + " of the expression)");
    }

    private String place(Node node, int line, int column) {
        String value = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        String[] lines = value.split("\n", -1);
        Mark mark = node.getStartMark().orElse(null);
        String[] file = yaml.split("\n", -1);
        String wanted = line <= lines.length ? lines[line - 1] : "";
        boolean block = node instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.LITERAL;
        int row = mark == null ? -1 : mark.getLine() + (block ? line : line - 1);
        if (row < 0 || row >= file.length || wanted.isEmpty()) {
            return at(node);
        }
        int start = file[row].indexOf(wanted, block || line > 1 || mark == null ? 0 : mark.getColumn());
        return start < 0 ? at(node) : name + ":" + (row + 1) + ":" + (start + column) + ": ";
    }

    Map<String, Node> mapping(Node node, Set<String> allowed) {
        Map<String, Node> found = new HashMap<>();
        for (NodeTuple tuple : tuples(node)) {
            String key = text(tuple.getKeyNode());
            if (!allowed.contains(key)) {
                note(tuple.getKeyNode(), "unknown key " + key + ": here only " + sorted(allowed));
            } else if (found.put(key, tuple.getValueNode()) != null) {
                note(tuple.getKeyNode(), "the key " + key + " stands twice: keep one");
            }
        }
        return found;
    }

    List<NodeTuple> tuples(Node node) {
        if (node instanceof MappingNode mapping) {
            return mapping.getValue();
        }
        throw problem(node, "keys with values are needed here");
    }

    /** The items of a list, or a single one alone. */
    List<Node> items(Node node) {
        if (node instanceof SequenceNode list) {
            return list.getValue();
        }
        throw problem(node, "a list is needed here");
    }

    List<String> texts(Node node) {
        return items(node).stream().map(this::sentence).toList();
    }

    Node required(Node parent, Map<String, Node> keys, String key) {
        Node node = keys.get(key);
        if (node == null) {
            throw problem(parent, "the key " + key + " is missing");
        }
        return node;
    }

    String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw problem(node, "a single value is needed here");
    }

    /** A text that says something. */
    String sentence(Node node) {
        String text = text(node);
        if (text.isBlank()) {
            throw problem(node, "a text is needed here");
        }
        return text;
    }

    boolean flag(String key, Node node) {
        String found = text(node);
        return switch (found) {
            case "true" -> true;
            case "false" -> false;
            default -> throw problem(node, key + " must be true or false, found " + found);
        };
    }

    Priority priority(Node node) {
        String found = text(node);
        return Arrays.stream(Priority.values()).filter(priority -> priority.name().equals(found)).findFirst()
                .orElseThrow(() -> problem(node, "priority must be one of " + Arrays.toString(Priority.values()) + ", found " + found));
    }

    int wholeNumber(String key, Node node) {
        String found = text(node);
        if (!found.matches("[0-9]{1,4}")) {
            throw problem(node, key + " must be a whole number, found " + found);
        }
        return Integer.parseInt(found);
    }

    /** In milliseconds; of a day's length at most 366. */
    long spanMillis(String key, Node node) {
        String found = text(node);
        try {
            Duration span = Duration.parse(found);
            if (!span.isNegative() && span.compareTo(Duration.ofDays(366)) <= 0) {
                return span.toMillis();
            }
        } catch (DateTimeParseException e) {
            throw new RuleSetProblem(at(node) + key + " must be a span of time such as PT10M, found " + found, e);
        }
        throw problem(node, key + " must be between PT0S and P366D, found " + found);
    }

    RuleSetProblem problem(Node node, String what) {
        return new RuleSetProblem(at(node) + what);
    }

    String at(Node node) {
        return name + ":" + node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0) + ": ";
    }

    static String sorted(Set<String> names) {
        return String.join(", ", names.stream().sorted().toList());
    }
}
