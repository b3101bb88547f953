package io.vitaltwin.ingest.format;

import io.vitaltwin.ingest.UcumUnits;
import io.vitaltwin.schemas.Reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One reading a line, any vital. Vitals that nobody registered pass: the consent gate counts them as over-collection. */
final class GenericCsv implements ReadingFormat {

    private static final String TIME = "time";
    private static final String VITAL = "vital";
    private static final String VALUE = "value";
    private static final String UNIT = "unit";
    private static final String CONTEXT = "context";

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public String summary() {
        return "any vitals: " + TIME + " (ISO 8601), " + VITAL + ", " + VALUE + " (number, LO, HI or code), " + UNIT
                + " (UCUM; may be left out with --unit), " + CONTEXT + " (may be left out)";
    }

    @Override
    public LineParser open(String header, FormatSettings settings) throws FileRefused {
        if (settings.unit().isPresent() && !UcumUnits.isKnown(settings.unit().get())) {
            throw new FileRefused("the unit given for the file is not one that vitaltwin takes: " + UcumUnits.ADVICE);
        }
        var required = new ArrayList<>(List.of(TIME, VITAL, VALUE));
        var optional = new ArrayList<>(List.of(CONTEXT));
        (settings.unit().isPresent() ? optional : required).add(UNIT);
        Header columns = FormatChecks.header(header, required, optional);
        var times = new Times(settings.timeZone());
        return line -> List.of(read(columns.row(line), times, settings.unit()));
    }

    private static Reading read(Row row, Times times, Optional<String> defaultUnit) throws LineRefused {
        return new ReadingText(
                row.required(TIME), row.required(VITAL), row.required(VALUE), unit(row, defaultUnit), row.optional(CONTEXT))
                .parse(times);
    }

    private static Field unit(Row row, Optional<String> defaultUnit) throws LineRefused {
        Optional<Field> own = row.optional(UNIT);
        return own.isEmpty() && defaultUnit.isPresent() ? new Field(defaultUnit.get(), 1) : row.required(UNIT);
    }
}
