package io.vitaltwin.standalone;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A Kafka broker and controller (KRaft) in this JVM, on 127.0.0.1 only. {@link #start} returns when it serves; a restart on the same
 * folder finds everything that was written.
 *
 * <p>A fault inside Kafka never ends the JVM: it is kept as {@link #failure()}, and the owner decides. Kafka's exit procedures are one
 * per JVM and do not say which broker called them, so with several brokers each of them reports the fault.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final int ATTEMPTS = 3;
    private static final Set<EmbeddedBroker> RUNNING = ConcurrentHashMap.newKeySet();

    private final BrokerPorts ports;
    private final KafkaRaftServer server;
    private final FolderLock lock;
    private volatile @Nullable BrokerException failure;

    private EmbeddedBroker(BrokerPorts ports, KafkaRaftServer server, FolderLock lock) {
        this.ports = ports;
        this.server = server;
        this.lock = lock;
    }

    /**
     * Starts a broker and waits until it serves.
     *
     * @throws BrokerException if it cannot start: the folder is in use or not writable, the port is taken, the data cannot be read
     */
    public static EmbeddedBroker start(BrokerSettings settings) {
        catchExits();
        FolderLock lock = FolderLock.of(settings.folder());
        try {
            format(settings);
            return start(settings, lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static EmbeddedBroker start(BrokerSettings settings, FolderLock lock) {
        BrokerPorts ports = BrokerPorts.choose(settings);
        for (int attempt = 1;; attempt++) {
            try {
                KafkaRaftServer server = startKafka(settings, ports);
                ports.keepIn(settings.folder());
                EmbeddedBroker broker = new EmbeddedBroker(ports, server, lock);
                RUNNING.add(broker);
                return broker;
            } catch (BrokerException e) {
                // Between choosing a free port and using it, somebody else may have taken it.
                if (attempt == ATTEMPTS || !causedBy(e, BindException.class)) {
                    throw e;
                }
                ports = BrokerPorts.fresh(settings);
            }
        }
    }

    private static KafkaRaftServer startKafka(BrokerSettings settings, BrokerPorts ports) {
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings.toKafka(ports), false), Time.SYSTEM);
        try {
            server.startup();
            return server;
        } catch (Throwable e) { // Kafka throws whatever it met, checked or not; every kind means: not started
            server.shutdown();
            server.awaitShutdown();
            throw new BrokerException("the embedded broker cannot start in " + settings.folder() + ": " + rootOf(e).getMessage(), e);
        }
    }

    /** {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return BrokerSettings.HOST + ":" + ports.broker();
    }

    public int port() {
        return ports.broker();
    }

    /** The fault that would have ended a broker of its own; empty while none happened. A broker with a failure serves no more. */
    public Optional<BrokerException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Stops cleanly, in less than five seconds. A second call does nothing. */
    @Override
    public void close() {
        if (RUNNING.remove(this)) {
            server.shutdown();
            server.awaitShutdown();
            lock.close();
        }
    }

    private static void format(BrokerSettings settings) {
        Path logs = settings.logFolder();
        if (Files.exists(logs.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(logs);
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setDirectories(List.of(logs.toString()))
                    .setMetadataLogDirectory(logs.toString())
                    .setControllerListenerName(BrokerSettings.CONTROLLER)
                    .run();
        } catch (Exception e) { // the formatter declares no narrower type
            throw new BrokerException("cannot prepare " + logs + " for a broker (" + e.getMessage() + "); choose a folder that can be written", e);
        }
    }

    private static synchronized void catchExits() {
        Exit.setExitProcedure((status, message) -> refuse("exit", status, message));
        Exit.setHaltProcedure((status, message) -> refuse("halt", status, message));
    }

    /** Never returns, as the caller expects of an exit: the thread that asked for it ends, the JVM stays. */
    private static void refuse(String how, int status, @Nullable String message) {
        BrokerException fault = new BrokerException("the broker asked for " + how + " " + status
                + (message == null ? "" : ": " + message) + "; its log says why");
        for (EmbeddedBroker broker : RUNNING) {
            if (broker.failure == null) {
                broker.failure = fault;
            }
        }
        throw fault;
    }

    private static boolean causedBy(Throwable problem, Class<? extends Throwable> type) {
        return problem.getCause() != null && (type.isInstance(problem.getCause()) || causedBy(problem.getCause(), type));
    }

    private static Throwable rootOf(Throwable problem) {
        return problem.getCause() == null ? problem : rootOf(problem.getCause());
    }
}
