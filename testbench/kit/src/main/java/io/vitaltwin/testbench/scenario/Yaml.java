package io.vitaltwin.testbench.scenario;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One place of a YAML file, read strictly: whatever is not what was asked for is a {@link ScenarioProblem} with file and line. */
final class Yaml {

    private static final int LARGEST_FILE = 64 * 1024 * 1024;

    private final Path file;
    private final Node node;

    private Yaml(Path file, Node node) {
        this.file = file;
        this.node = node;
    }

    static Yaml parse(Path file, String text) {
        LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).setSchema(new CoreSchema())
                .setCodePointLimit(LARGEST_FILE).build();
        try {
            return new Compose(settings).composeString(text).map(root -> new Yaml(file, root))
                    .orElseThrow(() -> new ScenarioProblem(file, 1, "the file is empty"));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            throw new ScenarioProblem(file, line, "not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new ScenarioProblem(file, 1, "not YAML: " + e.getMessage().lines().findFirst().orElse("unreadable"));
        }
    }

    int line() {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    ScenarioProblem problem(String what) {
        return new ScenarioProblem(file, line(), what);
    }

    boolean isNull() {
        return Tag.NULL.equals(node.getTag());
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    /** Any scalar, as it is written. */
    String text() {
        if (!(node instanceof ScalarNode scalar) || isNull()) {
            throw problem("expected a text");
        }
        return scalar.getValue();
    }

    boolean isNumber() {
        return Tag.INT.equals(node.getTag()) || Tag.FLOAT.equals(node.getTag());
    }

    double number() {
        if (!isNumber()) {
            throw problem("expected a number");
        }
        double value = parsed(Double::parseDouble, "a number");
        if (!Double.isFinite(value)) {
            throw problem("expected a finite number");
        }
        return value;
    }

    int integer() {
        if (!Tag.INT.equals(node.getTag())) {
            throw problem("expected a whole number");
        }
        return parsed(Integer::parseInt, "a whole number");
    }

    int integerFrom(int least) {
        int value = integer();
        if (value < least) {
            throw problem("must be at least " + least);
        }
        return value;
    }

    boolean flag() {
        if (!Tag.BOOL.equals(node.getTag())) {
            throw problem("expected true or false");
        }
        return Boolean.parseBoolean(text());
    }

    Duration duration() {
        return parsed(Offsets::parse, "a duration such as PT5M or -PT1H");
    }

    Duration positiveDuration() {
        Duration length = duration();
        if (length.isNegative() || length.isZero()) {
            throw problem("must be longer than zero");
        }
        return length;
    }

    Duration durationFromZero() {
        Duration length = duration();
        if (length.isNegative()) {
            throw problem("must not be negative");
        }
        return length;
    }

    Instant instant() {
        return parsed(text -> OffsetDateTime.parse(text).toInstant(), "a time such as 2026-03-02T00:00:00Z");
    }

    LocalDate date() {
        return parsed(LocalDate::parse, "a date such as 1960-01-01");
    }

    ZoneId zone() {
        return parsed(ZoneId::of, "a time zone such as Europe/Berlin");
    }

    /** A constant of the enum, in the spelling of {@code written}. */
    <E extends Enum<E>> E oneOf(Class<E> type, Function<E, String> written) {
        String text = text();
        E[] all = type.getEnumConstants();
        for (E each : all) {
            if (written.apply(each).equals(text)) {
                return each;
            }
        }
        throw problem("\"" + text + "\" is none of " + String.join(" ", Arrays.stream(all).map(written).toList()));
    }

    <E extends Enum<E>> E oneOf(Class<E> type) {
        return oneOf(type, Enum::name);
    }

    String oneOf(List<String> allowed) {
        String text = text();
        if (!allowed.contains(text)) {
            throw problem("\"" + text + "\" is none of " + String.join(" ", allowed));
        }
        return text;
    }

    List<Yaml> list() {
        if (!(node instanceof SequenceNode sequence)) {
            throw problem("expected a list");
        }
        return sequence.getValue().stream().map(item -> new Yaml(file, item)).toList();
    }

    <T> List<T> list(Function<Yaml, T> each) {
        return list().stream().map(each).toList();
    }

    /** A list of texts; a single text is a list of one. */
    List<String> texts() {
        return node instanceof ScalarNode && !isNull() ? List.of(text()) : list(Yaml::text);
    }

    /** Two ends, or one value for both. */
    Range range() {
        if (isNumber()) {
            return Range.exactly(number());
        }
        List<Yaml> ends = pair("two numbers");
        return new Range(ends.get(0).number(), ends.get(1).number());
    }

    Span span() {
        List<Yaml> ends = pair("two durations");
        return new Span(ends.get(0).duration(), ends.get(1).duration());
    }

    List<Yaml> pair(String ofWhat) {
        if (!isList() || list().size() != 2) {
            throw problem("expected a list of " + ofWhat);
        }
        return list();
    }

    /** A mapping that has no other keys than these. */
    Fields fields(String... known) {
        Map<String, Yaml> values = entries();
        List<String> allowed = List.of(known);
        values.forEach((key, value) -> {
            if (!allowed.contains(key)) {
                throw keyProblem(key, "unknown key \"" + key + "\"; known here: " + String.join(" ", allowed));
            }
        });
        return new Fields(this, values);
    }

    /** A mapping with free keys, in the order of the file. */
    <V> Map<String, V> map(Function<Yaml, V> each) {
        Map<String, V> values = new LinkedHashMap<>();
        entries().forEach((key, value) -> values.put(key, each.apply(value)));
        return values;
    }

    /** The keys of a mapping as places of their own, for a closer look at each. */
    List<Yaml> keys() {
        List<Yaml> keys = new ArrayList<>();
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> keys.add(new Yaml(file, tuple.getKeyNode())));
        }
        return keys;
    }

    private Map<String, Yaml> entries() {
        if (!(node instanceof MappingNode mapping)) {
            throw problem("expected keys and values");
        }
        Map<String, Yaml> values = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Yaml key = new Yaml(file, tuple.getKeyNode());
            if (values.put(key.text(), new Yaml(file, tuple.getValueNode())) != null) {
                throw key.problem("key \"" + key.text() + "\" comes twice");
            }
        }
        return values;
    }

    private ScenarioProblem keyProblem(String key, String what) {
        return keys().stream().filter(k -> k.text().equals(key)).findFirst().orElse(this).problem(what);
    }

    private <T> T parsed(Function<String, T> how, String what) {
        String text = text();
        try {
            return how.apply(text);
        } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
            throw problem("\"" + text + "\" is not " + what);
        }
    }

    /** The values of a mapping by key. A key whose value is empty counts as left out. */
    static final class Fields {

        private final Yaml place;
        private final Map<String, Yaml> values;

        private Fields(Yaml place, Map<String, Yaml> values) {
            this.place = place;
            this.values = values;
        }

        Yaml place() {
            return place;
        }

        boolean has(String key) {
            return optional(key).isPresent();
        }

        Optional<Yaml> optional(String key) {
            return Optional.ofNullable(values.get(key)).filter(value -> !value.isNull());
        }

        <T> Optional<T> optional(String key, Function<Yaml, T> how) {
            return optional(key).map(how);
        }

        Yaml required(String key) {
            return optional(key).orElseThrow(() -> place.problem("key \"" + key + "\" is missing"));
        }

        <T> List<T> list(String key, Function<Yaml, T> each) {
            return optional(key, value -> value.list(each)).orElse(List.of());
        }
    }
}
