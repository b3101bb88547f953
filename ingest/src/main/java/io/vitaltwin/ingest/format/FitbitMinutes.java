package io.vitaltwin.ingest.format;

import java.util.List;

/**
 * Heart rate and steps a minute, as drawn from the Fitbit data of Furberg et al. The intensity column (0 to 3, Fitbit's own) has no
 * published meaning as an activity context and is not used.
 *
 * @see "Furberg, Brinton, Keating, Ortiz 2016, Zenodo doi:10.5281/zenodo.53894"
 */
final class FitbitMinutes implements ReadingFormat {

    private static final String TIME = "timestamp";
    private static final String HEART_RATE = "heart_rate_bpm";
    private static final String STEPS = "steps";

    @Override
    public String name() {
        return "fitbit-minutes";
    }

    @Override
    public String summary() {
        return "minute heart rate and steps: id, " + TIME + " (local), " + HEART_RATE + ", intensity, " + STEPS + " (in the minute)";
    }

    @Override
    public LineParser open(String header, FormatSettings settings) throws FileRefused {
        FormatChecks.noUnit(this, settings);
        Header columns = FormatChecks.header(header, List.of(TIME, HEART_RATE, STEPS), List.of("id", "intensity"));
        var times = new Times(settings.timeZone());
        return line -> {
            Row row = columns.row(line);
            var time = times.iso(TIME, row.required(TIME));
            Double heartRate = Values.number(HEART_RATE, row.required(HEART_RATE));
            Double steps = Values.number(STEPS, row.required(STEPS));
            return List.of(Readings.of("heart_rate", time, heartRate, "/min"), Readings.of("steps", time, steps, "{steps}"));
        };
    }
}
