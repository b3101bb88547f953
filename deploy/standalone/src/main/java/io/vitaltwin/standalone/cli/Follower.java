package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads a topic as it grows and hands its records on, until the options or a closed pipe end it. One bad record ends nothing. */
final class Follower<T extends SpecificRecord> {

    private static final Duration POLL = Duration.ofMillis(200);

    /** Takes what was read. */
    interface Taker<T extends SpecificRecord> {

        /** @return records that went on to the reader of the output */
        int take(List<Decoded<T>> records);
    }

    private final ClusterOptions cluster;
    private final Topic<T> topic;
    private final FollowOptions options;
    private long done;
    private boolean sawBadRecord;

    Follower(ClusterOptions cluster, Topic<T> topic, FollowOptions options) {
        this.cluster = cluster;
        this.topic = topic;
        this.options = options;
    }

    /** @return whether every record could be decoded */
    boolean follow(Taker<T> taker) {
        try (TopicReader reader = new TopicReader(cluster, topic);
                AvroSerde<T> serde = new AvroSerde<>(topic, cluster.schemaIds())) {
            if (options.fromBeginning()) {
                reader.fromBeginning();
            } else {
                reader.fromEnd();
            }
            long lastRecord = System.nanoTime();
            while (!isOver(lastRecord)) {
                List<Decoded<T>> records = new ArrayList<>();
                for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
                    lastRecord = System.nanoTime();
                    decode(record, serde, records);
                }
                hand(records, taker);
                cluster.out().flush();
            }
        }
        return !sawBadRecord;
    }

    /** Never more at once than may still go on: what is handed on is written down as shown. */
    private void hand(List<Decoded<T>> records, Taker<T> taker) {
        int from = 0;
        while (from < records.size() && options.left(done) > 0) {
            int to = from + Math.min(records.size() - from, options.left(done));
            done += taker.take(records.subList(from, to));
            from = to;
        }
    }

    /** A closed pipe ends it as well: nobody reads what we print. */
    private boolean isOver(long lastRecord) {
        return options.left(done) == 0 || options.isTooLong(System.nanoTime() - lastRecord) || cluster.out().checkError();
    }

    private void decode(ConsumerRecord<String, byte[]> record, AvroSerde<T> serde, List<Decoded<T>> records) {
        try {
            T value = serde.deserialize(record.topic(), record.value());
            if (value != null) {
                cluster.privacy().show(value);
            }
            records.add(Decoded.of(record, value));
        } catch (SchemaProblem e) {
            sawBadRecord = true;
            cluster.err().println("vitaltwin: " + record.topic() + ", partition " + record.partition() + ", offset " + record.offset()
                    + " cannot be decoded: " + e.getMessage());
        }
    }
}
