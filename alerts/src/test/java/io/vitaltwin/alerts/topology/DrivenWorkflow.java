package io.vitaltwin.alerts.topology;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitaltwin.alerts.AlertsConfig;
import io.vitaltwin.alerts.AlertsMetrics;
import io.vitaltwin.alerts.core.Policy;
import io.vitaltwin.schemas.ActionKind;
import io.vitaltwin.schemas.AlertAction;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.CareTeam;
import io.vitaltwin.schemas.ErasureOrder;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Tick;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.WorklistItem;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The whole topology without a broker. What it wrote is kept. */
final class DrivenWorkflow implements AutoCloseable {

    /** A Monday. */
    static final Instant T0 = Instant.parse("2026-03-02T10:00:00Z");
    static final Topics TOPICS = Topics.defaults();
    static final SchemaIds IDS = new BundledSchemaIds();

    /** A record that reaches the broker. @param value null: a tombstone */
    record Input(Topic<?> topic, @Nullable String key, byte @Nullable [] value, Instant at) {
    }

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger erasures = new AtomicInteger();
    private final TopologyTestDriver driver;
    private final Map<String, TestInputTopic<String, byte[]>> inputs = new HashMap<>();
    private final Map<String, List<TestRecord<String, byte[]>>> written = new HashMap<>();
    private Instant lastTick = T0;

    DrivenWorkflow(Path folder) {
        this(folder, LiveFrom.ALWAYS);
    }

    DrivenWorkflow(Path folder, LiveFrom liveFrom) {
        AlertsConfig config = AlertsConfig.of("unused:9092", TOPICS, folder);
        driver = new TopologyTestDriver(new WorkflowTopology(TOPICS, IDS, Policy.defaults(), liveFrom, new AlertsMetrics(meters), erasures::incrementAndGet).build(),
                config.streamsProperties(), T0);
    }

    // ------------------------------------------------------------------------------------------------------------ inputs

    static <T extends SpecificRecord> Input input(Topic<T> topic, String key, T value, Instant at) {
        try (AvroSerde<T> serde = new AvroSerde<>(topic, IDS)) {
            return new Input(topic, key, serde.serialize(topic.name(), value), at);
        }
    }

    static Input alert(String patient, String id, AlertEventType type, String rule, Priority priority, Instant at) {
        return alert(patient, id, type, rule, priority, "", at);
    }

    static Input alert(String patient, String id, AlertEventType type, String rule, Priority priority, String endReason, Instant at) {
        return input(TOPICS.alerts(), patient, AlertEvent.newBuilder().setAlertId(id).setPatientId(patient).setRule(rule).setFamily(rule).setEvent(type)
                .setPriority(priority).setLane(Lane.PHYSIOLOGICAL).setEpisodeStart(at.minusSeconds(60)).setEffectiveTime(at).setAppendTime(at)
                .setText("Value 86.5 of " + rule).setRuleSetVersion("7").setEndReason(endReason).setEvidence(new ArrayList<>()).build(), at);
    }

    static Input action(String patient, String actionId, String alertId, ActionKind kind, Instant at) {
        return input(TOPICS.alertActions(), patient, AlertAction.newBuilder().setActionId(actionId).setAlertId(alertId).setPatientId(patient).setKind(kind)
                .setActor("nurse-1").setTime(at).setText("because").setUntil(at.plusSeconds(1_800)).build(), at);
    }

    static Input team(String key, CareTeam team, Instant at) {
        return input(TOPICS.careTeams(), key, team, at);
    }

    static Input erasure(String patient, Instant at) {
        return input(TOPICS.erasureOrders(), patient, new ErasureOrder("e1", patient, at), at);
    }

    static Input tick(Instant at) {
        Input tick = input(TOPICS.ticks(), "", new Tick(0, at), at);
        return new Input(tick.topic(), null, tick.value(), at);
    }

    static Instant min(long minutes) {
        return T0.plus(Duration.ofMinutes(minutes));
    }

    // ------------------------------------------------------------------------------------------------------------ playing

