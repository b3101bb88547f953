package io.vitaltwin.twin.topology;

import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A record of a patient as it lies on a topic that the topology reads. The bytes are not copied: nobody changes them.
 *
 * @param appendMillis when the broker took it
 * @param value bytes of the value, not sealed; null: a tombstone
 */
public record LogRecord(String topic, int partition, long offset, long appendMillis, byte @Nullable [] value) implements RecordMetadata {

    /**
     * One log of several: by append time as Kafka Streams merges the topics of a task, each topic in its own order. Of the same instant, the topic that is
     * named first goes first.
     *
     * @param topics records of one topic each, in the order of their offsets
     */
    public static List<LogRecord> merged(Collection<List<LogRecord>> topics) {
        List<List<LogRecord>> logs = List.copyOf(topics);
        int[] next = new int[logs.size()];
        List<LogRecord> merged = new ArrayList<>(logs.stream().mapToInt(List::size).sum());
        for (int from = earliest(logs, next); from >= 0; from = earliest(logs, next)) {
            merged.add(logs.get(from).get(next[from]++));
        }
        return merged;
    }

    /** Which log goes on; -1 when all are at their end. */
    private static int earliest(List<List<LogRecord>> logs, int[] next) {
        int earliest = -1;
        long millis = Long.MAX_VALUE;
        for (int i = 0; i < next.length; i++) {
            if (next[i] < logs.get(i).size()) {
                long append = logs.get(i).get(next[i]).appendMillis();
                if (earliest < 0 || append < millis) {
                    earliest = i;
                    millis = append;
                }
            }
        }
        return earliest;
    }
}
