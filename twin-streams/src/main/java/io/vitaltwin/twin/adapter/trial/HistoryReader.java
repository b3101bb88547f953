package io.vitaltwin.twin.adapter.trial;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.twin.topology.LogRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Reads what the log holds of some patients, up to the end that it has when the reading begins. Everything of these patients is held in memory: a day of readings
 * a minute takes less than a megabyte. For one thread.
 */
public final class HistoryReader {

    private static final Duration POLL = Duration.ofMillis(200);
    /** Without a single record for so long, the log counts as unreadable. Project default, no source. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** The newest ticks are near the end; marks of transactions may lie between. */
    private static final long LAST_TICKS = 10;

    private final Consumer<String, byte[]> consumer;
    private final Topics topics;
    private final SchemaIds ids;
    private final UnaryOperator<String> onTopics;
    /** Topic name -> records, by patient as people know them. */
    private final Map<String, Map<String, List<LogRecord>>> found = new HashMap<>();
    private final Map<String, List<AlertEvent>> alerts = new HashMap<>();
    private final Map<Integer, Instant> readingsFrom = new HashMap<>();
    private final Map<Integer, Instant> newest = new HashMap<>();

    /**
     * @param consumer of committed records, without a group; its keys are patients as people know them. Not closed here
     * @param onTopics how a patient is called on topics
     */
    public HistoryReader(Consumer<String, byte[]> consumer, Topics topics, SchemaIds ids, UnaryOperator<String> onTopics) {
        this.consumer = consumer;
        this.topics = topics;
        this.ids = ids;
        this.onTopics = onTopics;
    }

    /** The log cannot be read; the message says which topic and what to do. */
    public static final class HistoryProblem extends RuntimeException {

        private static final long serialVersionUID = 1L;

        HistoryProblem(String message) {
            super(message);
        }
    }

    /**
     * Reads these patients; who is not in the log has a history without records.
     *
     * @param patients as people know them
     * @throws HistoryProblem if a topic does not exist or cannot be read to its end
     */
    public SortedMap<String, PatientHistory> read(Collection<String> patients) {
        int count = partitions(topics.readings().name()).size();
        Map<String, Integer> places = new LinkedHashMap<>();
        patients.forEach(patient -> places.put(patient, partition(onTopics.apply(patient), count)));
        read(List.copyOf(places.values()), places::containsKey);
        return histories(places);
    }

    /** Reads every patient who has a care plan. @throws HistoryProblem as above */
    public SortedMap<String, PatientHistory> readAll() {
        int count = partitions(topics.readings().name()).size();
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(i);
        }
        read(all, patient -> true);
        Map<String, Integer> places = new LinkedHashMap<>();
        found.getOrDefault(topics.patients().name(), Map.of()).forEach((patient, plans) -> places.put(patient, plans.getFirst().partition()));
        return histories(places);
    }

    /** Where Kafka's own partitioner puts this key. */
    private static int partition(String key, int count) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % count;
    }

    private List<PartitionInfo> partitions(String topic) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        if (partitions == null || partitions.isEmpty()) {
            throw new HistoryProblem("topic " + topic + " does not exist; './vitaltwin topics apply' makes it, --prefix chooses another");
        }
        return partitions;
    }

    private void read(List<Integer> wanted, java.util.function.Predicate<String> patients) {
        List<TopicPartition> assigned = new ArrayList<>();
        List<Topic<?>> read = new ArrayList<>(topics.topologyInputs());
        read.add(topics.alerts());
        for (Topic<?> topic : read) {
            partitions(topic.name());
            wanted.stream().distinct().forEach(partition -> assigned.add(new TopicPartition(topic.name(), partition)));
        }
        consumer.assign(assigned);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(assigned);
        Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
        assigned.forEach(partition -> consumer.seek(partition, isTicks(partition)
                ? Math.max(begins.get(partition), ends.get(partition) - LAST_TICKS) : begins.get(partition)));
        long lastRecord = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() - lastRecord > PATIENCE.toNanos()) {
                throw new HistoryProblem("the log of " + topics.readings().name() + " and its neighbours cannot be read to its end: nothing came for "
                        + PATIENCE.toSeconds() + " s");
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                lastRecord = System.nanoTime();
                TopicPartition from = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < ends.get(from)) {
                    take(record, begins.get(from) > 0, patients);
                }
            }
        }
    }

    private boolean isTicks(TopicPartition partition) {
        return partition.topic().equals(topics.ticks().name());
    }

    private void take(ConsumerRecord<String, byte[]> record, boolean cut, java.util.function.Predicate<String> patients) {
        Instant append = Instant.ofEpochMilli(record.timestamp());
        if (record.topic().equals(topics.alerts().name())) {
            if (record.key() != null && record.value() != null && patients.test(record.key())) {
                alert(record);
            }
            return;
        }
        newest.merge(record.partition(), append, (known, other) -> other.isAfter(known) ? other : known);
        if (cut && record.topic().equals(topics.readings().name())) {
            readingsFrom.putIfAbsent(record.partition(), append);
        }
        if (record.key() != null && patients.test(record.key())) {
            found.computeIfAbsent(record.topic(), topic -> new HashMap<>()).computeIfAbsent(record.key(), patient -> new ArrayList<>())
                    .add(new LogRecord(record.topic(), record.partition(), record.offset(), record.timestamp(), record.value()));
        }
    }

    private void alert(ConsumerRecord<String, byte[]> record) {
        try {
            AlertEvent alert = new AvroSerde<>(topics.alerts(), ids).deserialize(record.topic(), record.value());
            if (alert != null) {
                alerts.computeIfAbsent(record.key(), patient -> new ArrayList<>()).add(alert);
            }
        } catch (SchemaProblem e) {
            if (!e.kind().isOfTheRecord()) {
                throw e;
            }
            // What cannot be decoded is no alert of this program; it is counted by whoever reads alerts for people.
        }
    }

    private SortedMap<String, PatientHistory> histories(Map<String, Integer> places) {
        SortedMap<String, PatientHistory> histories = new TreeMap<>();
        places.forEach((patient, partition) -> {
            // Of one instant: who the patient is and what was permitted before what was measured.
            List<List<LogRecord>> logs = List.of(of(topics.patients(), patient), of(topics.consents(), patient), of(topics.readings(), patient),
                    of(topics.reports(), patient), of(topics.deviceSharings(), patient), of(topics.erasureOrders(), patient));
            histories.put(patient, new PatientHistory(onTopics.apply(patient), partition, LogRecord.merged(logs), alerts.getOrDefault(patient, List.of()),
                    Optional.ofNullable(readingsFrom.get(partition)), newest.getOrDefault(partition, Instant.EPOCH)));
        });
        return histories;
    }

    private List<LogRecord> of(Topic<?> topic, String patient) {
        return found.getOrDefault(topic.name(), Map.of()).getOrDefault(patient, List.of());
    }
}
