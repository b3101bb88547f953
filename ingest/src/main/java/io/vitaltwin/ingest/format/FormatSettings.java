package io.vitaltwin.ingest.format;

import java.time.ZoneId;
import java.util.Optional;

/**
 * What a file does not say itself.
 *
 * @param timeZone of times that are written without an offset
 * @param unit of values in a file without a unit column; UCUM
 */
public record FormatSettings(ZoneId timeZone, Optional<String> unit) {}
