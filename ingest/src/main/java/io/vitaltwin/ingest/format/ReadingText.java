package io.vitaltwin.ingest.format;

import io.vitaltwin.ingest.Refusal;
import io.vitaltwin.ingest.UcumUnits;
import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.Reading;

import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One reading, each part of it still text. */
public final class ReadingText {

    private static final Pattern VITAL_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}");

    private final Field time;
    private final Field vital;
    private final Field value;
    private final Field unit;
    private final Optional<Field> context;

    ReadingText(Field time, Field vital, Field value, Field unit, Optional<Field> context) {
        this.time = time;
        this.vital = vital;
        this.value = value;
        this.unit = unit;
        this.context = context;
    }

    /**
     * The reading that somebody typed.
     *
     * @param time ISO 8601; UTC where it has no offset
     * @param value a number, LO, HI or, with unit {@code code}, a code
     * @param unit UCUM
     * @throws LineRefused if it cannot be a reading; the column has no meaning then
     */
    public static Reading parse(String time, String vital, String value, String unit, ActivityContext context) throws LineRefused {
        return new ReadingText(typed(time), typed(vital), typed(value), typed(unit), Optional.of(typed(context.name())))
                .parse(new Times(ZoneOffset.UTC));
    }

    Reading parse(Times times) throws LineRefused {
        var effective = times.iso("time", time);
        if (!VITAL_ID.matcher(vital.text()).matches()) {
            throw LineRefused.invalid(vital.column(), "vital is not a vital id: write it as heart_rate");
        }
        if (!UcumUnits.isKnown(unit.text())) {
            throw new LineRefused(unit.column(), Refusal.Reason.UNIT_UNKNOWN,
                    "unit is not one that vitaltwin takes: " + UcumUnits.ADVICE);
        }
        Object measured = unit.text().equals(UcumUnits.CODE) ? Values.code("value", value) : Values.numberOrBound("value", value);
        return Readings.of(vital.text(), effective, measured, unit.text(), context());
    }

    private ActivityContext context() throws LineRefused {
        if (context.isEmpty()) {
            return ActivityContext.UNKNOWN;
        }
        for (ActivityContext known : ActivityContext.values()) {
            if (known.name().equals(context.get().text())) {
                return known;
            }
        }
        String names = Arrays.stream(ActivityContext.values()).map(Enum::name).collect(Collectors.joining(", "));
        throw LineRefused.invalid(context.get().column(), "context is not known: use " + names + " or leave it empty");
    }

    private static Field typed(String text) {
        return new Field(text.strip(), 1);
    }
}
