package io.vitaltwin.ingest.load;

import io.vitaltwin.schemas.Reading;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Looks for what the twin will doubt. Only looks: the decision is the topology's, with what it knows of the patient. */
final class Remarks {

    /** DQ-15: event later than its arrival by more than this. @see "clinical reference 5.2" */
    private static final Duration FUTURE_TOLERANCE = Duration.ofSeconds(120);
    /** Duplicates are found among this many readings; project default, no source. Bounds the memory of a long file. */
    private static final int REMEMBERED = 20_000;

    private final Map<Seen, Boolean> seen = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Seen, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Seen(String vital, Instant time, Object value, String unit) {}

    /** At most one remark a reading: a duplicate of a future reading is a duplicate. */
    Optional<Remark.Kind> about(Reading reading, Instant now) {
        var key = new Seen(reading.getVital(), reading.getEffectiveTime(), reading.getValue(), reading.getUnit());
        if (seen.putIfAbsent(key, Boolean.TRUE) != null) {
            return Optional.of(Remark.Kind.DUPLICATE_EXACT);
        }
        return reading.getEffectiveTime().isAfter(now.plus(FUTURE_TOLERANCE)) ? Optional.of(Remark.Kind.CLOCK_FUTURE) : Optional.empty();
    }
}