    DrivenWorkflow play(Input... records) {
        for (Input input : records) {
            inputs.computeIfAbsent(input.topic().name(), topic -> driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer()))
                    .pipeInput(new TestRecord<>(input.key(), input.value(), input.at()));
        }
        return this;
    }

    /** As {@link #play}, with a header. */
    DrivenWorkflow playWith(String header, String value, Input input) {
        TestRecord<String, byte[]> record = new TestRecord<>(input.key(), input.value(), input.at());
        record.headers().add(header, value.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        inputs.computeIfAbsent(input.topic().name(), topic -> driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())).pipeInput(record);
        return this;
    }

    /** Nobody does anything; a tick comes every second. */
    DrivenWorkflow tickTo(Instant end) {
        return tickTo(end, Duration.ofSeconds(1));
    }

    /** As above, on a grid that what is played in between does not move. */
    DrivenWorkflow tickTo(Instant end, Duration every) {
        for (Instant at = lastTick.plus(every); !at.isAfter(end); at = at.plus(every)) {
            play(tick(at));
            lastTick = at;
        }
        return this;
    }

    /** Nobody writes ticks until then. */
    DrivenWorkflow clockStandsUntil(Instant end) {
        lastTick = end;
        return play(tick(end));
    }

    // ------------------------------------------------------------------------------------------------------------ outputs

    List<AlertWorkflowEvent> events(String patient) {
        return values(TOPICS.alertWorkflow(), patient);
    }

    /** {@code alertId STEP@seconds due}. */
    List<String> told(String patient) {
        return notices(patient).stream()
                .map(notice -> notice.getAlertId() + " " + notice.getStep() + "@" + Duration.between(T0, notice.getTime()).toMinutes()).toList();
    }

    List<Notification> notices(String patient) {
        return values(TOPICS.notifications(), patient);
    }

    /** Every version of the patient's worklist; null: a tombstone. */
    List<@Nullable WorklistItem> worklists(String patient) {
        List<@Nullable WorklistItem> items = new ArrayList<>();
        try (AvroSerde<WorklistItem> serde = new AvroSerde<>(TOPICS.worklist(), IDS)) {
            records(TOPICS.worklist()).stream().filter(one -> patient.equals(one.key()))
                    .forEach(one -> items.add(serde.deserialize(TOPICS.worklist().name(), one.value())));
        }
        return items;
    }

    List<TestRecord<String, byte[]>> deadLetters() {
        return records(TOPICS.deadLetters());
    }

    /** Everything that was written to the topic, oldest first, in bytes. */
    List<TestRecord<String, byte[]>> records(Topic<?> topic) {
        return records(topic.name());
    }

    /** What was written to the log of a store, removals too. Keys as far as they are text. */
    List<TestRecord<String, byte[]>> changelog(String store) {
        return records(AlertsConfig.DEFAULT_APPLICATION_ID + "-" + store + "-changelog");
    }

    private List<TestRecord<String, byte[]>> records(String topic) {
        List<TestRecord<String, byte[]>> known = written.computeIfAbsent(topic, name -> new ArrayList<>());
        if (driver.producedTopicNames().contains(topic)) {
            known.addAll(driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer()).readRecordsToList());
        }
        return known;
    }

    /** The patient's caseload is gone and its timer is not. */
    void loseCaseload(String patient) {
        driver.<String, byte[]>getKeyValueStore(WorkflowStores.CASELOADS).delete(patient);
    }

    /** How often the application was told to forget for good. */
    int erasures() {
        return erasures.get();
    }

    private <T extends SpecificRecord> List<T> values(Topic<T> topic, String patient) {
        try (AvroSerde<T> serde = new AvroSerde<>(topic, IDS)) {
            return records(topic).stream().filter(one -> patient.equals(one.key())).map(one -> serde.deserialize(topic.name(), one.value())).toList();
        }
    }

    /** How many entries a store holds. */
    int size(String store) {
        int count = 0;
        try (KeyValueIterator<Object, byte[]> all = driver.<Object, byte[]>getKeyValueStore(store).all()) {
            for (; all.hasNext(); all.next()) {
                count++;
            }
        }
        return count;
    }

    @Override
    public void close() {
        driver.close();
    }
}
