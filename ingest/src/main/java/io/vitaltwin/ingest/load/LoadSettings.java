package io.vitaltwin.ingest.load;

import io.vitaltwin.ingest.format.FormatSettings;
import io.vitaltwin.ingest.format.ReadingFormat;

import java.time.Instant;
import java.util.Optional;

/**
 * How a file is loaded.
 *
 * @param readingsPerBatch at least 1; a batch holds that many readings, the last one what is left
 * @param shiftTo where the first reading of the file is moved to, the others by as much; empty: times stay
 */
public record LoadSettings(ReadingFormat format, FormatSettings formatSettings, int readingsPerBatch, Optional<Instant> shiftTo) {

    public LoadSettings {
        if (readingsPerBatch < 1) {
            throw new IllegalArgumentException("readings per batch must be at least 1, found " + readingsPerBatch);
        }
    }
}
