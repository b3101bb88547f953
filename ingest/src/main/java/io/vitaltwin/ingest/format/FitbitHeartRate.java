package io.vitaltwin.ingest.format;

import java.util.List;

/**
 * Raw heart rate every few seconds, as Fitabase exports it.
 *
 * @see "Furberg, Brinton, Keating, Ortiz 2016, Zenodo doi:10.5281/zenodo.53894"
 */
final class FitbitHeartRate implements ReadingFormat {

    private static final String TIME = "Time";
    private static final String VALUE = "Value";

    @Override
    public String name() {
        return "fitbit-heart-rate";
    }

    @Override
    public String summary() {
        return "heart rate every few seconds (Fitabase): Id, " + TIME + " (M/D/YYYY h:mm:ss AM, local), " + VALUE + " (/min)";
    }

    @Override
    public LineParser open(String header, FormatSettings settings) throws FileRefused {
        FormatChecks.noUnit(this, settings);
        Header columns = FormatChecks.header(header, List.of(TIME, VALUE), List.of("Id"));
        var times = new Times(settings.timeZone());
        return line -> {
            Row row = columns.row(line);
            var time = times.american(TIME, row.required(TIME));
            return List.of(Readings.of("heart_rate", time, Values.number(VALUE, row.required(VALUE)), "/min"));
        };
    }
}
