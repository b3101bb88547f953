package io.vitaltwin.standalone.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the command line reads spans and points of time. */
public final class Spans {

    private static final Pattern SHORT = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)");

    private Spans() {
    }

    /** {@code 500ms 60s 5m 2h 7d} or ISO-8601 such as {@code PT1M30S}; never negative. */
    public static final class DurationText implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String text) {
            Matcher matcher = SHORT.matcher(text.toLowerCase(Locale.ROOT));
            try {
                Duration span = matcher.matches() ? span(Long.parseLong(matcher.group(1)), matcher.group(2)) : Duration.parse(text);
                if (!span.isNegative()) {
                    return span;
                }
            } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
                throw refused(text);
            }
            throw refused(text);
        }

        private static Duration span(long count, String unit) {
            return switch (unit) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
        }

        private static TypeConversionException refused(String text) {
            return new TypeConversionException("'" + text + "' is not a span of time; write 500ms, 60s, 5m, 2h, 7d or PT1M30S");
        }
    }

    /** ISO-8601 with a zone: {@code 2026-03-02T08:00:00Z} or {@code …+01:00}. */
    static final class InstantText implements ITypeConverter<Instant> {

        @Override
        public Instant convert(String text) {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("'" + text + "' is not a time; write it as 2026-03-02T08:00:00Z");
            }
        }
    }
}
