package io.vitaltwin.standalone;

import io.vitaltwin.alerts.AlertsApp;
import io.vitaltwin.alerts.AlertsConfig;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.registry.RegistryEndpoint;
import io.vitaltwin.twin.TwinApp;
import io.vitaltwin.twin.TwinConfig;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.KafkaStreams;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Broker, topics, schema registry, twin and the workflow of alerts in this JVM, started in this order and closed in the reverse one. Whoever owns it asks {@link #failure()}
 * now and then: no part of it ends the JVM.
 */
public final class EmbeddedStack implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(20);

    private final StackSettings settings;
    private final SchemaIds ids = new BundledSchemaIds();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final EmbeddedBroker broker;
    private final Optional<RegistryEndpoint> registry;
    private final Optional<TwinApp> twin;
    private final Optional<AlertsApp> alerts;

    private EmbeddedStack(StackSettings settings) {
        this.settings = settings;
        try {
            this.broker = add(EmbeddedBroker.start(settings.broker()));
            createTopics();
            this.registry = settings.registryPort().stream().mapToObj(port -> add(new RegistryEndpoint(port, settings.topics()).start()))
                    .findFirst();
            this.twin = settings.twin().map(changes -> add(new TwinApp(changes.apply(twinDefaults()), ids)));
            this.alerts = settings.alerts().map(changes -> add(new AlertsApp(changes.apply(alertsDefaults()), ids)));
            twin.ifPresent(TwinApp::start);
            alerts.ifPresent(AlertsApp::start);
        } catch (RuntimeException e) {
            closeAfter(e);
            throw e;
        }
    }

    /**
     * Starts everything that the settings name. The broker serves and the topics exist when this returns; the twin may still be on its way:
     * see {@link #awaitRunning}.
     *
     * @throws BrokerException if the broker cannot start
     * @throws java.io.UncheckedIOException if the registry's port is taken
     */
    public static EmbeddedStack start(StackSettings settings) {
        return new EmbeddedStack(settings);
    }

    /** {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public EmbeddedBroker broker() {
        return broker;
    }

    public Topics topics() {
        return settings.topics();
    }

    public SchemaIds schemaIds() {
        return ids;
    }

    /** Empty when the settings ask for none. */
    public Optional<TwinApp> twin() {
        return twin;
    }

    /** Empty when the settings ask for none. */
    public Optional<AlertsApp> alerts() {
        return alerts;
    }

    /** Where the schema registry answers; empty when the settings ask for none. */
    public Optional<URI> registryUri() {
        return registry.map(RegistryEndpoint::uri);
    }

    /** A new admin client to the broker; the caller closes it. */
    public Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
    }

    /**
     * Waits until the twin runs: its tasks are assigned and restored.
     *
     * @throws IllegalStateException if there is no twin, if a part dies meanwhile, or when the time is over
     */
    public void awaitRunning(Duration atMost) {
        TwinApp app = twin.orElseThrow(() -> new IllegalStateException("this stack has no twin to wait for"));
        long end = System.nanoTime() + atMost.toNanos();
        while (app.state() != KafkaStreams.State.RUNNING) {
            failure().ifPresent(cause -> {
                throw new IllegalStateException("the embedded stack died while starting: " + cause.getMessage(), cause);
            });
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("the twin does not run after " + atMost.toSeconds() + " s; it is " + app.state());
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** What ended the broker, the twin or the workflow of alerts; empty while all are well. */
    public Optional<Throwable> failure() {
        Optional<Throwable> ofBroker = broker.failure().map(Throwable.class::cast);
        return ofBroker.or(() -> twin.flatMap(TwinApp::failure)).or(() -> alerts.flatMap(AlertsApp::failure));
    }

    /** Stops everything, the newest part first. A second call does nothing. */
    @Override
    public void close() {
        RuntimeException problem = new IllegalStateException("the embedded stack did not stop cleanly");
        closeAfter(problem);
        if (problem.getSuppressed().length > 0) {
            throw problem;
        }
    }

    /** Where the twin of a stack in this folder keeps its state. */
    static Path stateFolder(StackSettings settings) {
        Path parent = settings.broker().folder().toAbsolutePath().getParent();
        return (parent == null ? settings.broker().folder() : parent).resolve("state");
    }

    private TwinConfig twinDefaults() {
        return TwinConfig.of(bootstrapServers(), settings.topics(), stateFolder(settings));
    }

    private AlertsConfig alertsDefaults() {
        return AlertsConfig.of(bootstrapServers(), settings.topics(), stateFolder(settings));
    }

    private void createTopics() {
        try (Admin admin = admin()) {
            TopicAdmin topicAdmin = new TopicAdmin(admin, settings.topics(), settings.clock());
            topicAdmin.apply();
            List<TopicDifference> left = topicAdmin.plan();
            if (!left.isEmpty()) {
                TopicDifference first = left.getFirst();
                throw new BrokerException("topic " + first.topic() + " in " + settings.broker().folder() + " has " + first.setting() + " "
                        + first.found() + ", not " + first.wanted() + "; choose another folder");
            }
        }
    }

    private <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    private void closeAfter(RuntimeException problem) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) { // every part is closed, whatever the others say; what they say is kept
                problem.addSuppressed(e);
            }
        }
    }
}
