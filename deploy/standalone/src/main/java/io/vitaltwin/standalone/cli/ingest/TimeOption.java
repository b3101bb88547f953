package io.vitaltwin.standalone.cli.ingest;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** An instant as ISO 8601 with an offset. */
final class TimeOption implements ITypeConverter<Instant> {

    @Override
    public Instant convert(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new TypeConversionException("'" + text + "' is not a time: write it as 2026-03-02T08:15:00Z");
        }
    }
}
