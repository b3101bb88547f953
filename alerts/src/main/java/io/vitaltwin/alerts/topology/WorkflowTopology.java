package io.vitaltwin.alerts.topology;

import io.vitaltwin.alerts.AlertsMetrics;
import io.vitaltwin.alerts.core.Policy;
import io.vitaltwin.alerts.core.Workflow;
import io.vitaltwin.alerts.topology.Incoming.Unreadable;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.streams.TopicDeserializer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

import java.util.function.BiFunction;

/** From alert events and actions to what stands, what happened and who is to be told: one sub-topology, no repartition, one commit. */
public final class WorkflowTopology {

    private static final byte[] NOTHING = new byte[0];

    private final Topics topics;
    private final SchemaIds ids;
    private final Policy policy;
    private final LiveFrom liveFrom;
    private final AlertsMetrics metrics;
    private final Runnable onErasure;

    public WorkflowTopology(Topics topics, SchemaIds ids, Policy policy, LiveFrom liveFrom, AlertsMetrics metrics) {
        this(topics, ids, policy, liveFrom, metrics, () -> { });
    }

    /** @param onErasure called whenever a patient was forgotten, by a stream thread: must return at once */
    public WorkflowTopology(Topics topics, SchemaIds ids, Policy policy, LiveFrom liveFrom, AlertsMetrics metrics, Runnable onErasure) {
        this.onErasure = onErasure;
        this.topics = topics;
        this.ids = ids;
        this.policy = policy;
        this.liveFrom = liveFrom;
        this.metrics = metrics;
    }

    /** Steps read top to bottom, as records flow. */
    public Topology build() {
        Topology topology = new Topology();
        readInputs(topology);
        topology.addProcessor(WorkflowProcessor.NAME,
                () -> new WorkflowProcessor(new Workflow(policy), new AvroSerde<>(topics.careTeams(), ids), liveFrom, metrics, onErasure),
                "alerts", "alert-actions", "care-teams", "erasure-orders", "ticks");
        keepState(topology);
        writeOutputs(topology);
        return topology;
    }

    private void readInputs(Topology topology) {
        read(topology, "alerts", topics.alerts(), (event, bytes) -> event == null ? tombstone(bytes) : new Incoming.Alert(event, bytes));
        read(topology, "alert-actions", topics.alertActions(), (action, bytes) -> action == null ? tombstone(bytes) : new Incoming.Action(action, bytes));
        read(topology, "care-teams", topics.careTeams(), Incoming.Team::new);
        read(topology, "erasure-orders", topics.erasureOrders(), (order, bytes) -> new Incoming.Erasure(order != null, bytes));
        read(topology, "ticks", topics.ticks(), (tick, bytes) -> new Incoming.Tick(NOTHING));
    }

    private <T extends SpecificRecord> void read(Topology topology, String name, Topic<T> topic, BiFunction<@Nullable T, byte[], Incoming> wrap) {
        topology.addSource(name, new StringDeserializer(), new TopicDeserializer<>(new AvroSerde<>(topic, ids), wrap, Incoming.Unreadable::new), topic.name());
    }

    private static Incoming tombstone(byte[] bytes) {
        return new Unreadable(bytes, SchemaProblem.Kind.MALFORMED.name(), "a record without a value: this topic has no tombstones");
    }

    private static void keepState(Topology topology) {
        topology.addStateStore(WorkflowStores.byText(WorkflowStores.CASELOADS), WorkflowProcessor.NAME);
        topology.addStateStore(WorkflowStores.byText(WorkflowStores.TEAMS), WorkflowProcessor.NAME);
        topology.addStateStore(WorkflowStores.timers(), WorkflowProcessor.NAME);
    }

    private void writeOutputs(Topology topology) {
        write(topology, WorkflowProcessor.EVENTS, topics.alertWorkflow());
        write(topology, WorkflowProcessor.WORKLIST, topics.worklist());
        write(topology, WorkflowProcessor.NOTIFICATIONS, topics.notifications());
        topology.addSink(WorkflowProcessor.DEAD_LETTERS, topics.deadLetters().name(), new StringSerializer(), new ByteArraySerializer(),
                WorkflowProcessor.NAME);
    }

    private <T extends SpecificRecord> void write(Topology topology, String name, Topic<T> topic) {
        topology.addSink(name, topic.name(), new StringSerializer(), new AvroSerde<>(topic, ids), WorkflowProcessor.NAME);
    }
}
