package io.vitaltwin.twin.topology;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a processor of the topology sees of the world when a log is folded without Kafka Streams: stores, where the record lies, and the steps that follow.
 * What no processor of the twin asks for is refused.
 */
final class FoldContext implements ProcessorContext<String, Object> {

    private final int partition;
    private final Map<String, StateStore> stores;
    private final LongSupplier streamMillis;
    private final Supplier<Optional<RecordMetadata>> metadata;
    private final BiConsumer<String, Record<String, Object>> next;
    private @Nullable Punctuator punctuator;

    /**
     * @param streamMillis newest append time so far
     * @param metadata place of the record that is being processed; empty while none is
     * @param next takes the name of the step or sink and the record
     */
    FoldContext(int partition, Map<String, StateStore> stores, LongSupplier streamMillis, Supplier<Optional<RecordMetadata>> metadata,
            BiConsumer<String, Record<String, Object>> next) {
        this.partition = partition;
        this.stores = stores;
        this.streamMillis = streamMillis;
        this.metadata = metadata;
        this.next = next;
    }

    /** Lets the processor look at the time, as it asked to. */
    void punctuate(long streamMillis) {
        if (punctuator != null) {
            punctuator.punctuate(streamMillis);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public <K extends String, V> void forward(Record<K, V> record, String child) {
        next.accept(child, (Record<String, Object>) record);
    }

    @Override
    public <K extends String, V> void forward(Record<K, V> record) {
        throw notAsked();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S extends StateStore> S getStateStore(String name) {
        StateStore store = stores.get(name);
        if (store == null) {
            throw new IllegalStateException("there is no store " + name);
        }
        return (S) store;
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
        return metadata.get();
    }

    @Override
    public TaskId taskId() {
        return new TaskId(0, partition);
    }

    /** One at most, in stream time: {@link #punctuate} calls it. */
    @Override
    public Cancellable schedule(Duration interval, PunctuationType type, Punctuator callback) {
        if (punctuator != null || type != PunctuationType.STREAM_TIME) {
            throw notAsked();
        }
        punctuator = callback;
        return () -> punctuator = null;
    }

    @Override
    public Cancellable schedule(Instant start, Duration interval, PunctuationType type, Punctuator callback) {
        throw notAsked();
    }

    @Override
    public String applicationId() {
        throw notAsked();
    }

    @Override
    public Serde<?> keySerde() {
        throw notAsked();
    }

    @Override
    public Serde<?> valueSerde() {
        throw notAsked();
    }

    @Override
    public File stateDir() {
        throw notAsked();
    }

    @Override
    public StreamsMetrics metrics() {
        throw notAsked();
    }

    @Override
    public void commit() {
        throw notAsked();
    }

    @Override
    public Map<String, Object> appConfigs() {
        throw notAsked();
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
        throw notAsked();
    }

    @Override
    public long currentSystemTimeMs() {
        throw notAsked();
    }

    @Override
    public long currentStreamTimeMs() {
        return streamMillis.getAsLong();
    }

    private static IllegalStateException notAsked() {
        return new IllegalStateException("a processor asks for what a fold of a log does not have: add it to FoldContext");
    }
}
