package io.vitaltwin.standalone.erase;

import io.vitaltwin.schemas.privacy.Sealing;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks through every record of a topic, committed or not: key, headers, value as it lies there, and value as far as a key of the vault
 * opens it.
 */
final class TopicSearch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<byte[], byte[]> consumer;
    private final Optional<Sealing> sealing;
    private final ByteSearch search;

    /**
     * What a topic holds.
     *
     * @param naming partitions with findings
     * @param left partitions with findings, or with the alias
     * @param newestMillis time of the newest record with a finding; 0: there is none
     */
    record Result(Place place, Set<Integer> naming, Set<Integer> left, long newestMillis) {
    }

    /** @param properties of a consumer without a group */
    TopicSearch(Map<String, Object> properties, Optional<Sealing> sealing, ByteSearch search) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        this.consumer = new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.sealing = sealing;
        this.search = search;
    }

    /**
     * Reads from the first record that is kept to what is the last one now.
     *
     * @param keyedByPatient whether keys of the topic are patients: whoever is not the patient is somebody else
     */
    Result search(String topic, boolean keyedByPatient) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream().map(PartitionInfo::partition)
                .map(partition -> new TopicPartition(topic, partition)).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Count count = new Count();
        while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (keyedByPatient && record.key() != null) {
                    search.othersId(new String(record.key(), StandardCharsets.UTF_8));
                }
                count.add(record, hits(record));
            }
        }
        return new Result(new Place(topic, count.records, count.bytes, count.findings, count.anonymous), count.naming, count.left, count.newestMillis);
    }

    private static final class Count {

        private long records;
        private long bytes;
        private long findings;
        private long anonymous;
        private long newestMillis;
        private final Set<Integer> naming = new HashSet<>();
        private final Set<Integer> left = new HashSet<>();

        void add(ConsumerRecord<byte[], byte[]> record, ByteSearch.Hits hits) {
            records++;
            bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
            findings += hits.naming();
            anonymous += hits.of(Marker.Kind.ALIAS);
            if (hits.naming() + hits.of(Marker.Kind.ALIAS) > 0) {
                left.add(record.partition());
            }
            if (hits.naming() > 0) {
                naming.add(record.partition());
                newestMillis = Math.max(newestMillis, record.timestamp());
            }
        }
    }

    private ByteSearch.Hits hits(ConsumerRecord<byte[], byte[]> record) {
        ByteSearch.Hits hits = new ByteSearch.Hits();
        if (record.key() != null) {
            hits.add(search.search(record.key()));
        }
        if (record.value() != null) {
            hits.add(search.search(record.value()));
            sealing.ifPresent(sealed -> {
                if (sealed.open(record.topic(), record.value()) instanceof Sealing.Opened.Value opened && opened.bytes() != record.value()
                        && opened.bytes() != null) {
                    hits.add(search.search(opened.bytes()));
                }
            });
        }
        for (Header header : record.headers()) {
            hits.add(search.search(header.key().getBytes(StandardCharsets.UTF_8)));
            if (header.value() != null) {
                hits.add(search.search(header.value()));
            }
        }
        return hits;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
