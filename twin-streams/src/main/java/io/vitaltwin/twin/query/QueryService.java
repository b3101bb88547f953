package io.vitaltwin.twin.query;

import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.privacy.Privacy;
import io.vitaltwin.schemas.streams.SealedClients;
import io.vitaltwin.twin.TwinApp;
import io.vitaltwin.twin.TwinConfig;
import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.adapter.disclosure.DisclosureGate;
import io.vitaltwin.twin.adapter.disclosure.KafkaConsents;
import io.vitaltwin.twin.adapter.disclosure.KafkaDisclosureLog;
import io.vitaltwin.twin.core.disclosure.Egress;
import io.vitaltwin.twin.core.disclosure.Viewer;
import io.vitaltwin.twin.query.Histories.Background;
import io.vitaltwin.twin.query.TwinSource.Found;
import io.vitaltwin.twin.topology.StoredTwins;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The query API of one instance: put together, started and closed in one place. The application itself is somebody else's. */
public final class QueryService implements AutoCloseable {

    private final TwinConfig config;
    private final SchemaIds ids;
    private final Privacy privacy;
    private final GateDesk gates;
    private final Histories histories;
    private final QueryServer server;

    private QueryService(TwinApp app, TwinConfig config, SchemaIds ids, QuerySettings settings) {
        Access access = Access.read(settings.tokens());
        this.config = config;
        this.ids = ids;
        this.privacy = SealedClients.in(config.kafka()).map(keys -> Privacy.on(keys.open())).orElseGet(Privacy::off);
        Topics topics = config.topics();
        StoredTwins stores = new StoredTwins(topics, ids, config.ruleSet().map(RuleSetFile::read).orElseGet(RuleSetFile::bundled));
        TwinSource source = app.source(settings.self());
        this.gates = new GateDesk(this::gate);
        this.histories = new Histories(this::consumer, topics, ids, privacy, patient -> background(source, stores, patient), Histories.MOST_READINGS);
        this.server = new QueryServer(settings, access, new TwinQueries(source, stores, gates, privacy), histories);
    }

    /**
     * Starts to answer; until the application runs, with 503.
     *
     * @param config with {@link QuerySettings#over}
     * @throws IllegalArgumentException if the tokens file cannot be used
     * @throws io.javalin.util.JavalinBindException if the port is taken
     */
    public static QueryService start(TwinApp app, TwinConfig config, SchemaIds ids, QuerySettings settings) {
        QueryService service = new QueryService(app, config, ids, settings);
        try {
            service.server.start();
            return service;
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }

    public int port() {
        return server.port();
    }

    /** Readings over time, for others in this process. Whoever asks brings a gate. */
    public Histories histories() {
        return histories;
    }

    private Background background(TwinSource source, StoredTwins stores, String patient) {
        String key = privacy.onTopics(patient);
        Optional<StoredTwins.Told> told = source.place(key).flatMap(place -> switch (source.active(key, place.partition())) {
            case Found.Twin twin -> Optional.of(stores.tell(key, place.partition(), twin.stored(), source.streamMillis(place.partition())));
            case Found.Nobody nobody -> Optional.empty();
            case Found.Unavailable unavailable -> Optional.empty();
        });
        return told.map(twin -> new Background(twin.plan(), Optional.of(twin.snapshot())))
                .orElseGet(() -> new Background(stores.plan(Optional.empty()), Optional.empty()));
    }

    private DisclosureGate gate(Viewer viewer) {
        Map<String, Object> writer = clientSettings();
        writer.put(ProducerConfig.ACKS_CONFIG, "all");
        writer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        writer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000L);
        writer.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        writer.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        writer.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        KafkaDisclosureLog log = new KafkaDisclosureLog(privacy.producer(writer), config.topics(), ids, privacy);
        try {
            return new DisclosureGate(Egress.QUERY_API, viewer, new KafkaConsents(consumer(), config.topics().consents(), ids, viewer, patient -> true), log,
                    InstantSource.system());
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    private Consumer<String, byte[]> consumer() {
        Map<String, Object> reader = clientSettings();
        reader.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        reader.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        reader.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        reader.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        reader.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return privacy.consumer(reader);
    }

    private Map<String, Object> clientSettings() {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        return settings;
    }

    @Override
    public void close() {
        server.close();
        gates.close();
        histories.close();
    }
}
