package io.vitaltwin.twin.topology;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Tick;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.twin.TwinConfig;
import io.vitaltwin.twin.TwinMetrics;
import io.vitaltwin.twin.adapter.RuleSetFile;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * From readings to one twin per patient and the alerts that follow: one sub-topology, no repartition, one commit. A second, small one finds devices that measure
 * two patients, who may be of two partitions: it reads what the first tells of devices, and the first reads what it finds.
 */
public final class TwinTopology {

    /** The store of the timers, for {@link #nextTimerMillis}. */
    public static final String TIMERS = TwinStores.TIMERS;

    private static final String GATE = "consent-gate";

    private final Topics topics;
    private final SchemaIds ids;
    private final GateProcessor.GateSettings settings;
    private final TwinMetrics metrics;
    private final Keeping keeping;

    public TwinTopology(TwinConfig config, SchemaIds ids) {
        this(config, ids, Keeping.ON_DISK);
    }

    public TwinTopology(TwinConfig config, SchemaIds ids, Keeping keeping) {
        this(config, ids, keeping, new TwinMetrics(new SimpleMeterRegistry()), () -> { });
    }

    /** @throws io.vitaltwin.twin.adapter.RuleSetProblem if the rule set file cannot be used */
    public TwinTopology(TwinConfig config, SchemaIds ids, TwinMetrics metrics) {
        this(config, ids, metrics, () -> { });
    }

    /**
     * @param onErasure called whenever a patient was forgotten, by a stream thread: must return at once
     * @throws io.vitaltwin.twin.adapter.RuleSetProblem if the rule set file cannot be used
     */
    public TwinTopology(TwinConfig config, SchemaIds ids, TwinMetrics metrics, Runnable onErasure) {
        this(config, ids, Keeping.ON_DISK, metrics, onErasure);
    }

    private TwinTopology(TwinConfig config, SchemaIds ids, Keeping keeping, TwinMetrics metrics, Runnable onErasure) {
        this.keeping = keeping;
        this.topics = config.topics();
        this.ids = ids;
        this.metrics = metrics;
        this.settings = new GateProcessor.GateSettings(topics,
                new AvroSerde<>(topics.patients(), ids), new AvroSerde<>(topics.readings(), ids),
                config.ruleSet().map(RuleSetFile::read).orElseGet(RuleSetFile::bundled)
                        .watched((rule, problem) -> metrics.customRuleFailed(rule, problem.name())), config.snapshotInterval(), metrics, onErasure, Optional.empty());
    }

    /** Patients, and the devices that they share. */
    public Topology build() {
        Topology topology = buildPatients();
        read(topology, Inputs.ofDevices(topics));
        topology.addProcessor(SharedDeviceProcessor.NAME, SharedDeviceProcessor::new, "device-sightings");
        topology.addStateStore(TwinStores.byText(TwinStores.DEVICES, keeping), SharedDeviceProcessor.NAME);
        write(topology, SharedDeviceProcessor.SHARINGS, topics.deviceSharings(), SharedDeviceProcessor.NAME);
        topology.addSink(SharedDeviceProcessor.DEAD_LETTERS, topics.deadLetters().name(), new StringSerializer(), new ByteArraySerializer(),
                SharedDeviceProcessor.NAME);
        return topology;
    }

    /**
     * Patients alone, for a replay: which devices they share is then read from the log and not found again. Steps read top to bottom, as
     * records flow.
     */
    public Topology buildPatients() {
        Topology topology = new Topology();
        readInputs(topology, topics.ticks(), true);
        topology.addProcessor(GATE, () -> new GateProcessor(settings), "readings", "patients", "consents", "reports", "device-sharings", "ticks",
                "erasure-orders");
        addSteps(topology);
        keepState(topology);
        writeOutputs(topology);
        return topology;
    }

    private void addSteps(Topology topology) {
        topology.addProcessor(GateProcessor.NEXT, () -> new QualityProcessor(topics.readings().name(), metrics), GATE);
        topology.addProcessor(QualityProcessor.NEXT, TwinProcessor::new, GateProcessor.NEXT);
        topology.addProcessor(TwinProcessor.NEXT, () -> new RuleProcessor(topics.readings().name(), metrics), QualityProcessor.NEXT);
    }

