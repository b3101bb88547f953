package io.vitaltwin.twin.query;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The patients of one partition who were asked about, as far as its log went when it was last read. A patient who is new here costs one pass over the
 * partition since the begin of the span; one who is known costs what all patients of the partition sent since anybody was last asked about. Readings are
 * appended after they were measured, however late: what was measured after a time was appended after it, but for clocks that run ahead.
 */
final class PartitionLog implements AutoCloseable {

    /** A device's clock may be ahead by so much before its readings are taken for wrong: CLINICAL.md section 5.2, DQ-15. */
    private static final long CLOCK_AHEAD_MILLIS = 120_000;
    /** A span that begins a little earlier than the one before shall not read the log anew. */
    private static final long BEGIN_STEP_MILLIS = 3_600_000;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Consumer<String, byte[]> consumer;
    private final TopicPartition readings;
    private final TopicPartition flags;
    private final TopicPartition alerts;
    private final TopicPartition orders;
    private final AvroSerde<ReadingBatch> readingSerde;
    private final AvroSerde<QualityFlag> flagSerde;
    private final AvroSerde<AlertEvent> alertSerde;
    private final Map<String, PatientReadings> known = new HashMap<>();
    /** Whoever was asked about last stands last. */
    private final LinkedHashSet<String> asked = new LinkedHashSet<>();
    private long unreadable;

    @FunctionalInterface
    private interface RecordTaker {

        void take(ConsumerRecord<String, byte[]> record);
    }

    /** @param consumer reads committed records without a group, keys are patients as people know them; closed here */
    PartitionLog(Consumer<String, byte[]> consumer, Topics topics, SchemaIds ids, int partition) {
        this.consumer = consumer;
        this.readings = new TopicPartition(topics.readings().name(), partition);
        this.flags = new TopicPartition(topics.qualityFlags().name(), partition);
        this.alerts = new TopicPartition(topics.alerts().name(), partition);
        this.orders = new TopicPartition(topics.erasureOrders().name(), partition);
        this.readingSerde = new AvroSerde<>(topics.readings(), ids);
        this.flagSerde = new AvroSerde<>(topics.qualityFlags(), ids);
        this.alertSerde = new AvroSerde<>(topics.alerts(), ids);
        consumer.assign(List.of(readings, flags, alerts, orders));
        consumer.seekToEnd(consumer.assignment());
        consumer.assignment().forEach(consumer::position);
    }

    /**
     * Everything about the patient that was committed before this call and measured at or after this time. Not to be kept: the next call changes it.
     *
     * @throws HistoryUnavailable if the log cannot be read to its end
     */
    PatientReadings of(String patient, long fromMillis) {
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            readUpTo(ends, this::takeOfKnown);
            long since = Math.floorDiv(fromMillis - CLOCK_AHEAD_MILLIS, BEGIN_STEP_MILLIS) * BEGIN_STEP_MILLIS;
            PatientReadings found = known.get(patient);
            if (found == null || found.sinceMillis() > since) {
                found = readAnew(patient, since, ends);
                known.put(patient, found);
            }
            asked.remove(patient);
            asked.add(patient);
            return found;
        } catch (KafkaException e) {
            forgetAll();
            throw new HistoryUnavailable("the readings cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    private PatientReadings readAnew(String patient, long since, Map<TopicPartition, Long> ends) {
        PatientReadings found = new PatientReadings(patient, since);
        Map<TopicPartition, Long> begin = new HashMap<>();
        ends.keySet().stream().filter(Predicate.not(orders::equals)).forEach(partition -> begin.put(partition, since));
        Map<TopicPartition, @Nullable OffsetAndTimestamp> offsets = consumer.offsetsForTimes(begin);
        begin.keySet().forEach(partition -> consumer.seek(partition,
                Optional.ofNullable(offsets.get(partition)).map(OffsetAndTimestamp::offset).orElse(ends.get(partition))));
        readUpTo(ends, record -> {
            if (patient.equals(record.key())) {
                take(found, record);
            }
        });
        return found;
    }

    private void readUpTo(Map<TopicPartition, Long> ends, RecordTaker taker) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Map<TopicPartition, Long> left = new HashMap<>(ends);
        while (true) {
            left.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            if (left.isEmpty()) {
                break;
            }
            if (System.nanoTime() - deadline > 0) {
                forgetAll();
                throw new HistoryUnavailable("the readings cannot be read to their end: nothing came for " + PATIENCE.toSeconds() + " s");
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
                if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
                    taker.take(record);
                }
            }
        }
        // What was fetched beyond the end is read the next time.
        ends.forEach(consumer::seek);
    }

    private void takeOfKnown(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null) {
            return;
        }
        if (record.topic().equals(orders.topic())) {
            forget(record.key());
            return;
        }
        PatientReadings patient = record.value() == null ? null : known.get(record.key());
        if (patient != null) {
            take(patient, record);
        }
    }

    /** What cannot be decoded was a dead letter for the twin too: it is no reading. */
    private void take(PatientReadings patient, ConsumerRecord<String, byte[]> record) {
        try {
            if (record.topic().equals(readings.topic())) {
                decoded(readingSerde, record).ifPresent(batch -> patient.take(batch, record.timestamp()));
            } else if (record.topic().equals(flags.topic())) {
                decoded(flagSerde, record).ifPresent(patient::take);
            } else if (record.topic().equals(alerts.topic())) {
                decoded(alertSerde, record).ifPresent(alert -> patient.take(alert, record.timestamp()));
            }
        } catch (SchemaProblem e) {
            unreadable++;
        }
    }

    private static <T extends SpecificRecord> Optional<T> decoded(AvroSerde<T> serde, ConsumerRecord<String, byte[]> record) {
        return Optional.ofNullable(serde.deserialize(record.topic(), record.value()));
    }

    /** Records of patients who were asked about that could not be decoded. */
    long unreadable() {
        return unreadable;
    }

    /** Numbers kept of all patients. */
    long size() {
        return known.values().stream().mapToLong(PatientReadings::size).sum();
    }

    Set<String> patients() {
        return Set.copyOf(known.keySet());
    }

    /** Forgets those who were not asked about for the longest time, until no more numbers are kept than this or only one patient is left. */
    void keepAtMost(long numbers) {
        while (known.size() > 1 && size() > numbers) {
            forget(asked.getFirst());
        }
    }

    private void forget(String patient) {
        known.remove(patient);
        asked.remove(patient);
    }

    /** What was missed is not known: begin anew. */
    private void forgetAll() {
        known.clear();
        asked.clear();
        consumer.seekToEnd(consumer.assignment());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
