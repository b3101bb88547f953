package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AvroSerde;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/** A sink's serializer: Kafka Streams gives one instance to all stream threads, but an {@link AvroSerde} is for one thread. */
final class PerThread<T extends SpecificRecord> implements Serializer<T> {

    private final ThreadLocal<AvroSerde<T>> serdes;

    PerThread(Supplier<AvroSerde<T>> serdes) {
        this.serdes = ThreadLocal.withInitial(serdes);
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        return serdes.get().serialize(topic, value);
    }
}
