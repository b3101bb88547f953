package io.vitaltwin.standalone.input.fhir;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A FHIR dateTime: a span as long as its precision. FHIR gives dates no zone; here they are those of UTC.
 *
 * @param first first instant that it covers
 * @param next first instant after it
 * @see "HL7 FHIR R4, Datatypes: dateTime, Period (an end includes all of its last day, or of its last second)"
 */
record FhirTime(Instant first, Instant next) {

    private static final Pattern YEAR = Pattern.compile("\\d{4}");
    private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d{2}");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    /** With seconds and a zone; a fraction of up to nine digits. */
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T(?:[01]\\d|2[0-3]):\\d{2}:\\d{2}(\\.\\d{1,9})?(?:Z|[+-]\\d{2}:\\d{2})");

    /** Empty when it is none. */
    static Optional<FhirTime> parse(String text) {
        try {
            if (text.startsWith("0000")) {
                return Optional.empty();
            }
            if (YEAR.matcher(text).matches()) {
                LocalDate first = LocalDate.of(Integer.parseInt(text), 1, 1);
                return Optional.of(days(first, first.plusYears(1)));
            }
            if (MONTH.matcher(text).matches()) {
                LocalDate first = YearMonth.parse(text).atDay(1);
                return Optional.of(days(first, first.plusMonths(1)));
            }
            if (DAY.matcher(text).matches()) {
                LocalDate first = LocalDate.parse(text);
                return Optional.of(days(first, first.plusDays(1)));
            }
            return moment(text);
        } catch (DateTimeException e) {
            return Optional.empty();    // such as the 31st of February: the caller says where
        }
    }

    private static Optional<FhirTime> moment(String text) {
        var matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Instant first = OffsetDateTime.parse(text).toInstant();
        boolean hasFraction = matcher.group(1) != null;
        Instant next = hasFraction ? first.truncatedTo(ChronoUnit.MILLIS).plusMillis(1) : first.plusSeconds(1);
        return Optional.of(new FhirTime(first, next));
    }

    private static FhirTime days(LocalDate first, LocalDate next) {
        return new FhirTime(first.atStartOfDay(ZoneOffset.UTC).toInstant(), next.atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
