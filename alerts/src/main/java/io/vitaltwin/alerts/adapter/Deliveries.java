package io.vitaltwin.alerts.adapter;

import io.vitaltwin.alerts.AlertsConfig;
import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.delivery.DeliveryMetrics;
import io.vitaltwin.alerts.delivery.DisclosureDecision;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.privacy.Privacy;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Delivers what the workflow plans: one thread chooses the channels, and each channel has a thread, a consumer group and clients of its own, so that one
 * that hangs holds up no other. Start once, close once.
 */
public final class Deliveries implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Deliveries.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);
    /** How long the messages of a process that was killed wait for another. Project default, no source. */
    private static final int SESSION_TIMEOUT_MILLIS = 10_000;

    private final AlertsConfig config;
    private final Privacy privacy;
    private final List<Channel> channels;
    private final CurrentAlerts alerts;
    private final StepRouter router;
    private final List<ChannelWorker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile Optional<Throwable> failure = Optional.empty();

    /**
     * @param channels those that are set up; closed here
     * @param disclosure asked before each message
     * @throws io.vitaltwin.schemas.privacy.VaultProblem when the vault cannot be opened
     */
    public Deliveries(AlertsConfig config, SchemaIds ids, DeliverySettings settings, List<Channel> channels, DisclosureDecision disclosure,
            InstantSource clock, DeliveryMetrics metrics) {
        this.config = config;
        this.privacy = config.privacy().map(keys -> Privacy.on(keys.open())).orElseGet(Privacy::off);
        this.channels = List.copyOf(channels);
        var topic = config.topics().notifications();
        this.alerts = new CurrentAlerts(privacy.consumer(reader()), config.topics().worklist(), ids);
        var told = new ToldAlerts(privacy.consumer(reader()), topic, ids, clock, metrics);
        this.router = new StepRouter(consumer("router"), transactional(), new LogRecords<>(topic, ids, metrics),
                new LogRecords<>(config.topics().alertWorkflow(), ids, metrics), told, ways(settings), clock, metrics);
        for (Channel channel : channels) {
            var sender = new Sender(channel, settings, alerts, disclosure, clock);
            workers.add(new ChannelWorker(channel.name(), consumer(channel.name()), privacy.producer(writer()), topic, ids, sender, clock, metrics));
        }
    }

    private StepRouter.Ways ways(DeliverySettings settings) {
        return new StepRouter.Ways(settings.contacts(), channels.stream().map(Channel::name).collect(Collectors.toSet()),
                channels.stream().filter(Channel::follows).map(Channel::name).collect(Collectors.toSet()), settings.backoff().giveUp());
    }

    public void start() {
        run("router", router);
        for (int i = 0; i < workers.size(); i++) {
            run(channels.get(i).name(), workers.get(i));
        }
    }

    private void run(String name, Runnable work) {
        Thread thread = new Thread(work, "deliver-" + name);
        thread.setUncaughtExceptionHandler((same, problem) -> {
            failure = Optional.of(problem);
            LOGGER.atError().addKeyValue("channel", name).addKeyValue("reason", problem.getClass().getSimpleName()).log("the delivery of notifications stops");
        });
        threads.add(thread);
        thread.start();
    }

    /** What stopped a thread; empty while nothing did. */
    public Optional<Throwable> failure() {
        return failure;
    }

    private Map<String, Object> client() {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        return settings;
    }

    private Map<String, Object> reader() {
        Map<String, Object> settings = client();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return settings;
    }

    private Consumer<String, byte[]> consumer(String part) {
        Map<String, Object> settings = reader();
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.applicationId() + "-deliver-" + part);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
        return privacy.consumer(settings);
    }

    private Map<String, Object> writer() {
        Map<String, Object> settings = client();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return settings;
    }

    /** Zombies are fenced by the group that the offsets are committed for, so the id need not be the same after a restart. */
    private Producer<String, byte[]> transactional() {
        Map<String, Object> settings = writer();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, config.applicationId() + "-deliver-router-" + UUID.randomUUID());
        return privacy.producer(settings);
    }

    /** Waits for messages that are on their way, no longer than their channels' timeouts. */
    @Override
    public void close() {
        router.stop();
        workers.forEach(ChannelWorker::stop);
        long deadline = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        alerts.close();
        channels.forEach(Channel::close);
    }
}
