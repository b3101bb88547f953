package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.Topics;
import io.vitaltwin.twin.core.consent.ConsentTimeline;
import io.vitaltwin.twin.core.disclosure.Viewer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A replay: the twin over a part of the log. What it raises goes to topics of its own, with a header that says so, and to no person.
 *
 * @param name of the replay
 * @param outputs its own topics; the clock among them
 * @param from append time from which on something is written; what comes before only makes the state
 * @param to append time from which on nothing is taken or written
 * @param patients who is replayed, as topics name them
 * @param viewer for whom and for what
 * @param consents as they are known now, of each patient as topics name them; empty: as they were known then
 * @param replayedAt time of what is written of the replay itself: who was shown what
 */
public record Shadow(String name, Topics outputs, Instant from, Instant to, Predicate<String> patients, Viewer viewer,
        Optional<Function<String, ConsentTimeline>> consents, Instant replayedAt) {

    boolean writes(long millis) {
        return millis >= from.toEpochMilli() && millis < to.toEpochMilli();
    }

    boolean takes(long millis) {
        return millis < to.toEpochMilli();
    }

    Headers headers() {
        return new RecordHeaders().add(Topics.SHADOW_HEADER, name.getBytes(StandardCharsets.UTF_8));
    }
}
