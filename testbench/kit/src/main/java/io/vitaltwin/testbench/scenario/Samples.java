package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.ActivityContext;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of a series with their short forms: {@code "95x61"} is 95 sixty-one times, null is nothing at this step. */
final class Samples {

    private static final Pattern REPEATED = Pattern.compile("(.+)x(\\d{1,7})");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");

    private Samples() {
    }

    static List<Sample> values(Yaml list) {
        List<Sample> values = new ArrayList<>();
        for (Yaml item : list.list()) {
            Repeat repeat = repeat(item);
            values.addAll(Collections.nCopies(repeat.count(), item.isNull() ? Sample.Nothing.NOTHING : sample(repeat.text())));
        }
        return values;
    }

    static Sample value(Yaml item) {
        return item.isNull() ? Sample.Nothing.NOTHING : sample(item.text());
    }

    /** One context for all, or a list with one for each value. */
    static List<ActivityContext> contexts(Yaml given, int values) {
        if (!given.isList()) {
            return Collections.nCopies(values, given.oneOf(ActivityContext.class));
        }
        List<ActivityContext> contexts = new ArrayList<>();
        for (Yaml item : given.list()) {
            Repeat repeat = repeat(item);
            contexts.addAll(Collections.nCopies(repeat.count(), item.isNull() ? ActivityContext.UNKNOWN : context(item, repeat.text())));
        }
        if (contexts.size() != values) {
            throw given.problem("there are " + contexts.size() + " contexts for " + values + " values");
        }
        return contexts;
    }

    private static Repeat repeat(Yaml item) {
        if (item.isNull()) {
            return new Repeat("null", 1);
        }
        Matcher matcher = REPEATED.matcher(item.text());
        return matcher.matches() ? new Repeat(matcher.group(1), Integer.parseInt(matcher.group(2))) : new Repeat(item.text(), 1);
    }

    private static Sample sample(String text) {
        if (text.equals("null")) {
            return Sample.Nothing.NOTHING;
        }
        return NUMBER.matcher(text).matches() ? new Sample.Number(Double.parseDouble(text)) : new Sample.Text(text);
    }

    private static ActivityContext context(Yaml item, String text) {
        for (ActivityContext context : ActivityContext.values()) {
            if (context.name().equals(text)) {
                return context;
            }
        }
        throw item.problem("\"" + text + "\" is none of SLEEP REST LIGHT VIGOROUS UNKNOWN");
    }

    private record Repeat(String text, int count) {
    }
}
