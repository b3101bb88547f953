package io.vitaltwin.schemas;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One topic: its name, what it carries and how it is kept. The key of every topic is the patient's pseudonym as a UTF-8 string.
 *
 * @param name full name, prefix included
 * @param type class of the value; {@code byte[]} for the dead letters, which keep the bytes as they came
 * @param partitions at least 1; the same for all topics that the topology reads
 * @param retention how long a record is kept; empty: for ever. Of a compacted topic: how long one that was replaced is kept at least; empty: it may go at once
 */
public record Topic<T>(
        String name,
        Class<T> type,
        int partitions,
        Cleanup cleanup,
        Optional<Duration> retention,
        TimestampType timestampType) {

    public enum Cleanup { DELETE, COMPACT }

    /** LOG_APPEND: the broker's clock, our processing time. CREATE: the time that the writer gave. */
    public enum TimestampType { LOG_APPEND, CREATE }

    public Topic {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(cleanup, "cleanup");
        Objects.requireNonNull(retention, "retention");
        Objects.requireNonNull(timestampType, "timestampType");
        if (partitions < 1) {
            throw new IllegalArgumentException("topic " + name + ": partitions must be at least 1, found " + partitions);
        }
    }

    /** Registry subject of the value: {@code <topic>-value}. */
    public String subject() {
        return name + "-value";
    }

    /** What a new version of the value's schema must keep. */
    public Compatibility compatibility() {
        return Compatibility.of(type);
    }
}
