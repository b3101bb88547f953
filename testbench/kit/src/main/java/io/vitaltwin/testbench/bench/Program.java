package io.vitaltwin.testbench.bench;

import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.twin.TwinApp;
import io.vitaltwin.twin.TwinConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A stream program under measurement: the twin or a floor. */
interface Program extends AutoCloseable {

    void start();

    KafkaStreams.State state();

    /** What stopped it; empty while nothing did. */
    Optional<Throwable> failure();

    @Override
    void close();

    /** The whole topology, as it runs in earnest. */
    static Program twin(TwinConfig config, SchemaIds ids) {
        return twin(new TwinApp(config, ids));
    }

    /** One that is asked questions, too. It is closed with the program. */
    static Program twin(TwinApp app) {
        return new Program() {
            @Override
            public void start() {
                app.start();
            }

            @Override
            public KafkaStreams.State state() {
                return app.state();
            }

            @Override
            public Optional<Throwable> failure() {
                return app.failure();
            }

            @Override
            public void close() {
                app.close();
            }
        };
    }

    /** A floor under the same settings as the twin, but for its name. */
    static Program floor(Topology topology, TwinConfig config) {
        KafkaStreams streams = new KafkaStreams(topology, config.streamsProperties());
        AtomicReference<Optional<Throwable>> failure = new AtomicReference<>(Optional.empty());
        streams.setUncaughtExceptionHandler(e -> {
            failure.set(Optional.of(e));
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        return new Program() {
            @Override
            public void start() {
                streams.start();
            }

            @Override
            public KafkaStreams.State state() {
                return streams.state();
            }

            @Override
            public Optional<Throwable> failure() {
                return failure.get();
            }

            @Override
            public void close() {
                streams.close(Duration.ofSeconds(10));
            }
        };
    }
}
