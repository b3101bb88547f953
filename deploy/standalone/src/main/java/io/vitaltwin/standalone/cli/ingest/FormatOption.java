package io.vitaltwin.standalone.cli.ingest;

import io.vitaltwin.ingest.format.Formats;
import io.vitaltwin.ingest.format.ReadingFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.stream.Collectors;

/** Turns the name of a format into the format. */
final class FormatOption implements ITypeConverter<ReadingFormat> {

    @Override
    public ReadingFormat convert(String name) {
        return Formats.named(name)
                .orElseThrow(() -> new TypeConversionException("there is no format '" + name + "'; there are " + names()));
    }

    /** One line a format, for the help text. */
    static String[] help() {
        return Formats.all().stream()
                .map(format -> String.format("  %-18s %s", format.name(), format.summary()).replace("%", "%%"))
                .toArray(String[]::new);
    }

    private static String names() {
        return Formats.all().stream().map(ReadingFormat::name).collect(Collectors.joining(", "));
    }
}
