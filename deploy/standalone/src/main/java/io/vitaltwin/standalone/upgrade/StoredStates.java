package io.vitaltwin.standalone.upgrade;

import io.vitaltwin.schemas.streams.StoredForm;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tries to read everything that the changelogs of an application hold, in the way in which this version would after a restore. */
final class StoredStates {

    private static final Duration POLL = Duration.ofMillis(200);
    /** Without a single record for so long, a changelog counts as unreadable. Project default, no source. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;

    /** @param consumer of committed records, without a group, that opens what is sealed */
    StoredStates(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /**
     * What a changelog holds.
     *
     * @param entries that are stored now
     * @param problems why some cannot be read, and how many
     */
    record Result(long entries, Map<String, Long> problems) {
    }

    /** The newest entry of each key counts: what it replaced is never read again. */
    Result read(StoredForm form, String changelog) {
        List<TopicPartition> partitions = consumer.partitionsFor(changelog).stream().map(info -> new TopicPartition(changelog, info.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<ByteBuffer, String> stored = new HashMap<>();
        long lastRecord = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() - lastRecord > PATIENCE.toNanos()) {
                throw new IllegalStateException(changelog + " cannot be read to its end: nothing came for " + PATIENCE.toSeconds() + " s");
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                lastRecord = System.nanoTime();
                take(form, record, stored);
            }
        }
        Map<String, Long> problems = new TreeMap<>();
        stored.values().stream().filter(problem -> !problem.isEmpty()).forEach(problem -> problems.merge(problem, 1L, Long::sum));
        return new Result(stored.size(), problems);
    }

    private static void take(StoredForm form, ConsumerRecord<byte[], byte[]> record, Map<ByteBuffer, String> stored) {
        ByteBuffer key = ByteBuffer.wrap(record.key());
        if (record.value() == null) {
            stored.remove(key);
        } else {
            stored.put(key, form.problem(record.key(), record.value()).orElse(""));
        }
    }
}
