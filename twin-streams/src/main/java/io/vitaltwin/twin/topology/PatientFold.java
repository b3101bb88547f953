package io.vitaltwin.twin.topology;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.streams.TopicDeserializer;
import io.vitaltwin.twin.TwinMetrics;
import io.vitaltwin.twin.core.rules.News2Rules;
import io.vitaltwin.twin.core.rules.RuleSet;
import io.vitaltwin.twin.core.rules.Turn;
import io.vitaltwin.twin.core.state.TwinState;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One patient's log folded in this process by the very processors of the topology, with maps for stores: the same log gives the same alerts, violations, flags
 * and snapshots, and the same twin. Ticks need not be played: {@link #advanceTo} lets happen what time alone brings about, each thing as of its own time.
 * Not for use by several threads.
 */
public final class PatientFold {

    /**
     * What a fold is made with; may be shared by any number of folds of one thread.
     *
     * @param snapshotInterval as in {@link io.vitaltwin.twin.TwinConfig}
     */
    public record Settings(Topics topics, SchemaIds ids, RuleSet rules, Duration snapshotInterval) {

        /** Longer than any log. */
        private static final Duration NEVER = Duration.ofDays(365_000);

        public Settings withRules(RuleSet others) {
            return new Settings(topics, ids, others, snapshotInterval);
        }

        /** The same for whoever reads no snapshots: none is due. All else comes out as before; the stored twin remembers no snapshots. */
        public Settings withoutSnapshots() {
            return new Settings(topics, ids, rules, NEVER);
        }
    }

    private final String patient;
    private final int partition;
    private final Settings settings;
    private final Consumer<Written> outputs;
    private final Map<String, MapStore<String>> byText = new LinkedHashMap<>();
    private final MapStore<Bytes> timers;
    private final Map<String, StateStore> stores = new HashMap<>();
    private final Map<String, TopicDeserializer<?, Incoming>> inputs = new HashMap<>();
    private final Map<String, Processor<String, Object, String, Object>> steps = new HashMap<>();
    private final Map<String, String> sinks;
    private final Changes changes;
    private final AvroSerde<PatientContext> plans;
    private final GateProcessor gate;
    private final FoldContext gateContext;
    private Optional<RecordMetadata> metadata = Optional.empty();
    private long nowMillis = Long.MIN_VALUE;

    /**
     * A twin of which nothing is known yet.
     *
     * @param patient pseudonym as it is on the topics
     * @param partition of the patient's records
     * @param outputs takes what would have been written, in order
     */
    public PatientFold(String patient, int partition, Settings settings, Consumer<Written> outputs) {
        this(patient, partition, settings, outputs, Changes.NONE, Map.of(), new MapStore<>(TwinStores.TIMERS));
    }

    private PatientFold(String patient, int partition, Settings settings, Consumer<Written> outputs, Changes changes,
            Map<String, MapStore<String>> known, MapStore<Bytes> timers) {
        this.patient = patient;
        this.partition = partition;
        this.settings = settings;
        this.outputs = outputs;
        this.changes = changes;
        this.timers = timers;
        this.plans = new AvroSerde<>(settings.topics().patients(), settings.ids());
        this.sinks = sinks(settings.topics());
        for (String name : TwinStores.BY_PATIENT) {
            byText.put(name, known.containsKey(name) ? known.get(name).copy() : new MapStore<>(name));
        }
        stores.putAll(byText);
        stores.put(TwinStores.TIMERS, timers);
        Inputs.ofPatients(settings.topics()).forEach(input -> inputs.put(input.topic().name(), input.deserializer(settings.ids())));
        TwinMetrics metrics = new TwinMetrics(new SimpleMeterRegistry());
        String readings = settings.topics().readings().name();
        step(GateProcessor.NEXT, new QualityProcessor(readings, metrics));
        step(QualityProcessor.NEXT, new TwinProcessor());
        step(TwinProcessor.NEXT, new RuleProcessor(readings, metrics));
        this.gate = new GateProcessor(new GateProcessor.GateSettings(settings.topics(), plans, new AvroSerde<>(settings.topics().readings(), settings.ids()),
                settings.rules(), settings.snapshotInterval(), metrics, () -> { }, Optional.empty()));
        this.gateContext = context();
        gate.init(gateContext);
    }

    private void step(String name, Processor<String, Object, String, Object> processor) {
        processor.init(context());
        steps.put(name, processor);
    }

    private FoldContext context() {
        return new FoldContext(partition, stores, () -> nowMillis, () -> metadata, this::forward);
    }

    private static Map<String, String> sinks(Topics topics) {
        return Map.of(RuleProcessor.ALERTS, topics.alerts().name(), QualityProcessor.FLAGS, topics.qualityFlags().name(),
                GateProcessor.VIOLATIONS, topics.violations().name(), GateProcessor.SNAPSHOTS, topics.twins().name(),
                GateProcessor.DISCLOSURES, topics.disclosures().name(), GateProcessor.NOTIFICATIONS, topics.notifications().name(),
                GateProcessor.SIGHTINGS, topics.deviceSightings().name(), GateProcessor.DEAD_LETTERS, topics.deadLetters().name(),
                QualityProcessor.DEAD_LETTERS, topics.deadLetters().name());
    }

    private void forward(String to, Record<String, Object> record) {
        Processor<String, Object, String, Object> step = steps.get(to);
        if (step == null) {
            String topic = Objects.requireNonNull(sinks.get(to), "a step that the topology does not have");
            outputs.accept(new Written(topic, record.key(), Optional.ofNullable(record.value()), record.timestamp()));
        } else {
            step.process(record);
        }
    }

    /**
     * Takes the next record of the log; first happens what was due before.
     *
     * @param record of this patient; {@link LogRecord#merged} gives the order
     * @throws IllegalArgumentException if the topology does not read this topic
     */
    public void take(LogRecord record) {
        TopicDeserializer<?, Incoming> input = inputs.get(record.topic());
        if (input == null) {
            throw new IllegalArgumentException("topic " + record.topic() + " is none that the twin reads");
        }
        Incoming incoming = input.deserialize(record.topic(), record.value());
        switch (incoming) {
            case Incoming.CarePlan said when changes.touchPlan() -> take(record, carePlan(said.context()));
            case Incoming.Readings readings when changes.without().contains(readings.batch().getDeviceId()) -> { }
            default -> take(record, incoming);
        }
    }

    private void take(LogRecord record, Incoming incoming) {
        advanceTo(record.appendMillis());
        metadata = Optional.of(record);
        gate.process(new Record<>(patient, incoming, record.appendMillis()));
        metadata = Optional.empty();
    }

    /** The plan as it is under the changes, with the bytes that are stored of it. */
    private Incoming carePlan(@Nullable PatientContext said) {
        PatientContext changed = changes.of(patient, said);
        byte[] bytes = changed == null ? null : plans.serialize(settings.topics().patients().name(), changed);
        return new Incoming.CarePlan(changed, bytes == null ? new byte[0] : bytes);
    }

    /**
     * Lets time pass, as ticks do. Each timer is looked at on its own, so that the twin is what it is where a tick comes every second.
     *
     * @param millis append time; before the newest record: nothing happens
     */
    public void advanceTo(long millis) {
        for (long due = TwinTopology.nextTimerMillis(timers); due <= millis; due = TwinTopology.nextTimerMillis(timers)) {
            gateContext.punctuate(due);
        }
        nowMillis = Math.max(nowMillis, millis);
    }

    /** Append time up to which the log is folded; Long.MIN_VALUE before the first record. */
    public long nowMillis() {
        return nowMillis;
    }

    /** The twin as it is stored; empty before the first record, and after an erasure. */
    public Optional<TwinState> twin() {
        return Optional.ofNullable(stored(TwinStores.TWINS)).map(TwinState::decode);
    }

    /** The care plan in force; empty while none is known. */
    public Optional<PatientContext> plan() {
        byte[] stored = stored(TwinStores.PLANS);
        return stored == null ? Optional.empty() : Optional.ofNullable(plans.deserialize(settings.topics().patients().name(), stored));
    }

    byte @Nullable [] stored(String store) {
        return Objects.requireNonNull(byText.get(store), "a store that the topology does not have").get(patient);
    }

    /** The twin as a snapshot at the time up to which the log is folded; empty before the first record, and after an erasure. */
    public Optional<TwinSnapshot> snapshot() {
        byte[] stored = stored(TwinStores.TWINS);
        if (stored == null) {
            return Optional.empty();
        }
        Visit visit = new Records(gateContext, plans, settings.rules(), Optional.empty()).open(patient, nowMillis);
        Turn turn = new Turn(visit.twin, visit.plan, nowMillis, change -> {
            throw new IllegalStateException("a score for a snapshot raises nothing");
        });
        return Optional.of(new ToAvro(settings.topics().readings().name(), partition).snapshot(visit, News2Rules.score(turn, nowMillis), stored.length));
    }

    /**
     * Another fold that goes on from here by itself, under these changes. What it knows of the past stays as it was; where a change touches the care plan, the
     * plan counts as said anew now.
     *
     * @param others takes what the other fold would have written
     */
    public PatientFold fork(Changes wanted, Consumer<Written> others) {
        PatientFold fork = new PatientFold(patient, partition, wanted.rules().map(settings::withRules).orElse(settings), others, wanted, byText, timers.copy());
        fork.nowMillis = nowMillis;
        if (wanted.touchPlan()) {
            fork.take(new LogRecord(settings.topics().patients().name(), partition, -1, nowMillis, null), fork.carePlan(plan().orElse(null)));
        }
        return fork;
    }
}
