package io.vitaltwin.alerts.adapter;

import io.vitaltwin.alerts.console.Ward;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.privacy.Privacy;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Reads what the console shows into a {@link Ward}: plans, teams, worklist and twins from the beginning, what happened from 30 days before the newest record
 * of each partition. Ready once the ends are reached that were found at the start. A record that cannot be decoded is passed over, counted, and told with
 * its place; of a worklist or a twin it makes the patient unknown. Start once, close once.
 */
public final class ConsoleFeed implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(ConsoleFeed.class);
    /** Project defaults, no source. */
    private static final Duration SPAN = Duration.ofDays(30);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration SWEEP = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Consumer<String, byte[]> consumer;
    private final NewestTimes newest;
    private final Privacy privacy;
    private final Ward ward;
    private final Map<String, Source<?>> sources = new LinkedHashMap<>();
    private final Thread thread = new Thread(this::run, "console-feed");
    private Map<TopicPartition, Long> ends = Map.of();
    private volatile boolean ready;
    private volatile boolean closing;
    private volatile long unreadable;
    private volatile Optional<Throwable> failure = Optional.empty();

    /** Where a topic's records go. The patient is as people know the patient. */
    private record Source<T extends SpecificRecord>(
            Topic<T> topic, AvroSerde<T> serde, BiConsumer<String, Optional<T>> taker, java.util.function.Consumer<String> onUnreadable) {

        void take(String key, byte @Nullable [] value, Privacy privacy) {
            T record = value == null ? null : serde.deserialize(topic.name(), value);
            if (record != null) {
                privacy.show(record);
            }
            taker.accept(key, Optional.ofNullable(record));
        }
    }

    /** Asks how far logs have come. */
    @FunctionalInterface
    public interface NewestTimes {

        /** Time of the newest record of each partition, in epoch milliseconds; -1 for an empty one. */
        Map<TopicPartition, Long> of(List<TopicPartition> partitions);
    }

    /** @param consumer of committed records without a group, keys as people know the patients; closed here */
    public ConsoleFeed(Consumer<String, byte[]> consumer, NewestTimes newest, Topics topics, SchemaIds ids, Privacy privacy, Ward ward) {
        this.consumer = consumer;
        this.newest = newest;
        this.privacy = privacy;
        this.ward = ward;
        add(topics.patients(), ids, ward::plan, patient -> { });
        add(topics.careTeams(), ids, ward::team, patient -> { });
        add(topics.worklist(), ids, ward::worklist, ward::unreadableWorklist);
        add(topics.twins(), ids, ward::twin, ward::unreadableTwin);
        add(topics.alerts(), ids, (patient, event) -> event.ifPresent(it -> ward.alert(patient, it)), patient -> { });
        add(topics.alertWorkflow(), ids, (patient, step) -> step.ifPresent(it -> ward.workflow(patient, it)), patient -> { });
        add(topics.notifications(), ids, (patient, it) -> it.ifPresent(notification -> ward.notification(patient, notification)), patient -> { });
        add(topics.violations(), ids, (patient, it) -> it.ifPresent(ward::violation), patient -> { });
        add(topics.qualityFlags(), ids, (patient, it) -> it.ifPresent(flag -> ward.flag(patient, flag)), patient -> { });
    }

    private <T extends SpecificRecord> void add(Topic<T> topic, SchemaIds ids, BiConsumer<String, Optional<T>> taker,
            java.util.function.Consumer<String> onUnreadable) {
        sources.put(topic.name(), new Source<>(topic, new AvroSerde<>(topic, ids), taker, onUnreadable));
    }

    public void start() {
        thread.start();
    }

    /** Whether everything is known that was written before the start. */
    public boolean isReady() {
        return ready && failure.isEmpty();
    }

    /** Records that were passed over because nobody can decode them. */
    public long unreadable() {
        return unreadable;
    }

    /** What stopped the reading; empty while nothing did. */
    public Optional<Throwable> failure() {
        return failure;
    }

    private void run() {
        try (consumer) {
            assign();
            long swept = System.nanoTime();
            while (!closing) {
                consumer.poll(POLL).forEach(this::take);
                ready = ready || hasReachedEnds();
                ward.flush();
                if (ready && System.nanoTime() - swept > SWEEP.toNanos()) {
                    ward.sweep();
                    swept = System.nanoTime();
                }
            }
        } catch (WakeupException e) {
            if (!closing) {
                fail(e);
            }
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void fail(RuntimeException e) {
        failure = Optional.of(e);
        LOGGER.atError().addKeyValue("reason", e.getClass().getSimpleName()).log("the console's reading of topics stops");
    }

    private void assign() {
        List<TopicPartition> partitions = new ArrayList<>();
        List<TopicPartition> spans = new ArrayList<>();
        for (Source<?> source : sources.values()) {
            consumer.partitionsFor(source.topic().name()).forEach(info -> {
                TopicPartition partition = new TopicPartition(info.topic(), info.partition());
                partitions.add(partition);
                if (source.topic().cleanup() == Topic.Cleanup.DELETE) {
                    spans.add(partition);
                }
            });
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        ends = consumer.endOffsets(partitions);
        newest.of(spans).forEach(this::seekSpan);
    }

    /** The newest record tells how late it is in the log, which may be that of a story. */
    private void seekSpan(TopicPartition partition, long newestMillis) {
        if (newestMillis > SPAN.toMillis()) {
            OffsetAndTimestamp first = consumer.offsetsForTimes(Map.of(partition, newestMillis - SPAN.toMillis())).get(partition);
            if (first != null) {
                consumer.seek(partition, first.offset());
            }
        }
    }

    private boolean hasReachedEnds() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        Source<?> source = sources.get(record.topic());
        if (source == null || record.key() == null) {
            return;
        }
        try {
            source.take(record.key(), record.value(), privacy);
        } catch (SchemaProblem e) {
            if (!e.kind().isOfTheRecord()) {
                throw e;
            }
            unreadable = unreadable + 1;
            source.onUnreadable().accept(record.key());
            LOGGER.atWarn().addKeyValue("topic", record.topic()).addKeyValue("partition", record.partition()).addKeyValue("offset", record.offset())
                    .addKeyValue("reason", e.kind()).log("a record that the console cannot decode is passed over");
        }
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            thread.join(CLOSE_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
