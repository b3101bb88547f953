package io.vitaltwin.testbench.scenario;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as scenario files write them: ISO 8601 with days ({@code P9DT7H}), weeks ({@code P2W}) and a leading minus. */
final class Offsets {

    private static final Pattern WEEKS = Pattern.compile("(-?)P(\\d{1,6})W");

    private Offsets() {
    }

    /** @throws DateTimeException when the text is not a duration */
    static Duration parse(String text) {
        Matcher weeks = WEEKS.matcher(text);
        if (weeks.matches()) {
            Duration length = Duration.ofDays(7 * Long.parseLong(weeks.group(2)));
            return weeks.group(1).isEmpty() ? length : length.negated();
        }
        return Duration.parse(text);
    }

    /** The instant as the scenario's author would write it: {@code P9DT7H}, {@code -PT5M}. */
    static String show(Instant start, Instant at) {
        return show(Duration.between(start, at));
    }

    static String show(Duration offset) {
        if (offset.isNegative()) {
            return "-" + show(offset.negated());
        }
        long days = offset.toDays();
        Duration rest = offset.minusDays(days);
        if (days == 0) {
            return rest.toString();
        }
        return "P" + days + "D" + (rest.isZero() ? "" : rest.toString().substring(1));
    }
}
