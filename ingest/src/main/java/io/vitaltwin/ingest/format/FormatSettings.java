package io.vitaltwin.ingest.format;

import java.time.ZoneId;
import java.util.Optional;

/**
 * What a file does not say itself.
 *
 * @param timeZone of times that are written without an offset
 * @param unit of values in a file without a unit column; UCUM
 * @param device the device that is loaded, for formats whose lines name it; empty: every line is its
 */
public record FormatSettings(ZoneId timeZone, Optional<String> unit, Optional<String> device) {

    /** For a file of one device. */
    public FormatSettings(ZoneId timeZone, Optional<String> unit) {
        this(timeZone, unit, Optional.empty());
    }
}
