package io.vitaltwin.alerts;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitaltwin.alerts.adapter.BoundedRocksDb;
import io.vitaltwin.alerts.adapter.LogEnd;
import io.vitaltwin.alerts.core.Policy;
import io.vitaltwin.alerts.topology.LiveFrom;
import io.vitaltwin.alerts.topology.WorkflowTopology;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.streams.InputTopics;
import io.vitaltwin.schemas.streams.ThreadRenewal;
import io.vitaltwin.schemas.streams.TopologyShape;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The workflow application. The twin writes the ticks that are its clock. Start once, close once. */
public final class AlertsApp implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(AlertsApp.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final AlertsConfig config;
    private final MeterRegistry meters;
    private final KafkaStreams streams;
    private final ThreadRenewal renewal;
    private volatile Optional<Throwable> failure = Optional.empty();

    public AlertsApp(AlertsConfig config, SchemaIds ids) {
        this(config, ids, new SimpleMeterRegistry());
    }

    public AlertsApp(AlertsConfig config, SchemaIds ids, MeterRegistry meters) {
        this.config = config;
        this.meters = meters;
        LiveFrom liveFrom = config.catchUp() ? new LogEnd(clientSettings(config), config.topics(), config.bootstrapServers()) : LiveFrom.ALWAYS;
        this.renewal = new ThreadRenewal(this::streams, config.threads(), BoundedRocksDb::rewriteOnOpen);
        Topology topology = new WorkflowTopology(config.topics(), ids, Policy.defaults(), liveFrom, new AlertsMetrics(meters), () -> renewal.ask()).build();
        this.streams = new KafkaStreams(topology, TopologyShape.mark(config.streamsProperties(), topology));
        streams.setUncaughtExceptionHandler(this::stop);
    }

    private KafkaStreams streams() {
        return streams;
    }

    /** A bug must be seen: the application stops, and says so. */
    private StreamThreadExceptionResponse stop(Throwable problem) {
        failure = Optional.of(problem);
        LOGGER.atError().addKeyValue("reason", problem.getClass().getSimpleName()).log("the workflow of alerts stops");
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** @throws IllegalStateException if the input topics are not as they must be; the message says what to do */
    public void start() {
        try (Admin admin = Admin.create(clientSettings(config))) {
            InputTopics.checkCoPartitioned(admin, config.topics().workflowInputs(), config.bootstrapServers());
        }
        streams.start();
    }

    private static Map<String, Object> clientSettings(AlertsConfig config) {
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

    /** Counters of what was done. */
    public MeterRegistry meters() {
        return meters;
    }

    @Override
    public void close() {
        renewal.close();
        // Leaving the group lets the next start, or another instance, take over at once instead of after the session timeout.
        streams.close(CloseOptions.timeout(CLOSE_TIMEOUT).withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
    }
}
