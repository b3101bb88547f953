package io.vitaltwin.standalone.input;

import java.time.Instant;
import java.util.Optional;

/**
 * What times in a file refer to.
 *
 * @param start t = 0 of the spans in the file; empty: the file has no spans
 * @param now when the file is read: the time of what gives none
 */
record FileClock(Optional<Instant> start, Instant now) {
}