    /**
     * Patients alone, over a part of the log, with outputs of their own: see {@link Shadow}. Steps read top to bottom, as records flow.
     */
    public Topology buildShadow(Shadow shadow) {
        Topology topology = new Topology();
        boolean asKnownThen = shadow.consents().isEmpty();
        readInputs(topology, shadow.outputs().ticks(), asKnownThen);
        List<String> sources = List.of("readings", "patients", "reports", "device-sharings", "ticks", "erasure-orders");
        topology.addProcessor(ShadowRange.NAME, () -> new ShadowRange(shadow), Stream.concat(sources.stream(), asKnownThen ? Stream.of("consents") : Stream.empty())
                .toArray(String[]::new));
        GateProcessor.GateSettings gate = shadow.consents().map(settings::with).orElse(settings);
        topology.addProcessor(GATE, () -> new GateProcessor(gate), ShadowRange.NAME);
        addSteps(topology);
        keepState(topology);
        writeShadow(topology, shadow);
        return topology;
    }

    /**
     * From which stream time on a timer fires.
     *
     * @param timers store of one task
     * @return Long.MAX_VALUE when none is set: time alone changes nothing then
     */
    public static long nextTimerMillis(ReadOnlyKeyValueStore<Bytes, byte[]> timers) {
        try (KeyValueIterator<Bytes, byte[]> all = timers.all()) {
            return all.hasNext() ? ByteBuffer.wrap(all.next().key.get()).getLong() + GateProcessor.LOOK_BACK_MILLIS : Long.MAX_VALUE;
        }
    }

    private void readInputs(Topology topology, Topic<Tick> ticks, boolean withConsents) {
        Inputs.ofPatients(topics, ticks).stream().filter(input -> withConsents || !input.topic().equals(topics.consents())).forEach(input -> read(topology, input));
    }

    private void read(Topology topology, Inputs.Input<?> input) {
        topology.addSource(input.source(), new StringDeserializer(), input.deserializer(ids), input.topic().name());
    }

    private void keepState(Topology topology) {
        for (String store : TwinStores.BY_PATIENT) {
            topology.addStateStore(TwinStores.byText(store, keeping), GATE);
        }
        topology.addStateStore(TwinStores.timers(keeping), GATE);
    }

    private void writeOutputs(Topology topology) {
        write(topology, RuleProcessor.ALERTS, topics.alerts(), TwinProcessor.NEXT);
        write(topology, QualityProcessor.FLAGS, topics.qualityFlags(), GateProcessor.NEXT);
        write(topology, GateProcessor.VIOLATIONS, topics.violations(), GATE);
        write(topology, GateProcessor.SNAPSHOTS, topics.twins(), GATE);
        write(topology, GateProcessor.DISCLOSURES, topics.disclosures(), GATE);
        write(topology, GateProcessor.NOTIFICATIONS, topics.notifications(), GATE);
        write(topology, GateProcessor.SIGHTINGS, topics.deviceSightings(), GATE);
        String deadLetters = topics.deadLetters().name();
        topology.addSink(GateProcessor.DEAD_LETTERS, deadLetters, new StringSerializer(), new ByteArraySerializer(), GATE);
        topology.addSink(QualityProcessor.DEAD_LETTERS, deadLetters, new StringSerializer(), new ByteArraySerializer(), GateProcessor.NEXT);
    }

    /** A replay tells nobody anything, and what it does not need is not written at all. */
    private void writeShadow(Topology topology, Shadow shadow) {
        topology.addProcessor(RuleProcessor.ALERTS, () -> new ShadowAlerts(shadow), TwinProcessor.NEXT);
        topology.connectProcessorAndStateStores(RuleProcessor.ALERTS, TwinStores.CONSENTS);
        write(topology, ShadowAlerts.ALERTS, shadow.outputs().alerts(), RuleProcessor.ALERTS);
        write(topology, ShadowAlerts.DISCLOSURES, topics.disclosures(), RuleProcessor.ALERTS);
        write(topology, ShadowAlerts.REFUSALS, topics.violations(), RuleProcessor.ALERTS);
        topology.addProcessor(GateProcessor.VIOLATIONS, () -> new ShadowViolations(shadow), GATE);
        write(topology, ShadowViolations.VIOLATIONS, shadow.outputs().violations(), GateProcessor.VIOLATIONS);
        for (String unneeded : List.of(GateProcessor.SNAPSHOTS, GateProcessor.DISCLOSURES, GateProcessor.NOTIFICATIONS, GateProcessor.SIGHTINGS,
                GateProcessor.DEAD_LETTERS)) {
            topology.addProcessor(unneeded, ShadowNothing::new, GATE);
        }
        topology.addProcessor(QualityProcessor.FLAGS, ShadowNothing::new, GateProcessor.NEXT);
        topology.addProcessor(QualityProcessor.DEAD_LETTERS, ShadowNothing::new, GateProcessor.NEXT);
    }

    private <T extends SpecificRecord> void write(Topology topology, String name, Topic<T> topic, String from) {
        topology.addSink(name, topic.name(), new StringSerializer(), new AvroSerde<>(topic, ids), from);
    }
}
