package io.vitaltwin.twin.replay;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.streams.InputTopics;
import io.vitaltwin.twin.TwinConfig;
import io.vitaltwin.twin.TwinMetrics;
import io.vitaltwin.twin.core.baseline.Usual;
import io.vitaltwin.twin.topology.Shadow;
import io.vitaltwin.twin.topology.TwinTopology;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The shadow of the twin: an application of its own over the same inputs. It begins where its group stands, so a part of the log is chosen by
 * setting the group's offsets before, and goes on there after a kill. Start once, close once.
 */
public final class ShadowApp implements AutoCloseable {

    /** How far back a replay begins unless told otherwise: the longest baseline. */
    public static final Duration LONGEST_BASELINE = Duration.ofDays(Usual.DAYS);

    private static final Logger LOGGER = LoggerFactory.getLogger(ShadowApp.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);
    /** Nobody reads snapshots of a replay: making one a second would only take time. */
    private static final Duration SNAPSHOTS = Duration.ofHours(1);
    /** Nobody waits for one alert of a replay: fewer, larger transactions. A killed one is missed soon. Project defaults, no source. */
    private static final Map<String, String> SETTINGS = Map.of(
            StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "1000",
            StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), "6000",
            StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), "1500");

    private final TwinConfig config;
    private final Optional<ConsentsNow> consents;
    private final KafkaStreams streams;
    private volatile Optional<Throwable> failure = Optional.empty();

    private ShadowApp(TwinConfig config, SchemaIds ids, Shadow shadow, Optional<ConsentsNow> consents) {
        this.config = config;
        this.consents = consents;
        TwinTopology topology = new TwinTopology(config, ids, new TwinMetrics(new SimpleMeterRegistry()));
        this.streams = new KafkaStreams(topology.buildShadow(shadow), config.streamsProperties());
        streams.setUncaughtExceptionHandler(this::stop);
    }

    /** As consents were known when each record came: an audit. */
    public static ShadowApp audit(TwinConfig twin, String applicationId, SchemaIds ids, Shadow shadow) {
        return new ShadowApp(config(twin, applicationId), ids, shadow, Optional.empty());
    }

    /** As consents are known now. @throws IllegalStateException if they cannot all be read */
    public static ShadowApp now(TwinConfig twin, String applicationId, SchemaIds ids, Shadow shadow) {
        TwinConfig config = config(twin, applicationId);
        Map<String, Object> reader = clientSettings(config);
        reader.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        reader.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        ConsentsNow consents = new ConsentsNow(reader, twin.topics().consents(), ids, shadow.replayedAt());
        try {
            consents.catchUp();
            Shadow asked = new Shadow(shadow.name(), shadow.outputs(), shadow.from(), shadow.to(), shadow.patients(), shadow.viewer(),
                    Optional.of(consents::of), shadow.replayedAt());
            return new ShadowApp(config, ids, asked, Optional.of(consents));
        } catch (RuntimeException e) {
            consents.close();
            throw e;
        }
    }

    private static TwinConfig config(TwinConfig twin, String applicationId) {
        Map<String, String> kafka = new HashMap<>(SETTINGS);
        kafka.putAll(twin.kafka());
        return new TwinConfig(applicationId, twin.bootstrapServers(), twin.topics(), twin.stateDir(), twin.threads(), Duration.ZERO, twin.ruleSet(),
                SNAPSHOTS, kafka);
    }

    private static Map<String, Object> clientSettings(TwinConfig config) {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        return settings;
    }

    private StreamThreadExceptionResponse stop(Throwable problem) {
        failure = Optional.of(problem);
        LOGGER.atError().addKeyValue("reason", problem.getClass().getSimpleName()).log("the replay stops");
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** @throws IllegalStateException if the input topics are not as they must be; the message says what to do */
    public void start() {
        try (Admin admin = Admin.create(clientSettings(config))) {
            InputTopics.checkCoPartitioned(admin, config.topics().topologyInputs(), config.bootstrapServers());
        }
        streams.start();
    }

    /**
     * Lets a withdrawal that was committed meanwhile hold. To be called again and again by one thread.
     *
     * @throws IllegalStateException if the consents cannot be read
     */
    public void followConsents() {
        consents.ifPresent(ConsentsNow::catchUp);
    }

    /** What stopped it; empty while nothing did. */
    public Optional<Throwable> failure() {
        return failure;
    }

    public KafkaStreams.State state() {
        return streams.state();
    }

    /** Ends it and keeps its state, so that it can go on. */
    @Override
    public void close() {
        try {
            streams.close(CloseOptions.timeout(CLOSE_TIMEOUT).withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
        } finally {
            consents.ifPresent(ConsentsNow::close);
        }
    }

    /** Ends it and removes its state from this machine. */
    public void closeAndCleanUp() {
        close();
        streams.cleanUp();
    }
}
