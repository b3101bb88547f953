package io.vitaltwin.ingest.format;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Times of one file, read in the order of time. Where clocks go back an hour, a local time without an offset stands for two instants: the earlier is
 * meant, unless that would be before the reading above it. A local time that the zone skips is refused: the zone given is not the
 * one that the device's clock was set to.
 */
final class Times {

    private static final Pattern ISO = Pattern.compile(
            "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})?");
    private static final DateTimeFormatter US = DateTimeFormatter.ofPattern("M/d/uuuu h:mm:ss a", Locale.ENGLISH)
            .withChronology(IsoChronology.INSTANCE).withResolverStyle(ResolverStyle.STRICT);

    private final ZoneId zone;
    private @Nullable Instant last;

    Times(ZoneId zone) {
        this.zone = zone;
    }

    /** ISO 8601 date and time, with T or a blank between; with Z or an offset, else local. */
    Instant iso(String name, Field field) throws LineRefused {
        String text = field.text().replace(' ', 'T');
        var matcher = ISO.matcher(text);
        if (matcher.matches()) {
            try {
                return remember(matcher.group(1) == null
                        ? resolve(name, field, LocalDateTime.parse(text))
                        : OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeException e) {
                throw notATime(name, field, "there is no such date or time of day");
            }
        }
        throw notATime(name, field, "write it as 2026-03-02T08:15:00Z");
    }

    /** Month/day/year and a 12-hour clock, local: {@code 4/1/2016 7:54:05 AM}. */
    Instant american(String name, Field field) throws LineRefused {
        try {
            return remember(resolve(name, field, LocalDateTime.parse(field.text(), US)));
        } catch (DateTimeException e) {
            throw notATime(name, field, "write it as 4/1/2016 7:54:05 AM");
        }
    }

    private Instant resolve(String name, Field field, LocalDateTime local) throws LineRefused {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.isEmpty()) {
            throw notATime(name, field, "the zone " + zone + " skips it; give the zone that the device's clock was set to");
        }
        Instant earlier = local.toInstant(offsets.getFirst());
        return last != null && earlier.isBefore(last) ? local.toInstant(offsets.getLast()) : earlier;
    }

    private Instant remember(Instant time) {
        last = time;
        return time;
    }

    private static LineRefused notATime(String name, Field field, String advice) {
        return LineRefused.invalid(field.column(), name + " is not a time: " + advice);
    }
}
