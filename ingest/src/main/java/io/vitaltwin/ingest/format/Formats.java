package io.vitaltwin.ingest.format;

import java.util.List;
import java.util.Optional;

/** All formats, in the order in which help texts list them. */
public final class Formats {

    private static final List<ReadingFormat> ALL =
            List.of(new GenericCsv(), new GlucoseMl(), new FitbitMinutes(), new FitbitHeartRate(), new FhirObservations());

    private Formats() {
    }

    public static List<ReadingFormat> all() {
        return ALL;
    }

    /** Empty when there is no format of this name. */
    public static Optional<ReadingFormat> named(String name) {
        return ALL.stream().filter(format -> format.name().equals(name)).findFirst();
    }
}
