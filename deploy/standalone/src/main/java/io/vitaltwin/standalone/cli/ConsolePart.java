package io.vitaltwin.standalone.cli;

import io.vitaltwin.alerts.adapter.ActionTopic;
import io.vitaltwin.alerts.adapter.ClusterProbe;
import io.vitaltwin.alerts.adapter.ConsoleFeed;
import io.vitaltwin.alerts.console.Console;
import io.vitaltwin.alerts.console.OpsView;
import io.vitaltwin.alerts.console.TrendSource;
import io.vitaltwin.alerts.console.Visitor;
import io.vitaltwin.alerts.console.Ward;
import io.vitaltwin.alerts.web.ConsoleServer;
import io.vitaltwin.alerts.web.ServerSettings;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.privacy.Privacy;
import io.vitaltwin.twin.adapter.disclosure.KafkaDisclosureLog;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The console with all that it needs of a cluster: feed, gate, logs and server. Closing twice is closing once. */
public final class ConsolePart implements AutoCloseable {

    /** Asking a cluster for lags is not for every page that looks. Project default, no source. */
    private static final Duration OPS_AGE = Duration.ofSeconds(2);
    private static final int FETCH_WAIT_MILLIS = 20;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final ConsoleFeed feed;
    private final ConsoleServer server;
    private final Optional<String> firstPassword;

    private ConsolePart(ClusterOptions cluster, ServerSettings settings, List<String> groups) {
        Topics topics = cluster.topics();
        Privacy privacy = cluster.privacy();
        try {
            var consents = new ConsoleConsents(privacy.consumer(asked(cluster)), topics.consents(), cluster.schemaIds());
            var log = new KafkaDisclosureLog(privacy.producer(cluster.writerProperties()), topics, cluster.schemaIds(), privacy);
            var gate = add(new ConsoleGate(consents, log, InstantSource.system()));
            var ward = new Ward(InstantSource.system());
            var console = new Console(ward, gate, epoch());
            gate.start();
            var probe = add(new ClusterProbe(Admin.create(cluster.clientProperties()), cluster.bootstrapServer()));
            feed = add(new ConsoleFeed(privacy.consumer(cluster.readerProperties()), probe::newestTimes, topics, cluster.schemaIds(), privacy, ward));
            var actions = add(new ActionTopic(privacy.producer(cluster.writerProperties()), topics.alertActions(), cluster.schemaIds(), privacy));
            TrendSource trends = add(new ConsoleTrends(cluster, gate, ward));
            var ops = new Remembered(() -> ward.counts().view(probe.lag(groups), probe.size(topics.deadLetters().name())));
            server = add(new ConsoleServer(settings, ConsoleServer.Parts.of(console, actions, new ConsoleRecords(cluster), Optional.of(trends), ops::get, feed::isReady)));
            feed.start();
            firstPassword = server.start();
        } catch (RuntimeException e) {
            closeAfter(e);
            throw e;
        }
    }

    /**
     * Listens when this returns; the logs may still be read: see {@link #isReady}.
     *
     * @param groups consumer groups whose lag is shown to who runs the system
     * @throws RuntimeException if a part cannot start; the message says what to do
     */
    public static ConsolePart start(ClusterOptions cluster, ServerSettings settings, List<String> groups) {
        return new ConsolePart(cluster, settings, groups);
    }

    /**
     * A broker answers the requests of one connection one after the other: who asks for the end of the log waits for the fetch that waits for records, and
     * by Kafka's own default that takes half a second.
     */
    private static Map<String, Object> asked(ClusterOptions cluster) {
        Map<String, Object> settings = new HashMap<>(cluster.readerProperties());
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        return settings;
    }

    /** Tells positions of this run from those of others. */
    private static String epoch() {
        byte[] bytes = new byte[6];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Counts that are as old as they may be. */
    private static final class Remembered {

        private final Supplier<OpsView> source;
        private Optional<OpsView> last = Optional.empty();
        private long readNanos;

        private Remembered(Supplier<OpsView> source) {
            this.source = source;
        }

        private synchronized OpsView get() {
            if (last.isEmpty() || System.nanoTime() - readNanos > OPS_AGE.toNanos()) {
                last = Optional.of(source.get());
                readNanos = System.nanoTime();
            }
            return last.orElseThrow();
        }
    }

    public URI uri() {
        return server.uri();
    }

    /** Of the account {@code admin} that was made, to be shown once; empty: there were accounts. */
    public Optional<String> firstPassword() {
        return firstPassword;
    }

    /** A code that signs this visitor in once. */
    public String oneTimeCode(Visitor visitor) {
        return server.oneTimeCode(visitor);
    }

    public boolean isReady() {
        return feed.isReady();
    }

    /** What stopped the reading of topics; empty while nothing did. */
    public Optional<Throwable> failure() {
        return feed.failure();
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

    @Override
    public synchronized void close() {
        RuntimeException problem = new IllegalStateException("the console did not stop cleanly");
        closeAfter(problem);
        if (problem.getSuppressed().length > 0) {
            throw problem;
        }
    }
}
