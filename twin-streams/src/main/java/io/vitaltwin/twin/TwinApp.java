package io.vitaltwin.twin;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.streams.InputTopics;
import io.vitaltwin.schemas.streams.ThreadRenewal;
import io.vitaltwin.schemas.streams.TopologyShape;
import io.vitaltwin.twin.adapter.BoundedRocksDb;
import io.vitaltwin.twin.adapter.TickWriter;
import io.vitaltwin.twin.query.Instance;
import io.vitaltwin.twin.query.StreamsSource;
import io.vitaltwin.twin.query.TwinSource;
import io.vitaltwin.twin.topology.TwinTopology;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The twin application: Kafka Streams and the ticks. Start once, close once. */
public final class TwinApp implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(TwinApp.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final TwinConfig config;
    private final SchemaIds ids;
    private final MeterRegistry meters;
    private final TwinMetrics metrics;
    private final KafkaStreams streams;
    private volatile Optional<Throwable> failure = Optional.empty();
    private final ThreadRenewal renewal;
    private Optional<TickWriter> ticks = Optional.empty();

    public TwinApp(TwinConfig config, SchemaIds ids) {
        this(config, ids, new SimpleMeterRegistry());
    }

    public TwinApp(TwinConfig config, SchemaIds ids, MeterRegistry meters) {
        this.config = config;
        this.ids = ids;
        this.meters = meters;
        this.renewal = new ThreadRenewal(this::streams, config.threads(), BoundedRocksDb::rewriteOnOpen);
        this.metrics = new TwinMetrics(meters);
        Topology topology = new TwinTopology(config, ids, metrics, () -> renewal.ask()).build();
        this.streams = new KafkaStreams(topology, TopologyShape.mark(config.streamsProperties(), topology));
        streams.setUncaughtExceptionHandler(this::stop);
    }

    private KafkaStreams streams() {
        return streams;
    }

    /** A bug must be seen: the application stops, and says so. */
    private StreamThreadExceptionResponse stop(Throwable problem) {
        failure = Optional.of(problem);
        LOGGER.atError().addKeyValue("reason", problem.getClass().getSimpleName()).log("the twin stops");
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** @throws IllegalStateException if the input topics are not as they must be; the message says what to do */
    public void start() {
        try (Admin admin = Admin.create(clientSettings())) {
            InputTopics.checkThere(admin, config.topics().deviceSightings(), config.bootstrapServers());
            InputTopics.checkCoPartitioned(admin, config.topics().topologyInputs(), config.bootstrapServers());
        }
        streams.start();
        if (config.tickInterval().isPositive()) {
            Map<String, Object> producer = clientSettings();
            producer.put(ProducerConfig.CLIENT_ID_CONFIG, config.applicationId() + "-ticks");
            TickWriter writer = new TickWriter(config.topics().ticks(), config.tickInterval(), ids, producer, InstantSource.system());
            writer.start();
            ticks = Optional.of(writer);
        }
    }

    private Map<String, Object> clientSettings() {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        return settings;
    }

    /** Created, rebalancing or running, in Kafka's own words. */
    public KafkaStreams.State state() {
        return streams.state();
    }

    /** What stopped the application; empty while nothing did. */
    public Optional<Throwable> failure() {
        return failure;
    }

    /** The stores of this application, for those who answer questions. @param self as the setting {@code application.server} says */
    public TwinSource source(Instance self) {
        return new StreamsSource(streams, metrics, self, config.topics().readings().name());
    }

    /** Counters of what was done. */
    public MeterRegistry meters() {
        return meters;
    }

    @Override
    public void close() {
        ticks.ifPresent(TickWriter::close);
        renewal.close();
        // Leaving the group lets the next start, or another instance, take over at once instead of after the session timeout.
        streams.close(CloseOptions.timeout(CLOSE_TIMEOUT).withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
    }
}
