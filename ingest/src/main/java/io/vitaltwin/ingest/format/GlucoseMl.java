package io.vitaltwin.ingest.format;

import java.util.List;

/**
 * CGM traces as the Glucose-ML collection harmonises them. The words {@code Low} and {@code High} stand where the sensor was out
 * of its range; they become bounds.
 *
 * @see "Prioleau et al. 2025, arXiv:2507.14077 (Glucose-ML)"
 */
final class GlucoseMl implements ReadingFormat {

    private static final String TIME = "timestamp";
    private static final String GLUCOSE = "glucose_value_mg_dl";

    @Override
    public String name() {
        return "glucose-ml";
    }

    @Override
    public String summary() {
        return "CGM traces of the Glucose-ML collection: " + TIME + " (local), " + GLUCOSE + " (mg/dL, or Low, High)";
    }

    @Override
    public LineParser open(String header, FormatSettings settings) throws FileRefused {
        FormatChecks.noUnit(this, settings);
        Header columns = FormatChecks.header(header, List.of(TIME, GLUCOSE), List.of());
        var times = new Times(settings.timeZone());
        return line -> {
            Row row = columns.row(line);
            var time = times.iso(TIME, row.required(TIME));
            Object value = Values.numberOrBound(GLUCOSE, row.required(GLUCOSE));
            return List.of(Readings.of("glucose_interstitial", time, value, "mg/dL"));
        };
    }
}
