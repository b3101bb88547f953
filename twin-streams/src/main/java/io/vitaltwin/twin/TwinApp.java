package io.vitaltwin.twin;

import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.twin.topology.TwinTopology;
import org.apache.kafka.streams.KafkaStreams;

import java.time.Duration;
import java.util.Optional;

/** The twin application: Kafka Streams and the ticks. Start once, close once. */
public final class TwinApp implements AutoCloseable {

    private final KafkaStreams streams;
    private volatile Optional<Throwable> failure = Optional.empty();

    public TwinApp(TwinConfig config, SchemaIds ids) {
        this.streams = new KafkaStreams(new TwinTopology(config, ids).build(), config.streamsProperties());
        streams.setUncaughtExceptionHandler(e -> {
            failure = Optional.of(e);
            return org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    }

    public void start() {
        streams.start();
    }

    /** Created, restoring or running, in Kafka's own words. */
    public KafkaStreams.State state() {
        return streams.state();
    }

    /** What stopped the application; empty while nothing did. */
    public Optional<Throwable> failure() {
        return failure;
    }

    @Override
    public void close() {
        streams.close(Duration.ofSeconds(10));
    }
}
