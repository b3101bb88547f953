package io.vitaltwin.testbench.bench;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.TwinSnapshot;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What the snapshots of all twins say about their size and what they took.
 *
 * @param readings all readings by the newest snapshots, whatever their fate
 * @param maxStateBytes largest state that any twin ever had
 * @param meanStateBytes of the newest snapshots
 */
record TwinSizes(int twins, long readings, long applied, int maxStateBytes, double meanStateBytes) {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /**
     * Reads the twins topic from begin to end.
     *
     * @param ends where its partitions end
     * @throws IllegalStateException if that takes too long
     */
    static TwinSizes read(Consumer<byte[], byte[]> consumer, Topics topics, SchemaIds ids, Map<TopicPartition, Long> ends) {
        var serde = new AvroSerde<>(topics.twins(), ids);
        Collector collector = new Collector();
        consumer.assign(ends.keySet());
        consumer.seekToBeginning(ends.keySet());
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> entry : consumer.poll(POLL)) {
                TwinSnapshot twin = serde.deserialize(entry.topic(), entry.value());
                if (twin != null) {
                    collector.add(twin);
                }
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the twins cannot be read within " + LIMIT.toSeconds() + " s");
            }
        }
        return collector.sizes();
    }

    /** Takes snapshots in the order in which each twin published them. */
    static final class Collector {

        private final Map<String, Newest> newest = new HashMap<>();
        private int max;

        private record Newest(int stateBytes, long readings, long applied) {
        }

        void add(TwinSnapshot twin) {
            var fates = twin.getFates();
            long all = fates.getApplied() + fates.getDuplicate() + fates.getLate() + fates.getRefused() + fates.getDead();
            newest.put(twin.getPatientId(), new Newest(twin.getStateBytes(), all, fates.getApplied()));
            max = Math.max(max, twin.getStateBytes());
        }

        TwinSizes sizes() {
            long readings = 0;
            long applied = 0;
            long bytes = 0;
            for (Newest twin : newest.values()) {
                readings += twin.readings();
                applied += twin.applied();
                bytes += twin.stateBytes();
            }
            return new TwinSizes(newest.size(), readings, applied, max, newest.isEmpty() ? 0 : bytes / (double) newest.size());
        }
    }
}
