package io.vitaltwin.standalone.input;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A value of a file, with the line where it stands. Each accessor either understands the value or throws an {@link InputException}. */
record Item(String file, Node node) {

    int line() {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    InputException problem(String message) {
        return new InputException(file, line(), message);
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    /** A list; a single value stands for a list of one. */
    List<Item> items() {
        return node instanceof SequenceNode sequence
                ? sequence.getValue().stream().map(item -> new Item(file, item)).toList()
                : List.of(this);
    }

    Fields fields() {
        return new Fields(this, entries());
    }

    /** Key and value of each entry, in their order. */
    Map<String, Item> entries() {
        if (!(node instanceof MappingNode mapping)) {
            throw problem("keys with values expected here");
        }
        Map<String, Item> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Item key = new Item(file, tuple.getKeyNode());
            if (entries.put(key.text(), new Item(file, tuple.getValueNode())) != null) {
                throw key.problem("key '" + key.text() + "' is there twice");
            }
        }
        return entries;
    }

    boolean isNull() {
        return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    String text() {
        if (node instanceof ScalarNode scalar && !isNull() && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        throw problem("a text expected here");
    }

    /** One of the words, whatever the case; returned as it stands in the list. */
    String oneOf(List<String> words) {
        String text = text();
        return words.stream().filter(word -> word.equalsIgnoreCase(text)).findFirst()
                .orElseThrow(() -> problem("'" + text + "' is not known here; one of " + String.join(", ", words)));
    }

    /** A symbol of an enum, in any case and with {@code -} for {@code _}. */
    <E extends Enum<E>> E symbol(Class<E> type) {
        String wanted = text().toUpperCase(Locale.ROOT).replace('-', '_');
        return Stream.of(type.getEnumConstants()).filter(symbol -> symbol.name().equals(wanted)).findFirst()
                .orElseThrow(() -> problem("'" + text() + "' is not known here; one of "
                        + String.join(", ", Stream.of(type.getEnumConstants()).map(Enum::name).toList())));
    }

    boolean flag() {
        return switch (text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw problem("true or false expected here");
        };
    }

    double number() {
        try {
            double number = new BigDecimal(text()).doubleValue();
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw problem("a number expected here");
        }
        throw problem("this number is too large");
    }

    int whole(int least, int most) {
        double number = number();
        if (number != Math.rint(number) || number < least || number > most) {
            throw problem("a whole number from " + least + " to " + most + " expected here");
        }
        return (int) number;
    }

    /** An ISO-8601 span such as {@code PT5S}, {@code P30D} or {@code -PT1H}. */
    Duration span() {
        try {
            return Duration.parse(text());
        } catch (DateTimeException | ArithmeticException e) {
            throw problem("a span such as PT5S or P30D expected here");
        }
    }

    Duration positiveSpan() {
        Duration span = span();
        if (!span.isPositive()) {
            throw problem("a span longer than zero expected here");
        }
        return span;
    }

    String date() {
        try {
            return LocalDate.parse(text()).toString();
        } catch (DateTimeException e) {
            throw problem("a date such as 1960-01-31 expected here");
        }
    }

    String zone() {
        try {
            return ZoneId.of(text()).getId();
        } catch (DateTimeException e) {
            throw problem("a time zone such as Europe/Berlin expected here");
        }
    }

    /** A time with a zone, or a span from the start of the file. */
    Instant time(FileClock clock) {
        String text = text();
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            if (!text.startsWith("P") && !text.startsWith("-P") && !text.startsWith("+P")) {
                throw problem("a time such as 2026-03-02T08:00:00Z expected here");
            }
        }
        Duration span = span();
        return clock.start().orElseThrow(() -> problem("a span needs a 'start:' at the top of the file to count from; or write a time"))
                .plus(span);
    }
}
